import type { Json } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";

/** Many rows of one shape. */
export interface TableBlock {
  readonly kind: "table";
  readonly fields: readonly Field[];
  readonly rows: readonly Row[];
  /** The field that `-o ids` prints. */
  readonly idField: string;
  /** Whether the platform has more rows than these. */
  readonly isCut?: boolean;
  /** What no rows mean; a list of which none was found says so. */
  readonly none?: string;
}

/** One thing, field by field. */
export interface RecordBlock {
  readonly kind: "record";
  readonly fields: readonly Field[];
  readonly row: Row;
  /** The field that `-o ids` prints; a record without one is nothing that has an id. */
  readonly idField?: string;
  /** Whether it is one value, which stands by itself on a terminal and in a pipe. */
  readonly bare?: boolean;
}

/** A sentence for a person. */
export interface NoteBlock {
  readonly kind: "note";
  readonly text: string;
  /** The same for a program, which gets it in the formats that programs read. */
  readonly row?: Row;
}

/** Data for programs: one JSON document on one line, whatever format was asked for. */
export interface DocumentBlock {
  readonly kind: "document";
  readonly data: Json;
  /** The same as people read it: what stands where a table would. */
  readonly text?: string;
}

/** The platform's own text, printed as it came, whatever format was asked for. */
export interface RawBlock {
  readonly kind: "raw";
  readonly text: string;
}

/** A block with fields and values; the others are text. */
export type DataBlock = TableBlock | RecordBlock;

/** What a command's result looks like, in no face's terms. */
export type Block = DataBlock | NoteBlock | DocumentBlock | RawBlock;
