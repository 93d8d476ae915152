import type { Zone } from "../../core/time.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Field, Noun } from "../../domain/noun.ts";
import type { WireFields } from "../objects.ts";

/** Tells objects apart where no id is known; undefined when a part of the natural key is not given. */
export type KeyOf = (fields: WireFields) => string | undefined;

/**
 * The natural key of a noun as one text: each of its fields in the one form of our JSON, whatever the platform's
 * spelling. What is not sent counts as what the platform makes of it.
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
  const text = textOf(kind.fromWire(fields[name], zone));
  return text === "" && fallback !== undefined ? textOf(fallback) : text;
}

/** A natural key as a person reads it. */
export const shownKey = (key: string): string => key.split("\0").filter(Boolean).join(", ");
