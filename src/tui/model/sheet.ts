import { pad, visible, width } from "../../core/text.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Field, Row } from "../../domain/noun.ts";
import type { Block, RecordBlock, TableBlock } from "../../view/blocks.ts";
import { type Cells, cellOf, plainCells } from "./cells.ts";
import { measureColumns } from "./columns.ts";
import type { Deltas } from "./deltas.ts";
import { keepSorted, shownFields } from "./look.ts";
import type { Window } from "./window.ts";
import { wrap } from "./wrap.ts";

/** A stretch of a sheet: lines that are known, or a table whose lines are made when they come into view. */
type Section =
  | { readonly first: number; readonly count: number; readonly lines: readonly string[]; readonly of: Block }
  | {
      readonly first: number;
      readonly count: number;
      readonly table: TableBlock;
      /** Its fields that are shown. */
      readonly fields: readonly Field[];
    };

/** How a result is shown. */
export interface Showing {
  readonly cells: Cells;
  /** The names of the fields of tables that are shown, in order; none for the usual ones. */
  readonly columns: readonly string[];
  /** What rows are ordered by, as `parseSort` takes it; empty for the order in which they came. */
  readonly sort?: string;
  readonly deltas?: Deltas | undefined;
}

/** A result, laid out for a width: one list of lines, however long. */
export interface Sheet {
  readonly columns: number;
  readonly showing: Showing;
  readonly count: number;
  readonly sections: readonly Section[];
}

/** What of a sheet is on the screen. */
export interface SheetView {
  /** The column heads of the table under the cursor; empty elsewhere. */
  readonly header: string;
  readonly lines: readonly string[];
}

/** What a line of a sheet stands for. */
export interface Target {
  /** Whether the line is one row of many, rather than part of a record. */
  readonly isRow: boolean;
  readonly fields: readonly Field[];
  readonly row: Row;
}

/** Lays blocks out below each other, with a line between them. */
export function layOut(
  blocks: readonly Block[],
  columns: number,
  showing: Showing = { cells: plainCells, columns: [] },
): Sheet {
  const sections: Section[] = [];
  let first = 0;
  for (const block of blocks) {
    if (first > 0) first += 1;
    const table = block.kind === "table" && block.rows.length > 0 ? block : undefined;
    const lines = table ? [] : linesOf(block, columns, showing.cells);
    const count = table?.rows.length ?? lines.length;
    sections.push(
      table
        ? { first, count, table, fields: keepSorted(shownFields(table, showing.columns), showing.sort) }
        : { first, count, lines, of: block },
    );
    first += count;
  }
  return { columns, showing, count: Math.max(first, 1), sections };
}

/** The lines of a window of a sheet; of a table only these are formatted. */
export function viewSheet(sheet: Sheet, { cursor, top }: Window, rows: number): SheetView {
  const lines = Array.from({ length: Math.max(0, Math.min(rows, sheet.count - top)) }, () => "");
  let header = "";
  for (const section of sheet.sections) {
    const from = Math.max(top, section.first);
    const to = Math.min(top + lines.length, section.first + section.count);
    if (from >= to) continue;
    const start = from - section.first;
    const end = to - section.first;
    const shown =
      "table" in section ? tableLines(section.table, section.fields, start, end, sheet) : undefined;
    if (shown && cursor >= section.first && cursor < section.first + section.count) header = shown.header;
    const texts = shown?.lines ?? ("lines" in section ? section.lines.slice(start, end) : []);
    lines.splice(from - top, texts.length, ...texts);
  }
  return { header, lines };
}

function tableLines(table: TableBlock, fields: readonly Field[], from: number, to: number, sheet: Sheet) {
  const { rows, idField } = table;
  const { cells, deltas } = sheet.showing;
  const text = (field: Field, row: Row) => {
    const change = deltas?.get(textOf(row[idField]))?.[field.name];
    return cellOf(field, row[field.name], cells) + (change ? (change > 0 ? "↑" : "↓") : "");
  };
  const columns = measureColumns({ rows, fields }, from, to, sheet.columns, text);
  return { header: columns.header, lines: rows.slice(from, to).map(columns.line) };
}

/** The row or record that a line belongs to; undefined for a note. */
export function targetAt(sheet: Sheet, line: number): Target | undefined {
  const section = sheet.sections.find(({ first, count }) => line >= first && line < first + count);
  if (!section) return undefined;
  if ("table" in section) {
    const row = section.table.rows[line - section.first];
    return row && { isRow: true, fields: section.table.fields, row };
  }
  const { of } = section;
  return of.kind === "record" ? { isRow: false, fields: of.fields, row: of.row } : undefined;
}

/** The rows that are shown, filtered and in their order; undefined where no table is. */
export const tableOf = ({ sections }: Sheet): TableBlock | undefined =>
  sections.flatMap((section) => ("table" in section ? section.table : []))[0];

/** The id of the row at a line; undefined where no row of a table is. */
export function idAt(sheet: Sheet, line: number): string | undefined {
  const section = sheet.sections.find(({ first, count }) => line >= first && line < first + count);
  if (!section || !("table" in section)) return undefined;
  const { rows, idField } = section.table;
  return textOf(rows[line - section.first]?.[idField]) || undefined;
}

/** The line of the row with an id; undefined when there is none. */
export function lineOfId(sheet: Sheet, id: string): number | undefined {
  for (const section of sheet.sections) {
    if (!("table" in section)) continue;
    const { rows, idField } = section.table;
    const index = rows.findIndex((row) => textOf(row[idField]) === id);
    if (index >= 0) return section.first + index;
  }
  return undefined;
}

/** The line of the first row of a table; the first line where there is none. */
export const firstRow = (sheet: Sheet): number =>
  sheet.sections.find((section) => "table" in section)?.first ?? 0;

/** Whether the cursor means something on this sheet, and is shown: there are rows to choose from. */
export const hasRows = (sheet: Sheet): boolean => sheet.sections.some((section) => "table" in section);

function linesOf(block: Block, columns: number, cells: Cells): string[] {
  switch (block.kind) {
    case "note":
    case "raw":
      return block.text.split("\n").flatMap((line) => wrap(visible(line), columns));
    case "record":
      return recordLines(block, columns, cells);
    case "document":
      return (block.text ?? JSON.stringify(block.data, null, 2))
        .split("\n")
        .flatMap((line) => wrap(visible(line), columns));
    case "table":
      return [block.none ?? "Nothing found."];
  }
}

/** Label and value, one field below the other; what the platform sent beyond the known fields comes last. */
function recordLines({ fields, row }: RecordBlock, columns: number, cells: Cells): string[] {
  const known = new Set(fields.map(({ name }) => name));
  const shown = [
    ...fields.filter(({ name }) => name in row),
    ...Object.keys(row)
      .filter((name) => !known.has(name))
      .map((name) => ({ name, label: visible(name) })),
  ];
  const labelColumns = Math.min(24, Math.max(0, ...shown.map(({ label }) => width(label))));
  const indent = labelColumns + 2;
  return shown.flatMap((field) =>
    wrap(cellOf(field, row[field.name], cells), Math.max(10, columns - indent)).map(
      (text, index) => `${pad(index === 0 ? field.label : "", labelColumns)}  ${text}`,
    ),
  );
}
