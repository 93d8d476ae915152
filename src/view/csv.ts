import { csvCell } from "../core/text.ts";
import type { Json } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";

/** How a value becomes the text of a cell. */
export type CellText = (value: Json | undefined) => string;

/**
 * CSV as RFC 4180 has it, with a header of field names and lines that end in LF. Nothing is guarded against
 * spreadsheets: what another program reads must be what the platform said.
 */
export function csvText(fields: readonly Field[], rows: readonly Row[], cell: CellText): string {
  const lines = [
    fields.map(({ name }) => csvCell(cell(name))),
    ...rows.map((row) => fields.map(({ name }) => csvCell(cell(row[name])))),
  ];
  // A line with nothing on it is no row to most readers.
  return lines.map((cells) => `${cells.join(",") || '""'}\n`).join("");
}
