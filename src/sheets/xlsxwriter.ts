import { once } from "node:events";
import { Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import exceljs, { type DataValidation, type Worksheet } from "exceljs";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { Column, RowWriter, Value, WriteOptions } from "./document.ts";
import type { Sink } from "./sink.ts";

/** Of one sheet, the header included. */
const rowsMax = 1_048_576;
/** Rows between two looks at whether the disk keeps up. */
const rowsPerLook = 64;

const bold = { font: { bold: true } };
/** One object for all cells of a kind: exceljs works a style out once an object, and each new cell has a new one. */
const styles = { plain: {}, day: { numFmt: "yyyy-mm-dd" }, time: { numFmt: "yyyy-mm-dd hh:mm:ss" } };
const digitsMax = 15;
const isoTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const dayChars = "2026-01-31".length;
const secondChars = "2026-01-31T13:00:00".length;
/** Before it, Excel counts a day that never was. */
const firstDateMs = Date.UTC(1900, 2, 1);
const unwritable = /[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[\dA-Fa-f]{4}_)/;
const widths: Readonly<Record<Column["type"], number>> = { text: 18, number: 12, date: 20, flag: 8 };

/** The sheet that exceljs streams, with what its types leave out. */
export type StreamedSheet = Worksheet & {
  /** Where its bytes go: streams too old to tell in public that they are full. */
  readonly stream: { readonly pipes: readonly (Writable & { _writableState: { needDrain: boolean } })[] };
  readonly dataValidations: { add(range: string, rule: DataValidation): void };
};

/** The writer of an Excel workbook of one sheet, row by row in constant memory; texts stand in their cells. */
export function openXlsxWriter(sink: Sink, columns: readonly Column[], options: WriteOptions): RowWriter {
  const book = openBook(sink);
  const sheet = addSheet(book.workbook, columns, options.sheetName ?? "Sheet1");
  let rows = 0;
  return {
    write(values) {
      book.check();
      if (rows + 1 >= rowsMax) throw tooMuch(`An Excel sheet holds ${rowsMax.toLocaleString("en")} rows`);
      const cells = columns.map(({ type }, index) => cellOf(values[index] ?? null, type));
      const row = sheet.addRow(cells);
      for (const [index, cell] of cells.entries()) {
        if (cell !== undefined) row.getCell(index + 1).style = styleOf(cell, values[index]);
      }
      row.commit();
      rows++;
      return rows % rowsPerLook === 0 ? catchUp(sheet) : undefined;
    },
    async close() {
      return { rows, ...(await book.close()) };
    },
    abort: () => sink.abort(),
  };
}

/** A workbook whose bytes go to a sink. */
export function openBook(sink: Sink) {
  let failure: unknown;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      // exceljs would wait for ever behind a stream that failed: it is let run to its end, into nothing.
      if (failure !== undefined) done();
      else {
        sink.write(chunk).then(
          () => done(),
          (error) => {
            failure = error;
            done();
          },
        );
      }
    },
  });
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
  });
  const check = () => {
    if (failure !== undefined) throw failure;
  };
  return {
    workbook,
    /** @throws what the place threw */
    check,
    async close() {
      await workbook.commit();
      check();
      return sink.close();
    },
  };
}

/**
 * A sheet with a bold header that stays in sight.
 * @param textFormat the number format of text columns; each cell written costs more time with one
 */
export function addSheet(
  workbook: exceljs.stream.xlsx.WorkbookWriter,
  columns: readonly Column[],
  name: string,
  textFormat?: string,
): StreamedSheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = columns.map(({ type, label }) => ({
    width: Math.max(widths[type], label.length + 2),
    ...(type === "text" && textFormat !== undefined && { style: { numFmt: textFormat } }),
  }));
  const header = sheet.addRow(columns.map(({ label }) => label));
  header.eachCell((cell) => {
    cell.style = bold;
  });
  return sheet as StreamedSheet;
}

/** Waits until the bytes that were handed over are on their way: exceljs itself would keep them all in memory. */
async function catchUp(sheet: StreamedSheet): Promise<void> {
  // At the start the archive has not come to the sheet yet, and nothing is flowing.
  while (sheet.stream.pipes.length === 0) await turn();
  for (const pipe of sheet.stream.pipes) if (pipe._writableState.needDrain) await once(pipe, "drain");
}

type CellContent = string | number | boolean | Date;

function styleOf(cell: CellContent, value: Value | undefined) {
  if (!(cell instanceof Date)) return styles.plain;
  return typeof value === "string" && value.length === dayChars ? styles.day : styles.time;
}

function cellOf(value: Value, type: Column["type"]): CellContent | undefined {
  if (value === null || value === "") return undefined;
  if (typeof value === "object") return textCell(JSON.stringify(value));
  switch (type) {
    case "flag":
      return typeof value === "boolean" ? value : textCell(String(value));
    case "number":
      return numberCell(value);
    case "date":
      return dateCell(String(value));
    case "text":
      return textCell(String(value));
  }
}

/** Exact decimals that Excel's 15 digits can't hold stay text. */
function numberCell(value: Value): CellContent {
  const text = String(value);
  const isShort = text.length <= digitsMax || text.replace(/\D/g, "").length <= digitsMax;
  return isShort && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? Number(text) : textCell(text);
}

/** The clock time as written: Excel knows no zones, and the sheet shall show what the other formats show. */
function dateCell(text: string): CellContent {
  if (!isoTime.test(text)) return textCell(text);
  const epochMs = Date.parse(text.length === dayChars ? text : `${text.slice(0, secondChars)}Z`);
  return epochMs >= firstDateMs ? new Date(epochMs) : textCell(text);
}

/** XML holds neither control characters nor CR; Excel writes them, and what looks like it, as `_x000D_`. */
function textCell(text: string): string {
  if (text.length > limits.sheetCellCharsMax) {
    throw tooMuch(`An Excel cell holds ${limits.sheetCellCharsMax.toLocaleString("en")} characters`);
  }
  if (!unwritable.test(text)) return text;
  return text.replace(new RegExp(unwritable, "g"), (sign) => {
    return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
  });
}

function tooMuch(message: string): SipnavError {
  return new SipnavError("validation", `${message}, and there are more.`, { hint: "Write CSV instead." });
}
