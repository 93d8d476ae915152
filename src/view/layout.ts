/** A column as the layout sees it; widths are in terminal columns. */
export interface Column {
  /** What its widest cell takes. */
  readonly natural: number;
  /** Whether its cells may be cut: a number may not, it would be another number. */
  readonly flexible: boolean;
  /** The columns of the highest rank are left out first, those of rank 1 never. */
  readonly rank: number;
}

/** Space between two columns. */
export const gap = 2;
/** Wider texts are cut wherever they stand: a column padded to one monstrous name helps nobody. */
const widest = 200;
/** Columns are left out rather than have texts cut to less than this. */
const comfortable = 20;
const narrowest = 6;

/**
 * The widths that let columns fit into a number of terminal columns; 0 for one that is left out. First columns are
 * left out by rank, from the right, then texts are cut, the widest most. Undefined when rank 1 alone is too much.
 */
export function fitColumns(columns: readonly Column[], columnsMax: number): readonly number[] | undefined {
  let shown = columns.map((column, index) => ({ ...shrink(column, comfortable), index }));
  while (spare(shown, columnsMax) < 0) {
    const rank = Math.max(1, ...shown.map((column) => column.rank));
    if (rank === 1) break;
    shown.splice(
      shown.findLastIndex((column) => column.rank === rank),
      1,
    );
  }
  if (spare(shown, columnsMax) < 0) {
    const least = shown.length === 1 ? columnsMax : narrowest;
    shown = shown.map((column) => ({ ...column, ...shrink(column, least) }));
  }
  let left = spare(shown, columnsMax);
  if (left < 0 && shown.length > 1) return undefined;
  const widths = columns.map(() => 0);
  const byWant = shown.toSorted((a, b) => a.want - b.want);
  for (const [done, { index, least, want }] of byWant.entries()) {
    const grant = Math.min(want, Math.max(0, Math.floor(left / (byWant.length - done))));
    widths[index] = least + grant;
    left -= grant;
  }
  return widths;
}

/** The width that a column is content with, and how much more it would like. */
function shrink(column: Column, textMin: number) {
  const { natural, flexible } = column;
  const full = flexible ? Math.min(natural, widest) : natural;
  const least = flexible ? Math.max(1, Math.min(full, textMin)) : full;
  return { ...column, least, want: full - least };
}

function spare(columns: readonly { readonly least: number }[], columnsMax: number): number {
  return columnsMax - columns.reduce((sum, { least }) => sum + least + gap, -gap);
}
