import type { IncomingHttpHeaders } from "node:http";
import type { OperationId } from "../contract/operations.ts";

const shownHeaders = [
  "content-type",
  "content-length",
  "content-encoding",
  "date",
  "retry-after",
  "x-request-id",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
] as const;

/** The headers of an answer that are kept; nothing else of them is shown anywhere. */
export type ShownHeaders = Readonly<Partial<Record<(typeof shownHeaders)[number], string>>>;

/**
 * One try on the wire, built from what may be shown and nothing else: no request header, no body, no
 * secret of the path.
 */
export interface WireEntry {
  /** When it was sent, in milliseconds since 1970. */
  timeMs: number;
  requestId: string;
  operation: OperationId | undefined;
  method: string;
  /** Origin, masked path, and query with the contract's names only. */
  url: string;
  attempt: number;
  durationMs: number;
  /** The platform's status, or the code of what broke. */
  outcome: number | string;
  /** Of the answer's body, decompressed. */
  bytes: number;
  headers: ShownHeaders;
}

/** The part of an answer's headers that may be shown. */
export function pickHeaders(headers: IncomingHttpHeaders): ShownHeaders {
  const picked: Partial<Record<string, string>> = {};
  for (const name of shownHeaders) {
    const value = headers[name];
    if (typeof value === "string") picked[name] = value;
  }
  return picked;
}
