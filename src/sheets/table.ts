import { hasDecimalComma } from "./decimals.ts";
import { limitError, sheetError } from "./faults.ts";
import { findHeader } from "./header.ts";
import type { Fault, RawTable, Sheet, SheetCaps, SheetOptions, SheetRow } from "./sheet.ts";

/** What a reader knows of a table besides its rows. */
export type TableFacts = Pick<
  Sheet,
  "file" | "format" | "sheetName" | "sheetNames" | "delimiter" | "encoding" | "close"
>;

/** Blank rows after which a row with a single cell is text below the table. */
const gapMin = 2;

/**
 * A raw table with its header found: everything that is the same for every format.
 * @throws validation when no row looks like a header
 */
export function openTable(
  facts: TableFacts,
  raw: RawTable,
  options: SheetOptions,
  caps: SheetCaps,
  notices: string[],
): Sheet {
  const { file } = facts;
  const { index } = findHeader(raw.sample, options);
  const header = raw.sample[index];
  if (header === undefined) {
    const message =
      options.headerRow === undefined
        ? "no row looks like a header"
        : `line ${options.headerRow} holds no header`;
    throw sheetError(file, message, { hint: "Name the header's line with --header-row." });
  }
  const headers = trimEnd(header.cells.map((cell) => cell.trim()));
  if (index > 0) notices.push(`The header is line ${header.line}; the rows above it are not data.`);
  return {
    ...facts,
    decimalComma: facts.delimiter !== "," && hasDecimalComma(raw.sample),
    headers,
    headerLine: header.line,
    notices,
    merges: raw.merges ?? [],
    batches: () =>
      readTable(raw.batches(), { facts, caps, notices, width: headers.length, line: header.line }),
  };
}

interface TablePlan {
  readonly facts: TableFacts;
  readonly caps: SheetCaps;
  readonly notices: string[];
  /** Number of headers. */
  readonly width: number;
  /** Of the header. */
  readonly line: number;
}

/** The rows below the header, without text that stands apart below the table, each as wide as the header. */
async function* readTable(batches: AsyncIterable<readonly SheetRow[]>, plan: TablePlan) {
  const { sheetRowsMax } = plan.caps;
  const left: number[] = [];
  const hidden: number[] = [];
  let count = 0;
  let isApart = false;
  for await (const batch of batches) {
    const rows: SheetRow[] = [];
    for (const row of batch) {
      if (row.line <= plan.line) continue;
      if (row.gap >= gapMin || isApart) isApart = plan.width > 1 && isSingle(row.cells);
      if (isApart) left.push(row.line);
      else {
        rows.push(fitRow(row, plan));
        if (row.isHidden) hidden.push(row.line);
      }
    }
    count += rows.length;
    if (count > sheetRowsMax)
      throw limitError(plan.facts.file, "sheetRowsMax", sheetRowsMax, "it has more rows");
    if (rows.length > 0) yield rows;
  }
  if (hidden.length > 0) say(plan.notices, `Hidden rows are read like all others: ${linesText(hidden)}.`);
  if (left.length > 0) say(plan.notices, `Text below the table was left out: ${linesText(left)}.`);
}

const linesText = (lines: readonly number[]) =>
  lines.length === 1 ? `line ${lines[0]}` : `lines ${lines[0]} to ${lines.at(-1)}`;

function say(notices: string[], notice: string) {
  if (!notices.includes(notice)) notices.push(notice);
}

function isSingle(cells: readonly string[]): boolean {
  let filled = 0;
  for (const cell of cells) if (cell !== "" && ++filled > 1) return false;
  return true;
}

function fitRow(row: SheetRow, { width, facts }: TablePlan): SheetRow {
  const { cells, faults } = row;
  if (cells.length === width) return row;
  const missing = width - cells.length;
  if (missing > 0) {
    const filled = [...cells, ...new Array<string>(missing).fill("")];
    // Excel does not store empty cells; a CSV row that is too short is broken.
    return {
      ...row,
      cells: filled,
      faults: facts.format === "xlsx" ? faults : [...faults, ragged(cells, width)],
    };
  }
  const isEmptyBeyond = cells.every((cell, column) => column < width || cell === "");
  return isEmptyBeyond ? row : { ...row, faults: [...faults, ragged(cells, width)] };
}

function ragged(cells: readonly string[], width: number): Fault {
  return { kind: "ragged", message: `the row has ${cells.length} cells, the header ${width}` };
}

function trimEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== "") + 1);
}
