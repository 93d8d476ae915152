import { nearest, numberText } from "../core/text.ts";
import { utc, type Zone } from "../core/time.ts";

/** What a value may be in a JSON document. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A parsed value, or why the text cannot be one. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** What values are compared as: `digits` are equal as text, and smaller or larger as numbers. */
export type Order = "text" | "digits" | "decimal" | "moment" | "flag";

/**
 * What a parameter or a field is: how a person's text becomes a value, how the platform's many spellings become
 * one, and how it stands in a table.
 */
export interface Kind<T = unknown> {
  readonly name: string;
  /** What to type, in two or three words. */
  readonly hint: string;
  readonly align: "left" | "right";
  readonly order: Order;
  /** The closed list of words, where there is one. */
  readonly choices?: readonly string[];
  /** Never shown, logged or kept in a history. */
  readonly secret?: boolean;
  /** A word without a value, as `--all`. */
  readonly switch?: boolean;
  parse(text: string): Parsed<T>;
  /** A value of the wire in the one form of our JSON; a value of no known form is kept as it came. */
  fromWire(value: unknown, zone: Zone): Json;
  /** A parsed value as the platform takes it. */
  toWire(value: T, zone: Zone): Json;
}

const asJson = (value: unknown): Json => (value === undefined ? null : (value as Json));
const asText = (value: unknown): Json => (typeof value === "number" ? numberText(value) : asJson(value));

/** A value as exact text on any number of lines; what is missing is no text at all. */
export function textOf(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Any text. */
export const text: Kind<string> = {
  name: "text",
  hint: "text",
  align: "left",
  order: "text",
  parse: (input) => ({ value: input }),
  fromWire: asText,
  toWire: (value) => value,
};

/** A profile's name. */
export const profileName: Kind<string> = {
  ...text,
  name: "profile",
  hint: "name",
  parse: (input) =>
    /^[A-Za-z0-9][\w-]{0,63}$/.test(input)
      ? { value: input }
      : { problem: "a profile's name is letters, digits, - and _, and begins with a letter or digit" },
};

/** Names of fields, `a,b`: `domain/query` says which of a command's there are. */
export const fieldNames: Kind<string> = { ...text, name: "fields", hint: "fields" };

/** A condition on fields, `field op value`. */
export const condition: Kind<string> = { ...text, name: "condition", hint: "condition" };

/** A field with its new value, `field=value`. */
export const assignment: Kind<string> = { ...text, name: "assignment", hint: "field=value" };

/** An order by fields, `field:desc,other`. */
export const sorting: Kind<string> = { ...text, name: "order", hint: "order" };

/** An object's id: digits, kept as a string. */
export const id: Kind<string> = {
  ...text,
  name: "id",
  hint: "id",
  align: "right",
  order: "digits",
  parse: (input) => (/^\d{1,20}$/.test(input) ? { value: input } : { problem: "an id is digits only" }),
};

/** A phone number or part of one: digits, kept as a string. */
export const phone: Kind<string> = {
  ...text,
  name: "phone",
  hint: "number",
  order: "digits",
  parse: (input) => {
    const digits = input.replace(/^\+|[\s().-]/g, "");
    return /^\d{1,16}$/.test(digits) ? { value: digits } : { problem: "a phone number is up to 16 digits" };
  },
};

/** An amount of money: exact decimals in a string, as written. */
export const money: Kind<string> = {
  ...text,
  name: "money",
  hint: "amount",
  align: "right",
  order: "decimal",
  parse: (input) =>
    /^-?\d+(\.\d+)?$/.test(input)
      ? { value: input }
      : { problem: "an amount is digits with a decimal point" },
  // A number has lost the zeros at its end: amounts are written with two decimals at least.
  fromWire: (value) =>
    typeof value === "number" ? numberText(value).replace(/^-?\d+(\.\d)?$/, padCents) : asJson(value),
};

const padCents = (amount: string, decimal?: string) => amount + (decimal === undefined ? ".00" : "0");

/** A whole number within bounds. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER): Kind<number> {
  return {
    name: "integer",
    hint: "number",
    align: "right",
    order: "decimal",
    parse: (input) => {
      const value = Number(input);
      const fits = /^-?\d+$/.test(input) && value >= min && value <= max;
      const bounds = max === Number.MAX_SAFE_INTEGER ? `from ${min} up` : `from ${min} to ${max}`;
      return fits ? { value } : { problem: `a whole number ${bounds} is expected` };
    },
    fromWire: (value) =>
      typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : asJson(value),
    toWire: (value) => value,
  };
}

/** Yes or no. The wire says 0/1, "0"/"1", true/false, and 2 for yes. */
export const flag: Kind<boolean> = {
  name: "flag",
  hint: "yes|no",
  align: "left",
  order: "flag",
  choices: ["yes", "no"],
  parse: (input) => {
    if (/^(yes|y|true|on|1)$/i.test(input)) return { value: true };
    if (/^(no|n|false|off|0)$/i.test(input)) return { value: false };
    return { problem: "yes or no is expected" };
  },
  fromWire: (value) => {
    if (value === true || value === 1 || value === 2 || value === "1" || value === "2") return true;
    return value === false || value === 0 || value === "0" ? false : asJson(value);
  },
  // Laravel's boolean rule refuses the words.
  toWire: (value) => (value ? 1 : 0),
};

/** A word that is given or not, such as `--all`. */
export const present: Kind<boolean> = { ...flag, name: "switch", switch: true };

/** A moment; the wire has no zone, ours has. What a person says without an offset is meant in the profile's zone. */
export const time: Kind<string> = {
  name: "time",
  hint: "date or time",
  align: "left",
  order: "moment",
  parse: (input) =>
    utc.toIso(input) === undefined
      ? { problem: "a date (2026-01-31) or a time (2026-01-31T13:00Z) is expected" }
      : { value: input },
  fromWire: (value, zone) => (typeof value === "string" ? (zone.toIso(value) ?? value) : asJson(value)),
  toWire: (value, zone) => {
    const iso = zone.toIso(value);
    return iso === undefined ? value : zone.toWire(Date.parse(iso));
  },
};

/** One of a closed list of words. */
export function choice<const W extends string>(...words: readonly W[]): Kind<W> {
  return {
    ...text,
    name: "choice",
    hint: words.join("|"),
    choices: words,
    parse: (input) => {
      const value = words.find((word) => word === input);
      if (value !== undefined) return { value };
      const near = nearest(input, words);
      const meant = near === undefined ? "" : ` (did you mean ${near}?)`;
      return { problem: `one of ${words.join(", ")} is expected${meant}` };
    },
  };
}

/** A text that is never shown. */
export const secret: Kind<string> = { ...text, name: "secret", hint: "hidden", secret: true };

/** A path of a file or folder. */
export const file: Kind<string> = {
  ...text,
  name: "file",
  hint: "file",
  parse: (input) => (input === "" ? { problem: "a file is expected" } : { value: input }),
};
