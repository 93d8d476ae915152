import type { Zone } from "../../core/time.ts";
import type { Noun } from "../../domain/noun.ts";
import type { SheetRow } from "../../sheets/sheet.ts";
import type { WireFields } from "../objects.ts";
import type { Column } from "./columns.ts";

/** One thing that is wrong with a row. */
export interface Problem {
  /** The line of the file. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

/** What a row of a sheet wants an object to be. */
export interface Wanted {
  readonly line: number;
  /** The platform's id, where the sheet gives one. */
  readonly id: string | undefined;
  /** In the platform's spelling. An empty cell is no field: it changes nothing. */
  readonly fields: WireFields;
}

/** How rows are read; the same for every row of a sheet. */
export interface Reading {
  readonly noun: Noun;
  readonly columns: readonly Column[];
  readonly zone: Zone;
  /** Whether amounts have a decimal comma. */
  readonly decimalComma: boolean;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/**
 * Reads a row's cells by the kinds of their fields.
 * @param problems hears of every cell that is wrong
 */
export function readCells(reading: Reading, row: SheetRow, problems: (problem: Problem) => void): Wanted {
  const { noun, columns, zone, decimalComma } = reading;
  const fields: Record<string, WireFields[string]> = {};
  let id: string | undefined;
  if (row.faults.length > 0) tellFaults(reading, row, problems);
  for (const { field, index, header } of columns) {
    const { kind, name } = field;
    let cell = row.cells[index] ?? "";
    if (cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32) cell = cell.trim();
    if (cell === "") continue;
    const text = decimalComma && kind.order === "decimal" ? cell.replace(",", ".") : cell;
    const parsed = kind.parse(text);
    if ("problem" in parsed)
      problems({ row: row.line, column: header, value: cell, message: parsed.problem });
    else if (name === noun.idField) id = text;
    else fields[name] = kind.toWire(parsed.value, zone);
  }
  return { line: row.line, id, fields };
}

/** A fault counts where the cell is used, and where it is the whole row's. */
function tellFaults({ columns }: Reading, row: SheetRow, problems: (problem: Problem) => void): void {
  for (const { column, message } of row.faults) {
    const used = columns.find(({ index }) => index === column);
    if (column !== undefined && used === undefined) continue;
    const value = column === undefined ? "" : (row.cells[column] ?? "");
    problems({ row: row.line, column: used?.header ?? "", value, message });
  }
}
