import { utc } from "../core/time.ts";
import { type FieldErrors, invalid, type Refusal } from "./refusal.ts";

/** Laravel's sentence about a bad value, with `:attribute` for the field; undefined when the value is good. */
export type Rule = (value: unknown) => string | undefined;

/** Field (dots when nested) to the rules its value has to keep. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;

/** The value may not be absent, null, blank or an empty list. */
export const required: Rule = (value) => (isEmpty(value) ? "The :attribute field is required." : undefined);

/** A text, not a number and not a list. */
export const text: Rule = (value) =>
  typeof value === "string" ? undefined : "The :attribute field must be a string.";

/** A text of at most so many characters. */
export function textMax(charactersMax: number): Rule {
  return (value) =>
    text(value) ??
    (String(value).length > charactersMax
      ? `The :attribute field must not be greater than ${charactersMax} characters.`
      : undefined);
}

/** 0 or 1, as digit or text; the words true and false are refused, JSON's literals are not. */
export const bit: Rule = (value) =>
  [0, 1, "0", "1", true, false].includes(value as number)
    ? undefined
    : "The :attribute field must be true or false.";

/** A whole number within bounds, as number or text. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): Rule {
  return (value) => {
    if (!/^-?\d{1,15}$/.test(String(value))) return "The :attribute field must be an integer.";
    if (Number(value) < min) return `The :attribute field must be at least ${min}.`;
    return Number(value) > max ? `The :attribute field must not be greater than ${max}.` : undefined;
  };
}

/** An amount, as number or text. */
export const money: Rule = (value) =>
  /^-?\d{1,12}(\.\d{1,10})?$/.test(String(value)) ? undefined : "The :attribute field must be a number.";

/** A mail address, roughly. */
export const email: Rule = (value) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value))
    ? undefined
    : "The :attribute field must be a valid email address.";

/** A text of so many digits. */
export function digits(min: number, max: number): Rule {
  return (value) =>
    typeof value === "string" && /^\d*$/.test(value) && value.length >= min && value.length <= max
      ? undefined
      : `The :attribute field must be between ${min} and ${max} digits.`;
}

/** One of the values, compared as text. */
export function oneOf(values: readonly (string | number)[]): Rule {
  return (value) =>
    values.some((candidate) => String(candidate) === String(value))
      ? undefined
      : "The selected :attribute is invalid.";
}

/** Something that the test knows, such as the id of a stored row. */
export function existing(isKnown: (value: string) => boolean): Rule {
  return (value) => (isKnown(String(value)) ? undefined : "The selected :attribute is invalid.");
}

/** `YYYY-MM-DD HH:MM:SS`, and a day that exists. */
export const wireTime: Rule = (value) =>
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(value)) && moment(value) !== undefined
    ? undefined
    : "The :attribute field must match the format Y-m-d H:i:s.";

/** Any date that the platform reads: zone-less, date only, or ISO 8601. */
export const date: Rule = (value) =>
  moment(value) === undefined ? "The :attribute field must be a valid date." : undefined;

/** A list. */
export const list: Rule = (value) =>
  Array.isArray(value) ? undefined : "The :attribute field must be an array.";

/** Epoch milliseconds of a date in any accepted form; undefined when it is none. A 31 February is none. */
export function moment(value: unknown): number | undefined {
  const wire = String(value);
  const iso = utc.toIso(wire);
  if (iso === undefined) return undefined;
  const day = wire.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? Date.parse(iso) : undefined;
}

/** Checks values against rules; empty values only fail `required`. Throws the refusal with every reason. */
export function validate(
  values: Readonly<Record<string, unknown>>,
  rules: Rules,
  refuse: (errors: FieldErrors) => Refusal = invalid,
): void {
  const errors: FieldErrors = {};
  for (const [field, fieldRules] of Object.entries(rules)) {
    const value = valueAt(values, field);
    const applied = isEmpty(value) ? fieldRules.filter((rule) => rule === required) : fieldRules;
    const reasons = applied.flatMap((rule) => rule(value) ?? []);
    const attribute = field.includes(".") ? field : field.replaceAll("_", " ");
    if (reasons.length > 0) errors[field] = reasons.map((reason) => reason.replace(":attribute", attribute));
  }
  if (Object.keys(errors).length > 0) throw refuse(errors);
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function valueAt(values: unknown, field: string): unknown {
  let value = values;
  for (const part of field.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[part];
  return value;
}
