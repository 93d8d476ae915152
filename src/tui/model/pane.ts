import type { Size } from "../terminal/differ.ts";
import type { Lens } from "./lens.ts";
import { layOut, type Sheet, targetAt, viewSheet } from "./sheet.ts";
import { sheetRows, textColumns } from "./size.ts";
import { start } from "./window.ts";

/** Where the record at a list's cursor stands, and how much room it has. */
export interface Pane extends Size {
  readonly side: "right" | "below";
}

/** From so many columns on there is room beside a list, from so many rows on below it. */
const beside = { columns: 120, share: 0.36, columnsMax: 72 };
const below = { rows: 30, share: 0.36 };

/** The pane of a list; undefined where it is not wanted or has no room, and Enter opens the record. */
export function paneOf({ size, kept }: Lens, hasRecords: boolean): Pane | undefined {
  if (!kept.pane || !hasRecords) return undefined;
  if (size.columns >= beside.columns) {
    const columns = Math.min(beside.columnsMax, Math.floor(size.columns * beside.share));
    return { side: "right", columns, rows: sheetRows(size) };
  }
  if (size.rows < below.rows) return undefined;
  return { side: "below", columns: textColumns(size), rows: Math.floor(sheetRows(size) * below.share) };
}

/** The room that is left for the list itself. */
export function areaOf(lens: Lens, hasRecords: boolean): Size {
  const pane = paneOf(lens, hasRecords);
  const [columns, rows] = [textColumns(lens.size), sheetRows(lens.size)];
  if (pane?.side === "right") return { columns: columns - pane.columns - 3, rows };
  return { columns, rows: pane ? rows - pane.rows - 1 : rows };
}

/** The record at the cursor, as far as its row tells it: nothing is asked for. */
export function paneLines(sheet: Sheet, cursor: number, { columns, rows }: Pane): readonly string[] {
  const target = targetAt(sheet, cursor);
  if (!target?.isRow) return [];
  const { fields, row } = target;
  const record = layOut([{ kind: "record", fields, row }], columns, sheet.showing);
  const { lines } = viewSheet(record, start, rows);
  return record.count > rows ? [...lines.slice(0, rows - 1), "… Enter shows the whole"] : lines;
}
