import type { Zone } from "../../core/time.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Field, Noun } from "../../domain/noun.ts";
import type { WireFields } from "../objects.ts";

/** Tells objects apart where no id is known; undefined when a part of the natural key is not given. */
export type KeyOf = (fields: WireFields) => string | undefined;

/**
 * The natural key of a noun as one text: each of its fields in the one form of our JSON, whatever the platform's
 * spelling, and whatever its spaces. What is not sent counts as what the platform makes of it.
 */
export function keyReader(noun: Noun, zone: Zone): KeyOf {
  const parts = noun.naturalKey.flatMap((name) => noun.fields.find((field) => field.name === name) ?? []);
  return (fields) => {
    let key = "";
    for (const part of parts) {
      const text = partText(part, fields, zone);
      if (text === "" && part.required) return undefined;
      key += `${text}\0`;
    }
    return key;
  };
}

function partText({ name, kind, fallback }: Field, fields: WireFields, zone: Zone): string {
  const text = plainSpaces(textOf(kind.fromWire(fields[name], zone)));
  return text === "" && fallback !== undefined ? textOf(fallback) : text;
}

const space = /[\s\u200b\u2060]/;
const runs = new RegExp(`${space.source}+`, "g");
const isPlain = (text: string) => /^[!-~]*(?: [!-~]+)*$/.test(text);

/** Without the space around it: hard, narrow and invisible ones too, which come with what is copied. */
export function trimSpaces(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text, start)) start += 1;
  while (end > start && isSpace(text, end - 1)) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || ((code < 32 || code > 126) && space.test(text.charAt(index)));
}

/** One text for all that look the same: two of a name that differ in spaces alone are nobody's wish. */
const plainSpaces = (text: string): string =>
  isPlain(text) ? text : trimSpaces(text).replace(runs, " ").normalize("NFC");

/** A natural key as a person reads it. */
export const shownKey = (key: string): string => key.split("\0").filter(Boolean).join(", ");
