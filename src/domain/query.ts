import { SipnavError } from "../core/errors.ts";
import { type Decimal, readDecimal } from "../core/money.ts";
import { nearest } from "../core/text.ts";
import { utc, type Zone } from "../core/time.ts";
import { readAssignment } from "./assignment.ts";
import { type Json, type Kind, type Order, text, textOf } from "./kinds.ts";
import type { Field, Row } from "./noun.ts";

/** What a condition can say of a field. */
export const operators = ["eq", "ne", "lt", "lte", "gt", "gte", "contains", "starts", "ends", "in"] as const;
type Operator = (typeof operators)[number];
type Test = (value: Json | undefined) => boolean;
type Key = string | number | Decimal;

/** What other languages have for them. */
const otherWords: Readonly<Record<string, Operator>> = {
  "=": "eq",
  "==": "eq",
  is: "eq",
  equals: "eq",
  "!=": "ne",
  "<>": "ne",
  not: "ne",
  "<": "lt",
  "<=": "lte",
  le: "lte",
  ">": "gt",
  ">=": "gte",
  ge: "gte",
  like: "contains",
  ilike: "contains",
  has: "contains",
  "~": "contains",
  begins: "starts",
};

const conditionForm = /^\s*(\S+)\s+(\S+)(?:\s+(.*))?$/s;
/** An item of a list; a comma in quotes is a part of it. */
const listItem = /(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[^,])+/g;
const quoted = /^(["'])(.*)\1$/s;

/**
 * A condition on rows from `field op value`; `in` takes `a,b,c`. A value may stand in quotes of either sort, doubled
 * to mean themselves; `eq ''` holds where there is no value.
 * - `eq`, `ne` and `in` compare text, ids and phone numbers letter by letter, amounts and counts exactly as decimals,
 *   times as moments, flags as yes or no.
 * - `lt`, `lte`, `gt` and `gte` take ids and phone numbers as numbers, and text in the order of `parseSort`; they hold
 *   for no row without a value.
 * - `contains`, `starts` and `ends` look at the text as it is printed, and ignore case.
 * @param zone where a time without offset is
 * @throws validation for an unknown field or operator, with the nearest one, and for a value that cannot be one
 */
export function parseWhere(fields: readonly Field[], text: string, zone: Zone = utc): (row: Row) => boolean {
  const [, name, word, value] = conditionForm.exec(text.trim()) ?? [];
  if (name === undefined || word === undefined || value === undefined) {
    throw wrong(`"${text}" is no condition: field op value is expected.`, "A value of '' stands for none.");
  }
  const { kind } = findField(fields, name);
  const operator = operators.find((known) => known === word.toLowerCase());
  if (operator === undefined) {
    const meant = otherWords[word.toLowerCase()];
    const hint = meant === undefined ? suggestion(word, operators) : `Did you mean ${meant}?`;
    throw wrong(`There is no operator ${word}.`, hint);
  }
  const values = operator === "in" ? (value.match(listItem) ?? []) : [value];
  const tests = values.map((one) => testOf(kind, operator, unquote(one.trim()), zone));
  return (row) => tests.some((test) => test(row[name]));
}

function unquote(text: string): string {
  if (!/^["']/.test(text)) return text;
  const [, quote = "", inner] = quoted.exec(text) ?? [];
  const plain = inner?.replaceAll(quote + quote, "");
  if (inner === undefined || plain?.includes(quote)) throw wrong(`A quote is not closed in ${text}.`);
  return inner.replaceAll(quote + quote, quote);
}

function testOf(kind: Kind, operator: Operator, value: string, zone: Zone): Test {
  switch (operator) {
    case "eq":
    case "in":
      return equals(kind, value, zone);
    case "ne": {
      const same = equals(kind, value, zone);
      return (candidate) => !same(candidate);
    }
    case "contains":
    case "starts":
    case "ends":
      return textTest(kind, operator, value);
    default: {
      const key = keyOf(kind.order, readOperand(kind, value, zone)) ?? "";
      const accepts = signs[operator];
      return (candidate) => {
        const found = keyOf(kind.order, candidate);
        return found !== undefined && accepts(compareKeys(found, key));
      };
    }
  }
}

const signs = {
  lt: (sign: number) => sign < 0,
  lte: (sign: number) => sign <= 0,
  gt: (sign: number) => sign > 0,
  gte: (sign: number) => sign >= 0,
};

function equals(kind: Kind, value: string, zone: Zone): Test {
  if (value === "") return (candidate) => textOf(candidate) === "";
  const operand = readOperand(kind, value, zone);
  if (kind.order === "text" || kind.order === "digits") return (candidate) => textOf(candidate) === operand;
  const key = keyOf(kind.order, operand) ?? "";
  return (candidate) => {
    const found = keyOf(kind.order, candidate);
    return found !== undefined && compareKeys(found, key) === 0;
  };
}

function textTest(kind: Kind, operator: "contains" | "starts" | "ends", value: string): Test {
  // A number may be written with its plus sign and brackets here too.
  const parsed = kind.order === "digits" ? kind.parse(value) : { value };
  const part = String("value" in parsed ? parsed.value : value).toLowerCase();
  const methods = { contains: "includes", starts: "startsWith", ends: "endsWith" } as const;
  return (candidate) => textOf(candidate).toLowerCase()[methods[operator]](part);
}

/** The value of a condition in the form that rows have. */
function readOperand(kind: Kind, value: string, zone: Zone): Json {
  if (kind.order === "decimal") {
    if (readDecimal(value) === undefined) throw wrong(`"${value}": a number is expected.`);
    return value;
  }
  const parsed = kind.parse(value);
  if ("problem" in parsed) throw wrong(`"${value}": ${parsed.problem}.`);
  return kind.order === "moment" ? (zone.toIso(value) ?? value) : (parsed.value as Json);
}

/** What a value is compared by; undefined where there is none. */
function keyOf(order: Order, value: Json | undefined): Key | undefined {
  switch (order) {
    case "text":
      return textOf(value) || undefined;
    case "digits":
    case "decimal":
      return readDecimal(value);
    case "moment": {
      const epochMs = Date.parse(textOf(value));
      return Number.isNaN(epochMs) ? undefined : epochMs;
    }
    case "flag":
      return typeof value === "boolean" ? Number(value) : undefined;
  }
}

/** Built when first used: that takes a millisecond, which most commands need not spend. */
let collator: Intl.Collator | undefined;

/** Two keys of one order. */
function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "object" && typeof b === "object") return a.cmp(b);
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(String(a), String(b));
}

/** An order of rows by keys that are made once a row. */
export interface RowOrder {
  keysOf(row: Row): readonly (Key | undefined)[];
  /** Compares the keys of two rows. */
  compare(left: readonly (Key | undefined)[], right: readonly (Key | undefined)[]): number;
}

/** The order that `parseSort` compares rows by. @throws validation for an unknown field or direction */
export function orderOf(fields: readonly Field[], text: string): RowOrder {
  const terms = splitNames(text).map((term) => {
    const [, name = "", direction = "asc"] = /^(.*?)(?::([^:]*))?$/s.exec(term) ?? [];
    if (direction !== "asc" && direction !== "desc") {
      throw wrong(`There is no direction ${direction}.`, "asc and desc are known.");
    }
    const { kind } = findField(fields, name);
    return { name, order: kind.order, sign: direction === "asc" ? 1 : -1 };
  });
  return {
    keysOf: (row) => terms.map(({ name, order }) => keyOf(order, row[name])),
    compare(left, right) {
      for (const [index, { sign }] of terms.entries()) {
        const [x, y] = [left[index], right[index]];
        if (x === undefined && y === undefined) continue;
        if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
        const order = compareKeys(x, y);
        if (order !== 0) return order * sign;
      }
      return 0;
    },
  };
}

/**
 * An order of rows from `field:desc,other`; ascending where nothing is said. Amounts, counts, ids and phone numbers
 * go by their exact value, times by the moment, no before yes, text as in an English dictionary with `route 9` before
 * `route 10` on every computer. Rows without a value come last either way; equal rows stay in the order they had.
 * @throws validation for an unknown field or direction
 */
export function parseSort(fields: readonly Field[], text: string): (a: Row, b: Row) => number {
  const { keysOf, compare } = orderOf(fields, text);
  const known = new Map<Row, ReturnType<typeof keysOf>>();
  const keysKnown = (row: Row) => {
    const found = known.get(row) ?? keysOf(row);
    known.set(row, found);
    return found;
  };
  return (a, b) => compare(keysKnown(a), keysKnown(b));
}

/** The fields of `a,b`, in that order. @throws validation for an unknown one */
export function pickFields(fields: readonly Field[], text: string): readonly Field[] {
  return [...new Set(splitNames(text))].map((name) => findField(fields, name));
}

/** What is wrong with names of fields, a condition, an order or an assignment, as far as that can be told without rows. */
export function problemsOfQuery({ name }: Kind, text: string, fields: readonly Field[]): string[] {
  switch (name) {
    case "fields":
      return text === "help"
        ? []
        : splitNames(text).flatMap((one) => problemOf(() => findField(fields, one)));
    case "order":
      return splitNames(text).flatMap((term) => problemOf(() => parseSort(fields, term)));
    case "assignment": {
      const assigned = readAssignment(fields, text);
      return "problem" in assigned ? [assigned.problem] : [];
    }
    case "condition":
      return problemOf(() => parseWhere(fields, text));
    default:
      return [];
  }
}

/** A failure as one clause. */
function problemOf(step: () => unknown): string[] {
  try {
    step();
    return [];
  } catch (thrown) {
    if (!(thrown instanceof SipnavError)) throw thrown;
    const clauses = [thrown.message, thrown.facts.hint ?? ""].filter((part) => part !== "");
    return [
      clauses.map((part) => part.charAt(0).toLowerCase() + part.slice(1).replace(/\.$/, "")).join("; "),
    ];
  }
}

function splitNames(text: string): string[] {
  return text.split(",").map((name) => name.trim());
}

/** The field of a name. One that only the platform knows is written `+name`: it is taken as text, as it comes. */
function findField(fields: readonly Field[], name: string): Field {
  const field = fields.find((known) => known.name === name);
  if (field) return field;
  const [, own] = /^\+(.+)$/s.exec(name) ?? [];
  if (own !== undefined) return findField([...fields, { name: own, label: own, kind: text }], own);
  const byLabel = fields.find(({ label }) => label.toLowerCase() === name.toLowerCase());
  const names = fields.map((known) => known.name);
  throw wrong(
    `There is no field ${name === "" ? "without a name" : name}.`,
    suggestion(name, names, byLabel?.name),
  );
}

function suggestion(word: string, known: readonly string[], meant = nearest(word, known)): string {
  return meant === undefined ? `Known are ${known.join(", ")}.` : `Did you mean ${meant}?`;
}

const wrong = (message: string, hint?: string) =>
  new SipnavError("validation", message, hint === undefined ? {} : { hint });
