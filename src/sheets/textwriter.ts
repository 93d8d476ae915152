import { csvCell, guardFormula } from "../core/text.ts";
import type { RowFormat } from "../domain/formats.ts";
import type { Json } from "../domain/kinds.ts";
import type { Column, RowWriter, Value, WriteOptions } from "./document.ts";
import type { Sink } from "./sink.ts";

/** Text is handed on in pages: one string and one system call for some hundred rows. */
const pageChars = 64 * 1024;

/** The parts of a document; compiled once for its columns. */
interface Layout {
  readonly start: string;
  /** The text of one row, line end or separator included. */
  row(values: readonly Value[], index: number, rest: Rest): string;
  end(rows: number): string;
}

type Rest = Readonly<Record<string, Json>> | undefined;

type TextFormat = Exclude<RowFormat, "xlsx">;

const layouts: Readonly<Record<TextFormat, (columns: readonly Column[], options: WriteOptions) => Layout>> = {
  csv: csvLayout,
  json: jsonLayout,
  ndjson: ndjsonLayout,
};

/** The writer of CSV (RFC 4180, lines end with LF, header always), NDJSON or one JSON array. */
export function openTextWriter(format: TextFormat) {
  return (sink: Sink, columns: readonly Column[], options: WriteOptions): RowWriter => {
    const layout = layouts[format](columns, options);
    let page = layout.start;
    let rows = 0;
    const flush = () => {
      const bytes = Buffer.from(page);
      page = "";
      return sink.write(bytes);
    };
    return {
      write(values, rest) {
        page += layout.row(values, rows++, rest);
        return page.length < pageChars ? undefined : flush();
      },
      async close() {
        page += layout.end(rows);
        await flush();
        return { rows, ...(await sink.close()) };
      },
      abort: () => sink.abort(),
    };
  };
}

function csvLayout(columns: readonly Column[], options: WriteOptions): Layout {
  const { bom = false, delimiter = "," } = options;
  const cell = cellOf(options);
  const width = columns.length;
  return {
    start: `${bom ? "\ufeff" : ""}${columns.map(({ label }) => cell(label)).join(delimiter)}\n`,
    row(values) {
      let line = "";
      for (let index = 0; index < width; index++) {
        const value = values[index];
        if (index > 0) line += delimiter;
        if (typeof value === "string") line += cell(value);
        else if (typeof value === "object") line += value === null ? "" : cell(JSON.stringify(value));
        else if (value !== undefined) line += String(value);
      }
      // A line with nothing on it is no row to most readers.
      return `${line || '""'}\n`;
    },
    end: () => "",
  };
}

function cellOf({ formulaGuard = false, delimiter = "," }: WriteOptions): (text: string) => string {
  // One look at most cells is enough.
  const odd = new RegExp(`${formulaGuard ? "^[=+\\-@\\t\\r]|" : ""}["\\r\\n${delimiter}]`);
  const guard = formulaGuard ? guardFormula : (text: string) => text;
  return (text) => (odd.test(text) ? csvCell(guard(text), delimiter) : text);
}

function jsonLayout(columns: readonly Column[]): Layout {
  const object = jsonObject(columns);
  return {
    start: "[",
    row: (values, index, rest) => `${index === 0 ? "" : ","}\n${object(values, rest)}`,
    end: (rows) => (rows === 0 ? "]\n" : "\n]\n"),
  };
}

function ndjsonLayout(columns: readonly Column[]): Layout {
  const object = jsonObject(columns);
  return { start: "", row: (values, _, rest) => `${object(values, rest)}\n`, end: () => "" };
}

function jsonObject(columns: readonly Column[]): (values: readonly Value[], rest: Rest) => string {
  const names = columns.map(({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  return (values, rest) => {
    let text = "";
    for (let index = 0; index < names.length; index++) text += names[index] + jsonText(values[index]);
    for (const name in rest) text += `,${JSON.stringify(name)}:${JSON.stringify(rest[name])}`;
    return `${text}}`;
  };
}

const escaped = /["\\\x00-\x1f\ud800-\udfff]/;

/** As `JSON.stringify` has it, which takes several times longer for the little that most values are. */
function jsonText(value: Value | undefined): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return escaped.test(value) ? JSON.stringify(value) : `"${value}"`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
