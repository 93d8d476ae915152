import type { Zone } from "../../core/time.ts";
import { type Json, textOf } from "../../domain/kinds.ts";
import { type Noun, type Row, readRow } from "../../domain/noun.ts";
import type { NounCalls } from "../../services/calls.ts";
import type { UpdatePlan, WireFields } from "../../services/objects.ts";
import type { Inverse } from "../face.ts";

const labelOf = ({ fields }: Noun, name: string) =>
  fields.find((field) => field.name === name)?.label ?? name;

const shown = (value: Json | undefined) => textOf(value) || "(none)";

/** "Note: (none) → moved", one line a change. */
export const changeLines = (noun: Noun, { changes }: UpdatePlan): string[] =>
  changes.map(({ field, before, after }) => `${labelOf(noun, field)}: ${shown(before)} → ${shown(after)}`);

/** "Account: Acme", one line a field. */
export function givenLines(noun: Noun, fields: WireFields, zone: Zone): string[] {
  const row = readRow(noun, fields, zone);
  return Object.keys(fields).map((name) => `${labelOf(noun, name)}: ${shown(row[name])}`);
}

/** "Called: 18095550100", "Note: fraud": what tells an object from others, and what people say of it. */
export const tellTale = ({ fields, naturalKey }: Noun, row: Row): string[] =>
  fields
    .filter(({ name }) => naturalKey.includes(name) || name === "enabled" || name === "note")
    .filter(({ name, fallback }) => textOf(row[name]) !== "" && row[name] !== fallback)
    .map(({ name, label }) => `${label}: ${textOf(row[name])}`);

/** The update that sets the old values again; undefined where a changed field is none that can be given. */
export function inverseOfUpdate(noun: Noun, id: string, { changes }: UpdatePlan): Inverse | undefined {
  const known = new Set(noun.fields.filter(({ writable }) => writable).map(({ name }) => name));
  if (!changes.every(({ field }) => known.has(field))) return undefined;
  const set = changes.map(({ field, before }) => `${field}=${textOf(before)}`);
  return { path: [noun.plural, "update"], raw: { id, set } };
}

/** What was created is disabled: the platform knows no deletion. */
export function inverseOfCreate({ noun, disable }: NounCalls, row: Row): Inverse | undefined {
  const id = textOf(row[noun.idField]);
  if (id === "") return undefined;
  if (disable) return { path: [noun.plural, "disable"], raw: { id } };
  const canDisable = noun.fields.some(({ name, writable }) => name === "enabled" && writable);
  return canDisable ? { path: [noun.plural, "update"], raw: { id, set: ["enabled=no"] } } : undefined;
}
