import type { Zone } from "../core/time.ts";
import type { Json, Kind } from "./kinds.ts";

/** One field of a noun, as operators see it. */
export interface Field {
  /** The wire's name, which is also the name in JSON and on the command line. */
  readonly name: string;
  readonly label: string;
  readonly kind: Kind;
  /**
   * How early a table's column is left out on a narrow terminal: the highest first, 1 never. Without it the field is
   * in no table unless `--fields` asks; a record and the forms for programs always have it.
   */
  readonly priority?: number;
  /** Whether create and update may set it. */
  readonly writable?: boolean;
  readonly required?: boolean;
  readonly refersTo?: NounName;
  /** Whether it says who somebody is: a screen that others see can hide it in part. Phone numbers always do. */
  readonly personal?: boolean;
  /** What the platform makes of it when it is not sent; null where this is absent. */
  readonly fallback?: Json;
}

export type NounName = "account" | "carrier" | "company" | "restriction";

/** What a value can be the id of: a thing of the platform, or a job on this computer. */
export type Reference = NounName | "job";

/** A thing of the platform, as data: everything generic is made from this. */
export interface Noun {
  readonly name: NounName;
  readonly plural: string;
  /** The id of one that the embedded platform has, so that the examples in the help can be tried there. */
  readonly exampleId: string;
  readonly idField: string;
  readonly nameField: string;
  /** The fields that tell two of them apart where no id is known. */
  readonly naturalKey: readonly string[];
  readonly fields: readonly Field[];
  /** Fields of which a new one must be given some, since it would hold for everything otherwise. */
  readonly aims?: readonly string[];
  /** What people call a field in the headers of their sheets, besides its name and label. */
  readonly synonyms: { readonly [field: string]: readonly string[] };
}

/** The fields that a sheet may give: what can be written, and the id. */
export const importable = ({ fields, idField }: Pick<Noun, "fields" | "idField">): readonly Field[] =>
  fields.filter(({ name, writable }) => writable || name === idField);

/** The fields of which a new one lacks all, so that it would hold for everything; undefined where it has one. */
export const missingAims = ({ aims }: Noun, given: { readonly [name: string]: unknown }) =>
  aims?.every((name) => (given[name] ?? "") === "") ? aims : undefined;

/** A row in our form: the known fields first, in the noun's order, then whatever else the platform sent. */
export type Row = { readonly [name: string]: Json };

/** A row of the wire in the one form of our JSON. Nothing is dropped: unknown fields follow as they came. */
export function readRow({ fields }: Pick<Noun, "fields">, row: object, zone: Zone): Row {
  const wire = row as Readonly<Record<string, unknown>>;
  const read: Record<string, Json> = {};
  for (const { name, kind } of fields) read[name] = kind.fromWire(wire[name], zone);
  for (const name in wire) {
    if (Object.hasOwn(read, name)) continue;
    // A platform's field may be called `__proto__`; only this way it becomes a field.
    if (name === "__proto__") Object.defineProperty(read, name, { value: wire[name], ...plain });
    else read[name] = wire[name] as Json;
  }
  return read;
}

const plain = { enumerable: true, configurable: true, writable: true };
