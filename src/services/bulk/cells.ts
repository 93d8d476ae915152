import type { Zone } from "../../core/time.ts";
import type { Kind, Parsed } from "../../domain/kinds.ts";
import type { Noun } from "../../domain/noun.ts";
import { isDoubtful } from "../../sheets/decimals.ts";
import type { Sheet, SheetRow } from "../../sheets/sheet.ts";
import type { WireFields } from "../objects.ts";
import type { Column } from "./columns.ts";
import { trimSpaces } from "./keys.ts";

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
  /** How the sheet is written. */
  readonly written: Pick<Sheet, "decimalComma" | "delimiter">;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/**
 * Reads a row's cells by the kinds of their fields.
 * @param problems hears of every cell that is wrong
 */
export function readCells(reading: Reading, row: SheetRow, problems: (problem: Problem) => void): Wanted {
  const { noun, columns, zone, written } = reading;
  const fields: Record<string, WireFields[string]> = {};
  let id: string | undefined;
  if (row.faults.length > 0) tellFaults(reading, row, problems);
  for (const { field, index, header } of columns) {
    const { kind, name } = field;
    const cell = trimSpaces(row.cells[index] ?? "");
    // What is told of a cell already is not told twice.
    if (cell === "" || row.faults.some(({ column }) => column === index)) continue;
    const parsed = parseCell(written, kind, cell);
    if ("problem" in parsed)
      problems({ row: row.line, column: header, value: cell, message: parsed.problem });
    else if (name === noun.idField) id = String(parsed.value);
    else fields[name] = kind.toWire(parsed.value, zone);
  }
  return { line: row.line, id, fields };
}

function parseCell(written: Reading["written"], kind: Kind, cell: string): Parsed<unknown> {
  if (kind.order === "decimal") return parseAmount(written, kind, cell);
  // Scripts and formats put zeros before ids: as text they would be those of other objects.
  return kind.parse(kind.name === "id" ? cell.replace(/^0+(?=\d)/, "") : cell);
}

/** An amount, unless it may be thousands or not: nobody can tell, and it is somebody's money. */
function parseAmount({ decimalComma, delimiter }: Reading["written"], kind: Kind, cell: string) {
  if (decimalComma && cell.includes(".")) return thousandsPoint;
  // Where cells are parted by commas a point parts decimals, and so it does in a workbook's numbers.
  const isPlain = !decimalComma && (delimiter === undefined || delimiter === ",");
  if (!isPlain && isDoubtful(cell)) return doubtful;
  return kind.parse(decimalComma ? cell.replace(",", ".") : cell);
}

const thousandsPoint = {
  problem: "the sheet has decimal commas, so a point may part thousands: write it without",
};
const doubtful = {
  problem: "nobody can tell thousands from decimals there: write no separator, or two decimals",
};

/** A fault counts where the cell is used, and where it is the whole row's. */
function tellFaults({ columns }: Reading, row: SheetRow, problems: (problem: Problem) => void): void {
  for (const { column, message } of row.faults) {
    const used = columns.find(({ index }) => index === column);
    if (column !== undefined && used === undefined) continue;
    const value = column === undefined ? "" : (row.cells[column] ?? "");
    problems({ row: row.line, column: used?.header ?? "", value, message });
  }
}
