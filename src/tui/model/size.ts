import type { Size } from "../terminal/differ.ts";

/** The smallest terminal that has room for a menu. */
export const sizeMin: Size = { columns: 40, rows: 10 };

/** Whether the terminal is so small that only a card is shown. */
export const isTiny = ({ columns, rows }: Size): boolean => columns < sizeMin.columns || rows < sizeMin.rows;

/** Columns of a frame: the terminal's last one stays free. */
export const frameColumns = ({ columns }: Size): number => Math.max(1, columns - 1);

/** Columns within the margin where the cursor's mark stands. */
export const textColumns = (size: Size): number => Math.max(1, frameColumns(size) - 2);

/** Rows between the header's two lines and the footer's two. */
export const bodyRows = ({ rows }: Size): number => Math.max(1, rows - 4);

/** Rows of a result: one row of the body holds the column heads. */
export const sheetRows = (size: Size): number => Math.max(1, bodyRows(size) - 1);

/** Columns of home beside a menu with its summaries, or with its words alone; undefined where there is no room. */
export function homeColumns(columns: number): number | undefined {
  if (columns >= 119) return columns - Math.min(64, Math.floor(columns / 3)) - 1;
  return columns >= 70 ? columns - 20 - 1 : undefined;
}

/** A menu narrower than this has no summaries. */
export const briefColumns = 36;
