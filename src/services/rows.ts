import type { Client } from "../api/client.ts";
import type { Notice } from "../api/pages.ts";
import type { ListOperationId } from "../contract/operations.ts";
import type { Zone } from "../core/time.ts";
import { type Noun, type Row, readRow } from "../domain/noun.ts";

/** Which rows of a list are wanted, and in which order. */
export interface Selection {
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
  /** Hears of what is odd about the platform's pages. */
  onNotice(text: string): void;
}

/**
 * The wanted rows of one of the platform's lists, in our form. Without an order of our own, no more pages are
 * asked for than the wanted rows need.
 */
export async function listRows(
  { client, zone, signal, onNotice }: ListSource,
  operation: ListOperationId,
  input: { readonly path?: object; readonly query?: object },
  shape: Pick<Noun, "fields">,
  { matches = () => true, compare, rowsMax }: Selection,
): Promise<Rows> {
  const rows: Row[] = [];
  const source = client.rows(operation, input as never, {
    signal,
    onNotice: (notice) => {
      const text = noticeText(notice);
      if (text !== undefined) onNotice(text);
    },
  });
  for await (const raw of source) {
    const row = readRow(shape, raw, zone);
    if (!matches(row)) continue;
    if (compare === undefined && rows.length === rowsMax) return { rows, cut: true };
    rows.push(row);
  }
  if (compare !== undefined) rows.sort(compare);
  return { rows: rows.slice(0, rowsMax), cut: rows.length > rowsMax };
}

/** What a person should know of it; nothing when the list is whole all the same. */
function noticeText(notice: Notice): string | undefined {
  switch (notice.kind) {
    case "total_moved":
      return `The list changed while it was read (${notice.before} rows, then ${notice.after}): rows may be missing.`;
    case "page_repeated":
      if (notice.total === undefined || notice.total === notice.rowsSeen) return undefined;
      return `The platform repeated page ${notice.page}; ${notice.rowsSeen} of ${notice.total} rows were read.`;
    case "rows_repeated":
      return `${notice.count} rows of page ${notice.page} had come before and were dropped.`;
    case "pages_cut":
      return `Reading ended after page ${notice.page}; there may be more rows.`;
  }
}
