import { limits } from "../core/limits.ts";
import { type List, readList } from "./lists.ts";

/** What was odd about the pages of a list; `page` counts from 1. */
export type Notice =
  /** The list changed while it was read; rows may be missing or have moved. */
  | { kind: "total_moved"; page: number; before: number; after: number }
  /** A page brought nothing new, as from a call that ignores `page`; reading ended there. */
  | { kind: "page_repeated"; page: number; rowsSeen: number; total: number | undefined }
  /** Rows that had come before were dropped. */
  | { kind: "rows_repeated"; page: number; count: number }
  /** The last page came, or an empty one, before there were as many rows as the platform counts. */
  | { kind: "rows_missing"; page: number; rowsSeen: number; total: number }
  /** The cap on pages was reached; there may be more. */
  | { kind: "pages_cut"; page: number };

export interface PageOptions {
  signal?: AbortSignal;
  /** Pages of a numbered list that may be asked for at once, when it is known how many there are; 1 by default. */
  prefetch?: number;
  /** How many rows the reader is going to take: no page that holds only others is asked for ahead. */
  rowsWanted?: number | undefined;
  /** Reading ends after so many pages, with a notice. */
  pagesMax?: number;
  onNotice?: (notice: Notice) => void;
}

/** One page without the rows that came before. */
export interface Page<R> {
  rows: R[];
  total: number | undefined;
  /** From 1. */
  page: number;
}

/** How a list call pages, from its route. */
export interface Paging {
  by: "page" | "token" | "none";
  /** The field that tells rows apart. */
  rowId: string;
}

type Position = Record<string, string | number>;

/** Fetches the page with the query values given, and hands back the answer's `data`. */
export type FetchPage = (position: Position, signal: AbortSignal) => Promise<unknown>;

/**
 * Reads a list page by page, following numbers of its own (the platform's links may lead to another host) or
 * its tokens. Ends at the last page, an empty one, one without new rows, or the cap; a reader that leaves aborts
 * what is under way.
 * Only the ids of the rows seen are kept, some 100 bytes a row; rows without an id are told apart by
 * their whole text. Throws what the fetch throws, and `protocol` when no list comes.
 */
export async function* readPages<R>(
  paging: Paging,
  fetchPage: FetchPage,
  options: PageOptions,
): AsyncGenerator<Page<R>> {
  const { pagesMax = limits.pagesMax, prefetch = 1, rowsWanted, signal, onNotice } = options;
  const leave = new AbortController();
  const either = signal === undefined ? leave.signal : AbortSignal.any([signal, leave.signal]);
  const take = readAhead((position) => fetchPage(position, either), prefetch);
  const seen = new Set<string | number>();
  let position: Position = paging.by === "page" ? { page: 1 } : {};
  let lastPage: number | undefined;
  let wantedMax = pagesMax;
  let totalBefore: number | undefined;
  try {
    for (let page = 1; ; page++) {
      const list = await take(position, Math.max(page, Math.min(lastPage ?? page, wantedMax)));
      const { total } = list;
      lastPage = list.lastPage;
      if (page === 1 && rowsWanted !== undefined) {
        wantedMax = Math.min(pagesMax, Math.ceil(rowsWanted / Math.max(1, list.rows.length)));
      }
      if (paging.by === "none") {
        yield { rows: list.rows as R[], total, page };
        return;
      }
      if (totalBefore !== undefined && total !== undefined && total !== totalBefore) {
        onNotice?.({ kind: "total_moved", page, before: totalBefore, after: total });
      }
      totalBefore = total ?? totalBefore;
      const rows = list.rows.filter((row) => isNew(seen, row, paging.rowId));
      const count = list.rows.length - rows.length;
      const end = () => {
        const missing = { rowsSeen: seen.size, total: totalBefore ?? 0 };
        if (missing.rowsSeen < missing.total) onNotice?.({ kind: "rows_missing", page, ...missing });
      };
      if (rows.length === 0) {
        if (count === 0) end();
        else onNotice?.({ kind: "page_repeated", page, rowsSeen: seen.size, total });
        return;
      }
      if (count > 0) onNotice?.({ kind: "rows_repeated", page, count });
      yield { rows: rows as R[], total, page };
      const next = nextPosition(paging, list, page);
      if (next === undefined) return end();
      if (page >= pagesMax) {
        onNotice?.({ kind: "pages_cut", page });
        return;
      }
      position = next;
    }
  } finally {
    leave.abort();
  }
}

/**
 * Takes pages in order, and with a numbered one asks for those that come next, up to `atOnce` in all and no further
 * than the last: a reader that is slow to take them holds up the asking.
 */
function readAhead(fetch: (position: Position) => Promise<unknown>, atOnce: number) {
  const asked = new Map<unknown, Promise<List>>();
  return (position: Position, lastPage: number): Promise<List> => {
    const { page } = position;
    if (typeof page !== "number") return fetch(position).then(readList);
    for (let ahead = page; ahead < page + atOnce && ahead <= lastPage; ahead++) {
      if (asked.has(ahead)) continue;
      const list = fetch({ page: ahead }).then(readList);
      // Told when its turn comes, if it comes.
      list.catch(() => undefined);
      asked.set(ahead, list);
    }
    const list = asked.get(page) as Promise<List>;
    asked.delete(page);
    return list;
  };
}

function isNew(seen: Set<string | number>, row: Record<string, unknown>, rowId: string): boolean {
  const id = row[rowId];
  const key = id === undefined || id === null ? JSON.stringify(row) : keyOf(id);
  const sizeBefore = seen.size;
  return seen.add(key).size > sizeBefore;
}

/** A number takes less than half the memory of its text. */
function keyOf(id: unknown): string | number {
  if (typeof id === "number") return id;
  const count = Number(id);
  return String(count) === id ? count : String(id);
}

function nextPosition({ by }: Paging, list: List, page: number): Position | undefined {
  if (by === "token") return list.nextToken === undefined ? undefined : { page_token: list.nextToken };
  return list.lastPage !== undefined && page >= list.lastPage ? undefined : { page: page + 1 };
}
