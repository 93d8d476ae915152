import type { Json } from "../domain/kinds.ts";
import type { Written } from "./sink.ts";

/** A value of a row. Exact decimals and times (ISO 8601) are strings; what is nested is JSON in a cell. */
export type Value = Json;

/** One column of what is written. */
export interface Column {
  /** The name in JSON. */
  readonly name: string;
  /** The header in CSV and Excel. */
  readonly label: string;
  /** Decides what a cell is in Excel; ids and phone numbers are text, so that no digit is lost. */
  readonly type: "text" | "number" | "date" | "flag";
}

export interface WriteOptions {
  /** CSV: marks cells that a spreadsheet would run as a formula with an apostrophe. */
  readonly formulaGuard?: boolean;
  /** CSV: starts with a byte order mark, which old Excel needs to see UTF-8. */
  readonly bom?: boolean;
  /** CSV: what stands between cells; a comma by default. */
  readonly delimiter?: string | undefined;
  /** Excel: the sheet's name. */
  readonly sheetName?: string;
}

/** Takes rows and makes one document of them. */
export interface RowWriter {
  /**
   * One value a column. A promise is to be waited for before the next row: the disk is behind.
   * @param rest what the row has besides; only JSON has a place for it
   */
  write(row: readonly Value[], rest?: Readonly<Record<string, Json>>): Promise<void> | void;
  /** Ends the document; only now has a file its name. */
  close(): Promise<Written & { readonly rows: number }>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}
