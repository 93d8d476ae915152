import { SipnavError } from "../core/errors.ts";
import { isRecord } from "../core/record.ts";

/** One answer to a list call, whatever its shape. */
export interface List {
  rows: Record<string, unknown>[];
  /** How many rows there are in all, when the platform says so. */
  total: number | undefined;
  lastPage: number | undefined;
  /** What asks for the next page, of lists that page by token. */
  nextToken: string | undefined;
}

/**
 * Reads the shapes that the platform answers a list call with: a bare array, `[]` where an object was due,
 * a paginator `{data: […], total…}`. Throws `protocol` with a word on what came instead.
 */
export function readList(data: unknown): List {
  const page = isRecord(data) ? data : {};
  const rows = Array.isArray(data) ? data : page.data;
  if (!Array.isArray(rows))
    throw strange(isRecord(data) && "data" in data ? `a page of ${nameOf(rows)}` : nameOf(data));
  const odd = rows.find((row) => !isRecord(row));
  if (odd !== undefined) throw strange(`a list of ${nameOf(odd)}`);
  const token = page.next_page_token;
  return {
    rows,
    total: readCount(page.total),
    lastPage: readCount(page.last_page),
    nextToken: typeof token === "string" && token !== "" ? token : undefined,
  };
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) ? (count as number) : undefined;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (!isRecord(value)) return `a ${typeof value}`;
  const names = Object.keys(value).slice(0, 5);
  return names.length === 0 ? "an empty object" : `an object with ${names.join(", ")}`;
}

function strange(what: string): SipnavError {
  return new SipnavError("protocol", `The platform was asked for a list and answered with ${what}.`, {
    hint: "The platform may have changed; look at its answer with: sipnav api",
  });
}
