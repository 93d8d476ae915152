import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import JSZip from "jszip";
import { onTestFinished } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { openSheet } from "../../src/sheets/read.ts";
import type { Sheet, SheetOptions, SheetRow, SheetSource } from "../../src/sheets/sheet.ts";

/** An empty folder for one test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "sheets-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file for one test; its path. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

/** A place that keeps nothing and tells what became of it. */
export function openPlace(write: (bytes: Uint8Array) => Promise<void> = async () => undefined) {
  const place = {
    end: "open",
    bytes: 0,
    async write(bytes: Uint8Array) {
      await write(bytes);
      place.bytes += bytes.length;
    },
    async finish() {
      place.end = "finished";
    },
    async abandon() {
      place.end = "abandoned";
    },
  };
  return place;
}

export interface Read extends Sheet {
  readonly all: readonly SheetRow[];
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The rows of a sheet. */
export const readRows = async (sheet: Pick<Sheet, "batches">): Promise<readonly SheetRow[]> =>
  (await collect(sheet.batches())).flat();

/** A sheet with all its rows. */
export async function readAll(source: SheetSource, options?: SheetOptions): Promise<Read> {
  const sheet = await openSheet(source, options);
  try {
    return { ...sheet, all: await readRows(sheet) };
  } finally {
    await sheet.close();
  }
}

/** The rows of a CSV text. */
export async function readCsv(content: string | Uint8Array, options?: SheetOptions): Promise<Read> {
  return readAll(file("rows.csv", content), options);
}

/** What a promise is refused with; anything but the one error class fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<SipnavError> {
  const error = await promise.then(
    () => new Error("nothing was refused"),
    (thrown) => thrown,
  );
  if (!(error instanceof SipnavError)) throw error;
  return error;
}

export const cellsOf = ({ all }: Read) => all.map(({ cells }) => cells);

/** The parts of a workbook of one sheet, as XML; whatever is given takes the place of the ordinary part. */
export interface BookParts {
  rows?: string;
  worksheet?: string;
  strings?: string;
  numberFormats?: readonly string[];
  workbookPr?: string;
  sheets?: string;
  rels?: string;
  more?: Readonly<Record<string, string | Uint8Array>>;
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const rowsOf = (rows: string) => `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`;

/** A workbook made of raw XML: for what no spreadsheet program would write. */
export async function book(parts: BookParts = {}): Promise<Buffer> {
  const formats = parts.numberFormats ?? [];
  const escaped = formats.map((format) => format.replaceAll("&", "&amp;").replaceAll('"', "&quot;"));
  const entries: Record<string, string | Uint8Array> = {
    "xl/workbook.xml": `<workbook ${main} xmlns:r="${office}">${parts.workbookPr ?? ""}<sheets>${
      parts.sheets ?? '<sheet name="Rates" sheetId="1" r:id="rId1"/>'
    }</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${
      parts.rels ?? `<Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/>`
    }</Relationships>`,
    "xl/worksheets/sheet1.xml": parts.worksheet ?? rowsOf(parts.rows ?? ""),
    "xl/styles.xml": `<styleSheet ${main}><numFmts count="${formats.length}">${escaped
      .map((format, index) => `<numFmt numFmtId="${200 + index}" formatCode="${format}"/>`)
      .join("")}</numFmts><fonts/><fills/><borders/><cellXfs><xf numFmtId="0"/>${formats
      .map((_, index) => `<xf numFmtId="${200 + index}"/>`)
      .join("")}</cellXfs></styleSheet>`,
    ...(parts.strings && { "xl/sharedStrings.xml": `<sst ${main}>${parts.strings}</sst>` }),
    ...parts.more,
  };
  return zip(entries);
}

/** A zip file. */
export async function zip(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const archive = new JSZip();
  for (const [name, content] of Object.entries(entries)) archive.file(name, content);
  return archive.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

const header = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Rate</v></c></row>';

/** A workbook with the header Name, Rate and these cells in column B from row 2 on. */
export function column(cells: readonly string[], parts: BookParts = {}): Promise<Buffer> {
  const rows = cells.map((cell, index) => {
    const row = index + 2;
    return `<row r="${row}"><c r="A${row}" t="str"><v>n${row}</v></c>${cell.replace("<c", `<c r="B${row}"`)}</row>`;
  });
  return book({ ...parts, rows: header + rows.join("") });
}

/** The rows of a workbook. */
export async function readBook(content: Uint8Array, options?: SheetOptions): Promise<Read> {
  return readAll(file("rows.xlsx", content), options);
}
