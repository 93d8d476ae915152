import type { ErrorDetail } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { isRecord } from "../core/record.ts";

const depthMax = 8;
/** Tokens, which a platform or a proxy in debug mode may repeat. */
const tokens = /\bBearer\s+\S+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** Why the platform refused: one sentence, and the fields it names. */
export interface Reasons {
  /** The first reason or the platform's message; undefined when it gave none. */
  text: string | undefined;
  details: ErrorDetail[];
}

/**
 * The reasons in a refused answer's body: looked for in `errors`, then `data`, then `message`,
 * for some of the platform's helpers put field errors into `data`. Nothing else of the body is
 * shown: in debug mode it holds stack traces.
 */
export function readReasons(body: unknown): Reasons {
  if (typeof body === "string") return { text: clip(body), details: [] };
  const { errors, data, message } = isRecord(body) ? body : {};
  const inErrors = readDetails(errors);
  const details = inErrors.length > 0 ? inErrors : readDetails(data);
  const text = details[0] === undefined ? message : details[0].message;
  return { text: typeof text === "string" && text.trim() !== "" ? plain(clip(text)) : undefined, details };
}

/** Laravel's sentence on an id that nothing has names a class of the platform's program: that helps nobody. */
const plain = (text: string): string =>
  text.replace(/^No query results for model \[[^\]]*\] ([^ ]+?)\.?$/, "nothing has the id $1");

/**
 * Field errors as Laravel sends them, `{field: [text…]}`, nested fields with dot keys; also a text or a
 * list of texts. Empty when the value holds anything else, for then it's data and not reasons.
 */
export function readDetails(value: unknown): ErrorDetail[] {
  const details: ErrorDetail[] = [];
  return collect(value, "", 0, details) ? details : [];
}

function collect(value: unknown, field: string, depth: number, details: ErrorDetail[]): boolean {
  if (typeof value === "string") {
    if (value.trim() !== "") details.push({ ...(field === "" ? {} : { field }), message: clip(value) });
    return true;
  }
  if (typeof value !== "object" || value === null || depth > depthMax) return false;
  return Object.entries(value).every(([key, entry]) => {
    const isReason = Array.isArray(value) && typeof entry === "string";
    const name = isReason ? field : field === "" ? key : `${field}.${key}`;
    return collect(entry, name, depth + 1, details);
  });
}

function clip(text: string): string {
  const line = (text.trim().split(/[\r\n]/, 1)[0] ?? "").replace(tokens, "***");
  return line.length > limits.reasonCharsMax ? `${line.slice(0, limits.reasonCharsMax)}…` : line;
}
