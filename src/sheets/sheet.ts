import { limits } from "../core/limits.ts";

/** What can be wrong with a cell or a row without the file being wrong. */
export type FaultKind =
  /** A number whose digits are not all there: `4.47E+11` as text, or more than 15 digits in a number cell. */
  | "digits_lost"
  /** A formula that was never calculated. */
  | "no_result"
  /** `#N/A` and its like. */
  | "excel_error"
  /** A row with more or fewer cells than the header. */
  | "ragged"
  /** A quote in the middle of a cell: where the cell ends is not certain. */
  | "broken_quote";

/** One thing that a caller may have to refuse the row for; it depends on the column whether it matters. */
export interface Fault {
  readonly kind: FaultKind;
  /** Counted from 0; absent when the whole row is meant. */
  readonly column?: number;
  readonly message: string;
}

/** One row of a table: arrays, since a million objects with names would cost twice the time and memory. */
export interface SheetRow {
  /** The line of the file at which the row starts, or Excel's row number; both count from 1. */
  readonly line: number;
  /** Every cell as text, `""` when empty; at least as many as there are headers. */
  readonly cells: readonly string[];
  readonly faults: readonly Fault[];
  /** Blank rows right above. */
  readonly gap: number;
  /** Excel only: by hand, or by a filter. */
  readonly isHidden?: boolean;
}

/** Cells of a workbook that were made one: only the first, at the top and left, has a value. */
export interface Merge {
  /** Lines count from 1. */
  readonly top: number;
  readonly bottom: number;
  /** Columns count from 0. */
  readonly left: number;
  readonly right: number;
}

/** The one list of most rows. */
export const noFaults: readonly Fault[] = [];

/** Where a sheet comes from: a path, or a stream and what to call it in messages. */
export type SheetSource = string | { readonly name: string; readonly stream: AsyncIterable<Uint8Array> };

/** The caps of one reading, named as in `limits`. */
export type SheetCaps = Readonly<{ [Name in keyof typeof limits & `sheet${string}`]: number }>;

/** What a person may decide instead of leaving it to a guess. */
export interface SheetOptions {
  /** Excel only: the sheet's name. */
  readonly sheet?: string;
  /** The header's line, counted from 1. */
  readonly headerRow?: number;
  /** Words that stand in a header of the kind that is looked for; case, spaces and punctuation do not matter. */
  readonly knownHeaders?: Iterable<string>;
  readonly caps?: Partial<SheetCaps>;
}

/** The program's own caps with a caller's in their place. */
export function capsOf(options: SheetOptions): SheetCaps {
  return { ...limits, ...options.caps };
}

/** One table, found in a file and ready to be read row by row. */
export interface Sheet {
  readonly file: string;
  readonly format: "csv" | "xlsx";
  /** Excel only. */
  readonly sheetName?: string;
  /** Excel only: every sheet's name, in the order of the tabs. */
  readonly sheetNames?: readonly string[];
  /** CSV only. */
  readonly delimiter?: string;
  /** CSV only. */
  readonly encoding?: string;
  /** Whether numbers are written with a decimal comma; never when the delimiter is a comma. */
  readonly decimalComma: boolean;
  /** As found, trimmed. */
  readonly headers: readonly string[];
  readonly headerLine: number;
  /** What was chosen for the reader, and what was left out; grows until the rows have been read to their end. */
  readonly notices: readonly string[];
  /** Excel only: cells that were made one; all of them are known when the rows have been read to their end. */
  readonly merges: readonly Merge[];
  /**
   * The rows below the header as they come out of the reader, some hundreds at a time; blank ones are left out. A file
   * can be read again and again, a stream of CSV once.
   * @throws validation
   */
  batches(): AsyncIterable<readonly SheetRow[]>;
  /** Removes what was set aside on disk. */
  close(): Promise<void>;
}

/** One table before its header is found: what the reader of a format hands over. */
export interface RawTable {
  readonly name?: string;
  /** The first rows. */
  readonly sample: readonly SheetRow[];
  /** As in `Sheet`. */
  readonly merges?: readonly Merge[];
  /** All rows from the first on. */
  batches(): AsyncIterable<readonly SheetRow[]>;
}
