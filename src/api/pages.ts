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
  /** The cap on pages was reached; there may be more. */
  | { kind: "pages_cut"; page: number };

export interface PageOptions {
  signal?: AbortSignal;
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

/** Fetches the page with the query values given, and hands back the answer's `data`. */
export type FetchPage = (query: Record<string, string | number>) => Promise<unknown>;

/**
 * Reads a list page by page, following numbers of its own (the platform's links may lead to another host) or
 * its tokens. Ends at the last page, an empty one, one without new rows, or the cap.
 * Only the ids of the rows seen are kept, some 100 bytes a row; rows without an id are told apart by
 * their whole text. Throws what the fetch throws, and `protocol` when no list comes.
 */
export async function* readPages<R>(
  paging: Paging,
  fetchPage: FetchPage,
  options: PageOptions,
): AsyncGenerator<Page<R>> {
  const { pagesMax = limits.pagesMax, onNotice } = options;
  const seen = new Set<string>();
  let query: Record<string, string | number> = paging.by === "page" ? { page: 1 } : {};
  let totalBefore: number | undefined;
  for (let page = 1; ; page++) {
    const list = readList(await fetchPage(query));
    const { total } = list;
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
    if (rows.length === 0) {
      if (count > 0) onNotice?.({ kind: "page_repeated", page, rowsSeen: seen.size, total });
      return;
    }
    if (count > 0) onNotice?.({ kind: "rows_repeated", page, count });
    yield { rows: rows as R[], total, page };
    const next = nextQuery(paging, list, page);
    if (next === undefined) return;
    if (page >= pagesMax) {
      onNotice?.({ kind: "pages_cut", page });
      return;
    }
    query = next;
  }
}

function isNew(seen: Set<string>, row: Record<string, unknown>, rowId: string): boolean {
  const id = row[rowId];
  const key = id === undefined || id === null ? JSON.stringify(row) : String(id);
  const sizeBefore = seen.size;
  return seen.add(key).size > sizeBefore;
}

function nextQuery({ by }: Paging, list: List, page: number): Record<string, string | number> | undefined {
  if (by === "token") return list.nextToken === undefined ? undefined : { page_token: list.nextToken };
  return list.lastPage !== undefined && page >= list.lastPage ? undefined : { page: page + 1 };
}
