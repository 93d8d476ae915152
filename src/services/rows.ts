import type { Client } from "../api/client.ts";
import type { Notice, PageOptions } from "../api/pages.ts";
import type { ListOperationId } from "../contract/operations.ts";
import type { Zone } from "../core/time.ts";
import { type Noun, type Row, readRow } from "../domain/noun.ts";

/** Which rows of a list are wanted, and in which order. */
export interface Selection {
  /** Without it, every row is. */
  readonly matches?: ((row: Row) => boolean) | undefined;
  readonly compare?: ((a: Row, b: Row) => number) | undefined;
  readonly rowsMax: number;
}

/** Rows of a list, and whether there were more than wanted. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly cut: boolean;
}

/** Where a list comes from and how its rows are read. */
export interface ListSource {
  readonly client: Client;
  readonly zone: Zone;
  readonly signal: AbortSignal;
  /** Hears of what is odd about the platform's pages, and whether rows may be missing for it. */
  onNotice(text: string, rowsMissing: boolean): void;
}

/** One of the platform's list calls, and how its rows are read. */
export interface ListCall {
  readonly operation: ListOperationId;
  readonly input: { readonly path?: object; readonly query?: object };
  readonly shape: Pick<Noun, "fields">;
}

/** A row as the platform sends it. */
export type WireRow = Readonly<Record<string, unknown>>;

/** The pages of a list with their rows as they came. @param ahead pages asked for at once, and rows that are wanted */
export function readPages(
  { client, signal, onNotice }: ListSource,
  { operation, input }: Omit<ListCall, "shape">,
  ahead: Pick<PageOptions, "prefetch" | "rowsWanted"> = {},
): AsyncIterable<{ readonly rows: readonly WireRow[]; readonly total: number | undefined }> {
  return client.pages(operation, input as never, {
    signal,
    ...ahead,
    onNotice: (notice) => {
      const text = noticeText(notice);
      if (text !== undefined) onNotice(text, missesRows(notice));
    },
  });
}

/**
 * The wanted rows of one of the platform's lists, in our form. Without an order of our own, no more pages are
 * asked for than the wanted rows need.
 */
export async function listRows(
  source: ListSource,
  operation: ListOperationId,
  input: ListCall["input"],
  shape: ListCall["shape"],
  { matches, compare, rowsMax }: Selection,
): Promise<Rows> {
  const found: Row[] = [];
  for await (const { rows, total } of readPages(source, { operation, input })) {
    for (const wire of rows) {
      const row = readRow(shape, wire, source.zone);
      if (matches?.(row) === false) continue;
      if (compare === undefined && found.length === rowsMax) return { rows: found, cut: true };
      found.push(row);
    }
    // The platform's count tells without another page whether there are more.
    const isFull = matches === undefined && compare === undefined && found.length === rowsMax;
    if (isFull && total !== undefined) return { rows: found, cut: total > rowsMax };
  }
  if (compare !== undefined) found.sort(compare);
  return { rows: found.slice(0, rowsMax), cut: found.length > rowsMax };
}

/** A list that grew is whole all the same, and what came twice in the place of other rows is counted in the end. */
const missesRows = (notice: Notice): boolean =>
  notice.kind === "total_moved" ? notice.after < notice.before : notice.kind !== "rows_repeated";

/** What a person should know of it; nothing when the list is whole all the same. */
function noticeText(notice: Notice): string | undefined {
  switch (notice.kind) {
    case "total_moved":
      return `The list changed while it was read (${notice.before} rows, then ${notice.after}): rows may be missing.`;
    case "page_repeated":
      if (notice.total === undefined || notice.total === notice.rowsSeen) return undefined;
      return `The platform repeated page ${notice.page}; ${notice.rowsSeen} of ${notice.total} rows were read.`;
    case "rows_repeated":
      return notice.count === 1
        ? `1 row of page ${notice.page} had come before and was dropped.`
        : `${notice.count} rows of page ${notice.page} had come before and were dropped.`;
    case "rows_missing":
      return `The platform told of ${notice.total} rows and sent ${notice.rowsSeen}.`;
    case "pages_cut":
      return `Reading ended after page ${notice.page}; there may be more rows.`;
  }
}
