import { text } from "./kinds.ts";
import type { Field, Row } from "./noun.ts";

/** A field of any text. @param priority as `Field` has it */
export const textField = (name: string, label: string, priority?: number): Field => ({
  name,
  label,
  kind: text,
  ...(priority !== undefined && { priority }),
});

/** The known fields, then as text whatever else the rows have, in the order it turns up. */
export function allFields(fields: readonly Field[], rows: readonly object[]): readonly Field[] {
  const known = new Set(fields.map(({ name }) => name));
  const found = new Set<string>();
  for (const row of rows) {
    for (const name in row) if (!known.has(name)) found.add(name);
  }
  return [...fields, ...[...found].map((name) => textField(name, name))];
}

/** The fields of several results, each name once. */
export const unionOf = (...all: readonly (readonly Field[])[]): readonly Field[] => [
  ...new Map(all.flat().map((field) => [field.name, field])).values(),
];

/** What tells of a field. */
export const catalogFields: readonly Field[] = [
  textField("name", "Field", 1),
  textField("label", "Meaning", 1),
  textField("kind", "Kind", 1),
];

/** Fields as rows: what `--fields help` prints. */
export const catalogOfFields = (fields: readonly Field[]): readonly Row[] =>
  fields.map(({ name, label, kind }) => ({ name, label, kind: kind.name }));
