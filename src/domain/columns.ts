import { text } from "./kinds.ts";
import type { Field, Row } from "./noun.ts";
import { pickFields } from "./query.ts";

const textField = (name: string): Field => ({ name, label: name, kind: text });

/** The known fields, then as text whatever else the rows have, in the order it turns up. */
export function allFields(fields: readonly Field[], rows: readonly Row[]): readonly Field[] {
  const known = new Set(fields.map(({ name }) => name));
  const found = new Set<string>();
  for (const row of rows) {
    for (const name in row) if (!known.has(name)) found.add(name);
  }
  return [...fields, ...[...found].map(textField)];
}

/**
 * The fields of the names `a,b`, in that order. A field of the platform's that the program does not know may be
 * picked when a row has it. Without rows nobody can say which unknown fields there are, and all are granted: a script
 * must not fail on the day when nothing is found.
 * @throws validation for an unknown field
 */
export function pickColumns(fields: readonly Field[], rows: readonly Row[], names: string): readonly Field[] {
  const guessed =
    rows.length === 0 ? [Object.fromEntries(names.split(",").map((name) => [name.trim(), null]))] : rows;
  return pickFields(allFields(fields, guessed), names);
}

/** What tells of a field. */
export const catalogFields: readonly Field[] = [
  { name: "name", label: "Field", kind: text, priority: 1 },
  { name: "label", label: "Meaning", kind: text, priority: 1 },
  { name: "kind", label: "Kind", kind: text, priority: 1 },
];

/** Fields as rows: what `--fields help` prints. */
export const catalogOfFields = (fields: readonly Field[]): readonly Row[] =>
  fields.map(({ name, label, kind }) => ({ name, label, kind: kind.name }));
