import { type CsvError, type Info, Parser } from "csv-parse";
import { limitError, sheetError } from "./faults.ts";
import { type Fault, noFaults, type SheetCaps, type SheetRow } from "./sheet.ts";

/** How a CSV file is written. */
export interface Dialect {
  readonly delimiter: string;
  readonly lineEnds: readonly string[];
  /** Quotes in the middle of a cell are kept, as `="0123"` needs it; each is looked at afterwards. */
  readonly looseQuotes: boolean;
}

const lostDigits = /^[+-]?\d+(?:[.,]\d+)?e\+\d+$/i;
const equals = 0x3d;
const apostrophe = 0x27;
const quote = 0x22;
/** Far more than a row of ordinary cells: what is longer is a quote that was never closed. */
const rowCharsMax = 1024 * 1024;

/**
 * csv-parse, fed by hand: rows come back from the very call that hands in their bytes, with the line at which each
 * starts. Its own stream of single records costs a tenth more, and its line counter counts CRLF in quotes twice.
 */
export class LineParser extends Parser {
  declare readonly info: Omit<Info, "records"> & { records: number };
  readonly #file: string;
  readonly #dialect: Dialect;
  readonly #caps: SheetCaps;
  #rows: SheetRow[] = [];
  /** Where the row starts that is being read. */
  #line = 1;
  #linesSeen = 0;
  #gap = 0;

  constructor(file: string, dialect: Dialect, caps: SheetCaps) {
    super({
      delimiter: dialect.delimiter,
      record_delimiter: [...dialect.lineEnds],
      relax_quotes: dialect.looseQuotes,
      relax_column_count: true,
      max_record_size: rowCharsMax,
    });
    this.#file = file;
    this.#dialect = dialect;
    this.#caps = caps;
  }

  /**
   * The rows that end in these bytes, blank ones left out; without bytes, the last row.
   * @throws validation naming the line at which the faulty row starts
   */
  feed(bytes?: Buffer): readonly SheetRow[] {
    const settle = (error?: Error | null) => {
      if (error) throw this.#explain(error as CsvError);
    };
    if (bytes) this._transform(bytes, "utf8", settle);
    else this._flush(settle);
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Called by csv-parse with each record, and with null after the last. */
  override push(record: string[] | null): boolean {
    if (record === null) return true;
    // Every record counts as the first one: another length than the first one's would cost an error object a row.
    this.info.records = 0;
    const line = this.#line;
    const seen = this.info.lines;
    this.#line += seen - this.#linesSeen === 1 ? 1 : 1 + this.#breaksIn(record);
    this.#linesSeen = seen;
    const faults = this.#checkCells(record, line);
    if (faults === undefined) this.#gap++;
    else {
      this.#rows.push({ line, cells: record, faults, gap: this.#gap });
      this.#gap = 0;
    }
    return true;
  }

  /** Unwraps cells in place; undefined when all are empty. */
  #checkCells(cells: string[], line: number): readonly Fault[] | undefined {
    const { sheetCellCharsMax, sheetColumnsMax } = this.#caps;
    if (cells.length > sheetColumnsMax) {
      throw limitError(this.#file, "sheetColumnsMax", sheetColumnsMax, `it has ${cells.length} columns`, {
        row: line,
      });
    }
    let faults: Fault[] | undefined;
    let isBlank = true;
    for (let column = 0; column < cells.length; column++) {
      const cell = cells[column] ?? "";
      if (cell === "") continue;
      isBlank = false;
      const first = cell.charCodeAt(0);
      if (first === equals || first === apostrophe) cells[column] = unwrap(cell);
      else if (first === quote && this.#dialect.looseQuotes) {
        faults ??= [];
        faults.push({
          kind: "broken_quote",
          column,
          message: "a quote stands where it may end the cell or not",
        });
      } else if (cell.includes("+") && lostDigits.test(cell)) {
        faults ??= [];
        faults.push({ kind: "digits_lost", column, message: `${cell} has lost its digits` });
      } else if (cell.length > sheetCellCharsMax) {
        const what = `a cell has ${cell.length} characters`;
        throw limitError(this.#file, "sheetCellCharsMax", sheetCellCharsMax, what, { row: line });
      }
    }
    return isBlank ? undefined : (faults ?? noFaults);
  }

  #breaksIn(record: readonly string[]): number {
    const breaks = this.#dialect.lineEnds.includes("\n") ? /\n/g : /\r/g;
    return record.reduce((count, cell) => count + (cell.match(breaks)?.length ?? 0), 0);
  }

  #explain(error: CsvError): Error {
    const row = this.#line;
    switch (error.code) {
      case "CSV_QUOTE_NOT_CLOSED":
        return sheetError(this.#file, "a quote is opened and never closed", { row, cause: error });
      case "CSV_MAX_RECORD_SIZE":
        return sheetError(
          this.#file,
          `the row is longer than ${rowCharsMax} characters; a quote may have been left open`,
          { row, cause: error },
        );
      case "CSV_INVALID_CLOSING_QUOTE":
      case "INVALID_OPENING_QUOTE": {
        const hint =
          'A cell with a quote in it is written in quotes, with the inner quote doubled: "5"" pipe".';
        return sheetError(this.#file, "a quote stands in the middle of a cell", { row, hint, cause: error });
      }
      default:
        return error;
    }
  }
}

/** `="0123"` and a leading apostrophe are how spreadsheets are told that digits are text. */
function unwrap(cell: string): string {
  const formula = /^="((?:[^"]|"")*)"$/.exec(cell)?.[1];
  if (formula !== undefined) return formula.replaceAll('""', '"');
  return /^'[\d=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
