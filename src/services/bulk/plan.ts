import type { ErrorKind } from "../../core/errors.ts";
import { readDecimal } from "../../core/money.ts";
import type { Zone } from "../../core/time.ts";
import { type Json, type Kind, textOf } from "../../domain/kinds.ts";
import type { Noun, Row } from "../../domain/noun.ts";
import type { WireFields } from "../objects.ts";
import type { Existing } from "./existing.ts";
import { shownKey, trimSpaces } from "./keys.ts";

/** What an import may do: make what is missing and change what differs, or one of the two. */
export const modes = ["upsert", "create", "update"] as const;
export type Mode = (typeof modes)[number];

/** What is done with a row. */
export type Action = "create" | "update" | "disable" | "unchanged" | "refused";

/** Why a row is not done. */
export interface Reason {
  readonly kind: ErrorKind;
  readonly message: string;
}

/** What one row is to become. */
export interface Wish {
  /** The line of the file. */
  readonly line: number;
  readonly id: string | undefined;
  readonly key: string;
  readonly fields: WireFields;
  /** Why it can't be done whatever the platform has. */
  readonly wrong: string | undefined;
}

/** What becomes of one row; everything that applying it, looking it up and undoing it need. */
export interface PlanRow {
  /** The place in the plan, from 1. */
  readonly row: number;
  readonly line: number;
  readonly action: Action;
  readonly key: string;
  /** The platform's; absent for a creation. */
  readonly id?: string;
  /** What is sent, in the platform's spelling; of an update only what changes. */
  readonly fields: WireFields;
  /** The changing fields as they are, in the form of our JSON. */
  readonly before?: Row;
  /** The sent fields as they will be. */
  readonly after?: Row;
  /** Of a refused row. */
  readonly reason?: Reason;
  /** The sheet's own cells, for the file of rejects. */
  readonly cells: readonly string[];
}

/** Whether there is anything to send. */
export const isWork = ({ action }: PlanRow): boolean =>
  action === "create" || action === "update" || action === "disable";

/** Makes plan rows of wishes, in order; two of one plan that mean the same object are told from each other. */
export function createPlanner(noun: Noun, zone: Zone, existing: Existing, mode: Mode) {
  const lines = new Map<string, number>();
  let row = 0;
  return (wish: Wish, cells: readonly string[]): PlanRow => {
    row += 1;
    const start = { row, line: wish.line, key: wish.key };
    const refuse = (kind: ErrorKind, message: string): PlanRow => ({
      ...start,
      ...(wish.id !== undefined && { id: wish.id }),
      action: "refused",
      fields: wish.fields,
      reason: { kind, message },
      cells,
    });
    if (wish.wrong !== undefined) return refuse("validation", wish.wrong);
    const ids = wish.id === undefined ? existing.idsOf(wish.key) : [wish.id];
    const [id] = ids;
    if (id === undefined) {
      if (mode === "update") return refuse("not_found", `The platform has no such ${noun.name}.`);
      return {
        ...start,
        action: "create",
        fields: wish.fields,
        after: readFields(noun, zone, wish.fields),
        cells,
      };
    }
    if (ids.length > 1) {
      return refuse("conflict", `The platform has ${ids.length} such ${noun.plural}: ${ids.join(", ")}.`);
    }
    const known = existing.valuesOf(id);
    if (known === undefined) return refuse("not_found", `The platform has no ${noun.name} ${id}.`);
    if (mode === "create") return refuse("conflict", `It is there already: ${noun.name} ${id}.`);
    const line = lines.get(id);
    if (line !== undefined) return refuse("conflict", `It is ${noun.name} ${id}, as line ${line} is.`);
    lines.set(id, wish.line);
    const fields = wish.id === undefined ? withoutKey(noun, wish.fields) : wish.fields;
    const changed = changesOf(noun, zone, fields, known);
    if (changed === undefined) return { ...start, id, action: "unchanged", fields: {}, cells: [] };
    return { ...start, id, action: "update", ...changed, cells };
  };
}

/** The fields without those that the object was found by: at the most their spaces differ. */
const withoutKey = ({ naturalKey }: Noun, fields: WireFields): WireFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !naturalKey.includes(name)));

/** The fields that differ from what is there; undefined when none does. */
function changesOf(
  noun: Noun,
  zone: Zone,
  fields: WireFields,
  known: Row,
): { fields: WireFields; before: Row; after: Row } | undefined {
  const wanted = readFields(noun, zone, fields);
  const names = differing(noun, wanted, known);
  if (names.length === 0) return undefined;
  const pick = <T>(from: Readonly<Record<string, T>>) =>
    Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { fields: pick(fields) as WireFields, before: pick(known), after: pick(wanted) };
}

/** The names of the wanted fields that are not as wanted. */
export function differing(noun: Noun, wanted: Row, known: Row): string[] {
  return noun.fields.flatMap(({ name, kind }) =>
    name in wanted && !isSame(kind, wanted[name], known[name]) ? [name] : [],
  );
}

/** Fields of the wire in the form of our JSON. */
export function readFields({ fields }: Noun, zone: Zone, wire: WireFields): Row {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) => (name in wire ? [[name, kind.fromWire(wire[name], zone)]] : [])),
  );
}

/** Whether two values mean the same: 5 and 5.00 do, one moment in two zones, and a text with space around it. */
function isSame({ order }: Kind, a: Json | undefined, b: Json | undefined): boolean {
  const [textA, textB] = [textOf(a), textOf(b)];
  if (textA === textB) return true;
  if (order === "text") return trimSpaces(textA) === trimSpaces(textB);
  if (order === "decimal") {
    const [one, other] = [readDecimal(a), readDecimal(b)];
    return one !== undefined && other !== undefined && one.eq(other);
  }
  return order === "moment" && Date.parse(textA) === Date.parse(textB);
}

/** How a person knows a row: its line and what it is about. */
export const rowName = ({ line, key, id }: PlanRow): string => `line ${line} (${shownKey(key) || id})`;
