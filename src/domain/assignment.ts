import { nearest } from "../core/text.ts";
import type { Field } from "./noun.ts";

/** A field with a value of its kind, null to empty it, or why it cannot be set so. */
export type Assigned = { readonly field: Field; readonly value: unknown } | { readonly problem: string };

/** Reads `name=value` for one of the fields that may be set. */
export function readAssignment(fields: readonly Field[], pair: string): Assigned {
  const at = pair.indexOf("=");
  if (at < 0) return { problem: `${pair}: field=value is expected` };
  const assigned = assign(fields, pair.slice(0, at), pair.slice(at + 1));
  return "problem" in assigned ? { problem: `${pair.slice(0, at)}: ${assigned.problem}` } : assigned;
}

/** A field of this name set to a text. */
export function assign(fields: readonly Field[], name: string, text: string): Assigned {
  const field = fields.find((known) => known.name === name);
  if (field === undefined) {
    const near = nearestWritable(fields, name);
    return { problem: `no such field${near === undefined ? "" : `; did you mean ${near}?`}` };
  }
  if (!field.writable) return { problem: "the platform sets this field" };
  if (text === "" && canBeEmpty(field)) return { field, value: null };
  const parsed = field.kind.parse(text);
  return "problem" in parsed ? parsed : { field, value: parsed.value };
}

/** Texts are emptied as texts, and a flag is one or the other. */
const canBeEmpty = ({ kind, required, fallback }: Field) =>
  !required && fallback === undefined && kind.choices === undefined && "problem" in kind.parse("");

/** The field that may be set and was probably meant. */
export const nearestWritable = (fields: readonly Field[], name: string): string | undefined =>
  nearest(
    name,
    fields.flatMap((known) => (known.writable ? [known.name] : [])),
  );
