import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "exceljs";
import { limitError, sheetError, unreadable } from "./faults.ts";
import { findHeader } from "./header.ts";
import {
  type Fault,
  type Merge,
  noFaults,
  type RawTable,
  type Sheet,
  type SheetCaps,
  type SheetOptions,
  type SheetRow,
} from "./sheet.ts";
import type { Source } from "./source.ts";
import { openTable } from "./table.ts";
import { openWorkbook, type SheetEntry, type Workbook } from "./workbook.ts";
import { readCell } from "./xlsxcells.ts";
import { openArchive } from "./zip.ts";

/** Rows of each sheet that are looked at to choose one. */
const sampleRows = 200;

/**
 * Opens the sheet of a workbook that was asked for, or the one that looks most like a table.
 * @throws validation when the workbook is damaged or unsafe, or has no such sheet
 */
export async function openXlsx(
  source: Source,
  options: SheetOptions,
  caps: SheetCaps,
  notices: string[],
): Promise<Sheet> {
  const { name: file } = source;
  const { path, close } = await onDisk(source, caps);
  try {
    const archive = await openArchive(path, file, caps);
    if (archive.parts.has("xl/vbaProject.bin")) notices.push("The workbook's macros are not run.");
    const workbook = await openWorkbook(archive, file, caps);
    const table = await chooseSheet(workbook, file, options, caps, notices);
    const sheetNames = workbook.sheets.map(({ name }) => name);
    const facts = { file, format: "xlsx" as const, sheetName: table.name, sheetNames, close };
    return openTable(facts, table, options, caps, notices);
  } catch (error) {
    await close();
    throw error;
  }
}

/** A workbook is read from its end: what came as a stream is set aside on disk first, for its owner only. */
async function onDisk(source: Source, caps: SheetCaps) {
  if (source.path !== undefined) return { path: source.path, close: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), "sipnav-"));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "workbook.xlsx");
    await writeFile(path, upTo(caps.sheetUnpackedBytesMax, source), { mode: 0o600 }).catch((cause) => {
      throw unreadable(path, cause, "write");
    });
    return { path, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* upTo(sheetUnpackedBytesMax: number, { name, bytes }: Source): AsyncGenerator<Buffer> {
  let count = 0;
  for await (const chunk of bytes()) {
    count += chunk.length;
    if (count > sheetUnpackedBytesMax) {
      throw limitError(name, "sheetUnpackedBytesMax", sheetUnpackedBytesMax, "it has more bytes");
    }
    yield chunk;
  }
}

interface NamedTable extends RawTable {
  readonly name: string;
}

async function chooseSheet(
  workbook: Workbook,
  file: string,
  options: SheetOptions,
  caps: SheetCaps,
  notices: string[],
): Promise<NamedTable> {
  const { sheets } = workbook;
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const wanted = options.sheet === undefined ? visible : sheets.filter(({ name }) => name === options.sheet);
  if (wanted.length === 0) {
    const names = sheets.map(({ name }) => JSON.stringify(name)).join(", ");
    const missing =
      options.sheet === undefined ? "it has no visible sheet" : `it has no sheet ${options.sheet}`;
    throw sheetError(file, missing, {
      hint: names === "" ? "It has no sheets at all." : `Its sheets: ${names}.`,
    });
  }
  let best: { readonly table: NamedTable; readonly score: number } | undefined;
  for (const sheet of wanted) {
    const table = await openSheetEntry(workbook, sheet, file, caps);
    const { score } = findHeader(table.sample, options);
    if (best === undefined || score > best.score) best = { table, score };
  }
  if (best === undefined) throw sheetError(file, "it has no sheet");
  if (wanted.length > 1)
    notices.push(`The sheet is ${best.table.name}, of ${wanted.map(({ name }) => name).join(", ")}.`);
  return best.table;
}

async function openSheetEntry(workbook: Workbook, sheet: SheetEntry, file: string, caps: SheetCaps) {
  const merges: Merge[] = [];
  const batches = () => {
    merges.length = 0;
    return readRows(workbook.rows(sheet, merges), file, caps);
  };
  const sample: SheetRow[] = [];
  for await (const batch of batches()) {
    sample.push(...batch);
    if (sample.length >= sampleRows) break;
  }
  return { name: sheet.name, sample, merges, batches };
}

async function* readRows(batches: AsyncIterable<readonly Row[]>, file: string, caps: SheetCaps) {
  let lineBefore = 0;
  for await (const batch of batches) {
    const rows: SheetRow[] = [];
    for (const row of batch) {
      const line = row.number;
      const faults: Fault[] = [];
      const cells = readCells(row, faults, file, caps);
      if (cells.length === 0) continue;
      const gap = line - lineBefore - 1;
      const read = { line, cells, faults: faults.length === 0 ? noFaults : faults, gap };
      rows.push(row.height === 0 ? { ...read, isHidden: true } : read);
      lineBefore = line;
    }
    yield rows;
  }
}

/** The cells up to the last that is not empty. */
function readCells(row: Row, faults: Fault[], file: string, caps: SheetCaps): string[] {
  const { sheetColumnsMax, sheetCellCharsMax } = caps;
  const cells: string[] = [];
  let width = 0;
  const count = row.cellCount;
  for (let number = 1; number <= count; number++) {
    const cell = row.findCell(number);
    const read = readCell(cell?.value, cell?.numFmt);
    const text = typeof read === "string" ? read : read.text;
    cells.push(text);
    if (read !== "") width = number;
    if (typeof read !== "string") faults.push({ ...read.fault, column: number - 1 });
    if (text.length > sheetCellCharsMax) {
      const place = { row: row.number, column: String(number) };
      throw limitError(
        file,
        "sheetCellCharsMax",
        sheetCellCharsMax,
        `a cell has ${text.length} characters`,
        place,
      );
    }
  }
  if (width > sheetColumnsMax) {
    const what = `it has ${width} columns`;
    throw limitError(file, "sheetColumnsMax", sheetColumnsMax, what, { row: row.number });
  }
  cells.length = width;
  return cells;
}
