import type { IncomingHttpHeaders } from "node:http";
import { limits } from "../../core/limits.ts";
import { readRetryAfter } from "../retry.ts";

/** What one answer says of the rate limit. Times in epoch milliseconds of this computer. */
export interface Facts {
  /** Requests a window; a 429 may keep it to itself. */
  limit?: number;
  /** Requests that were left in the window after this one. */
  left: number;
  isRefusal: boolean;
  /** How long the window lasts at the most, counted from `receivedMs`. */
  restMs?: number;
  sentMs: number;
  receivedMs: number;
}

/** Later than any count of seconds, earlier than any time of day. */
const epochSFrom = 1e9;

/**
 * Reads Laravel's `X-RateLimit-Limit` and `X-RateLimit-Remaining`, and of a 429 `Retry-After` too; undefined when
 * the answer says nothing. `X-RateLimit-Reset`, seconds or an epoch, is dated by the answer's own `Date`, since the
 * platform's clock is not this computer's.
 */
export function readFacts(
  { status, headers }: { status: number; headers: IncomingHttpHeaders },
  sentMs: number,
  receivedMs: number,
): Facts | undefined {
  const isRefusal = status === 429;
  const limit = readCount(headers["x-ratelimit-limit"]);
  const left = isRefusal ? 0 : readCount(headers["x-ratelimit-remaining"]);
  if (left === undefined || (limit === undefined && !isRefusal)) return undefined;
  const retryAfterMs = isRefusal ? readRetryAfter(headers["retry-after"], receivedMs) : undefined;
  const restMs = retryAfterMs ?? readReset(headers, receivedMs);
  return {
    ...(limit !== undefined && limit > 0 && { limit }),
    left,
    isRefusal,
    ...(restMs !== undefined && { restMs: Math.min(Math.max(0, restMs), limits.rateWaitMsMax) }),
    sentMs,
    receivedMs,
  };
}

function readReset(headers: IncomingHttpHeaders, receivedMs: number): number | undefined {
  const reset = readCount(headers["x-ratelimit-reset"]);
  if (reset === undefined || reset < epochSFrom) return reset === undefined ? undefined : reset * 1000;
  const serverMs = Date.parse(headers.date ?? "");
  return reset * 1000 - (Number.isNaN(serverMs) ? receivedMs : serverMs);
}

function readCount(value: string | string[] | undefined): number | undefined {
  return typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
