import type { Zone } from "../../core/time.ts";
import { allFields } from "../../domain/columns.ts";
import type { RowFormat } from "../../domain/formats.ts";
import { type Json, textOf } from "../../domain/kinds.ts";
import type { Field, Row } from "../../domain/noun.ts";
import { pickFields } from "../../domain/query.ts";
import type { Column, Value, WriteOptions } from "../../sheets/document.ts";
import type { Place } from "../../sheets/sink.ts";
import { createWriter } from "../../sheets/write.ts";
import type { WireRow } from "../rows.ts";

/** What a document is made of. */
export interface DocumentForm {
  readonly format: RowFormat;
  /** The fields that rows are known to have. */
  readonly fields: readonly Field[];
  /** Where times without offset are. */
  readonly zone: Zone;
  /** The fields that are wanted, as `a,b`; without it all, also those that only the rows tell of. */
  readonly names?: string | undefined;
  readonly options?: Pick<WriteOptions, "formulaGuard" | "sheetName">;
}

/** A document that takes rows. */
export interface RowDocument {
  readonly fields: readonly Field[];
  /** Fields that turned up when the columns stood already. */
  readonly leftOut: ReadonlySet<string>;
  /**
   * Takes a row as it came or in our form, which reading leaves as it is. A promise is to be waited for before the
   * next row.
   */
  write(row: WireRow): Promise<void> | void;
  /** Finishes the place. */
  close(): Promise<{ readonly rows: number; readonly bytes: number; readonly sha256: string }>;
}

/** What Excel makes of a field's values; all others are text, so that no digit of an id or number is lost. */
const columnTypes: Readonly<Record<string, Column["type"]>> = {
  integer: "number",
  money: "number",
  time: "date",
};

/**
 * Opens a document that goes to a place. In JSON every row has all it has; elsewhere the columns are the known fields
 * and whatever else the first rows have, with every value as text: flags as yes and no.
 * CSV has the names of JSON for its header, so that programs find their columns, Excel the words that people read.
 * @param first the rows that unknown fields are looked for in
 * @throws validation for an unknown field
 */
export async function openDocument(
  { format, fields: known, zone, names, options }: DocumentForm,
  first: readonly WireRow[],
  place: Place,
): Promise<RowDocument> {
  const isJson = format === "json" || format === "ndjson";
  const whole = isJson ? known : allFields(known, first);
  const fields = names === undefined ? whole : pickFields(known, names);
  const columns = fields.map(({ name, label, kind }) => ({
    name,
    label: format === "csv" ? name : label,
    type: columnTypes[kind.name] ?? "text",
  }));
  const writer = await createWriter(format, place, columns, options);
  const cellOf: (value: Json) => Value = isJson ? (value) => value : textOf;
  const taken = new Set(fields.map(({ name }) => name));
  const leftOut = new Set<string>();
  const restOf = (row: WireRow): Row => {
    const rest = Object.entries(row).filter(([name]) => !taken.has(name)) as [string, Json][];
    if (!isJson) for (const [name] of rest) leftOut.add(name);
    return Object.fromEntries(rest);
  };
  return {
    fields,
    leftOut,
    write(row) {
      let foundCount = 0;
      const cells = fields.map(({ name, kind }) => {
        const value = row[name];
        if (value !== undefined) foundCount++;
        return cellOf(kind.fromWire(value, zone));
      });
      const hasRest = names === undefined && Object.keys(row).length > foundCount;
      return writer.write(cells, hasRest ? restOf(row) : undefined);
    },
    close: writer.close,
  };
}
