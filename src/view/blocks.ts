import type { Json } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";

/** Many rows of one shape. */
export interface TableBlock {
  readonly kind: "table";
  readonly fields: readonly Field[];
  readonly rows: readonly Row[];
  /** The field that `-o ids` prints. */
  readonly idField: string;
}

/** One thing, field by field. */
export interface RecordBlock {
  readonly kind: "record";
  readonly fields: readonly Field[];
  readonly row: Row;
}

/** A sentence for a person. */
export interface NoteBlock {
  readonly kind: "note";
  readonly text: string;
}

/** Data for programs: one JSON document on one line, whatever format was asked for. */
export interface DocumentBlock {
  readonly kind: "document";
  readonly data: Json;
}

/** What a command's result looks like, in no face's terms. */
export type Block = TableBlock | RecordBlock | NoteBlock | DocumentBlock;
