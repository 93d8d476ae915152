import type { Route } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import { encode } from "./templates.ts";

/** What a query is made of; only an undefined value is absent, 0 and "" are values. */
export type QueryValues = Readonly<Record<string, unknown>>;

/**
 * A call's query with what goes with every such call: the profile's platform id (CDR search calls it
 * `p_id`), and `external=1` where the route has it. What the caller gave stands.
 */
export function completeQuery(route: Route, given: QueryValues, platformId: string | undefined): QueryValues {
  const platform = route.query.find((name) => name === "platform_id" || name === "p_id");
  return {
    ...(route.session && platform !== undefined && { [platform]: platformId }),
    ...(route.query.includes("external") && { external: 1 }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/**
 * A query string with its "?", or "". Booleans go as 1 and 0, for Laravel's boolean rule refuses the words;
 * lists as `name[]=a&name[]=b`, for PHP keeps only the last of a repeated plain name.
 * Throws `validation` on a value that is no text, number, boolean or list of them.
 */
export function encodeQuery(values: QueryValues): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) {
      for (const entry of value) pairs.push(encodePair(nameOfPair(name, value), entry));
    } else if (value !== undefined) pairs.push(encodePair(name, value));
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** What a value is called in a query. */
export const nameOfPair = (name: string, value: unknown): string =>
  Array.isArray(value) && !name.endsWith("[]") ? `${name}[]` : name;

function encodePair(name: string, value: unknown): string {
  return `${encode(name, name)}=${encode(name, wireText(name, value))}`;
}

/** A value as the platform reads it from a query or a form; null is the empty text. */
export function wireText(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "bigint" || Number.isFinite(value)) return String(value);
  if (value === null) return "";
  throw new SipnavError("validation", `The value of ${name} can't be sent.`, {
    details: [{ field: name, message: "must be a text, a number or yes/no" }],
  });
}
