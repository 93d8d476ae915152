import { limits } from "../core/limits.ts";
import { kindOfCode, ownCodes } from "./breakdowns.ts";

// Some 30 years: what is asked for beyond it would not even fit into a date.
const farAwayMs = 1e12;
const retriedStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** Why a try failed: the platform's status, or the code of a connection that broke. */
export type Failure = { status: number } | { code: string };

/** Everything the decision depends on. */
export interface RetryFacts {
  /** Tries made so far, the failed one included. */
  attempt: number;
  attemptsMax: number;
  method: string;
  /** Whether the call does no harm when it's done twice. */
  repeatable: boolean;
  failure: Failure;
  /** What the answer's `Retry-After` asks for; see `readRetryAfter`. */
  retryAfterMs: number | undefined;
  /** The longest `Retry-After` that is waited for. */
  waitMsMax: number;
  /** A number from 0 up to but not including 1. */
  random: number;
}

/** Send again after `waitMs`, or fail: because of the failure, the call, the tries made, or the wait asked for. */
export type RetryDecision =
  | { retry: true; waitMs: number }
  | { retry: false; reason: "final" | "unrepeatable" | "attempts" | "wait" };

/**
 * Whether a failed try is made again, and after how long; the one place that knows.
 *
 * A POST never is, not even on a 429, which says that nothing was done: the platform knows no idempotency
 * key, so who sends a write a second time must first write down that it does, and that is the caller.
 * The wait is drawn with full jitter from a span that doubles up to `backoffMsMax`, and is never shorter
 * than the platform asks for; a longer wait than `waitMsMax` is not begun.
 */
export function decideRetry(facts: RetryFacts): RetryDecision {
  const { attempt, failure, retryAfterMs = 0, waitMsMax } = facts;
  if (!isPassing(failure)) return { retry: false, reason: "final" };
  if (!facts.repeatable || facts.method === "POST") return { retry: false, reason: "unrepeatable" };
  if (retryAfterMs > waitMsMax) return { retry: false, reason: "wait" };
  if (attempt >= facts.attemptsMax) return { retry: false, reason: "attempts" };
  const span = Math.min(limits.backoffMsMax, limits.backoffMsBase * 2 ** (attempt - 1), waitMsMax);
  return { retry: true, waitMs: Math.max(retryAfterMs, Math.floor(facts.random * span)) };
}

/** Whether the same call may come through later. */
export function isPassing(failure: Failure): boolean {
  if ("status" in failure) return retriedStatuses.has(failure.status);
  const kind = kindOfCode(failure.code);
  // A proxy that wants another password would lock the user out in the end.
  if (failure.code === ownCodes.proxyLogin || failure.code === ownCodes.proxyForbids) return false;
  // A name that does not exist stays so; a name server that does not answer may.
  return kind === "network" || kind === "timeout" || failure.code === "EAI_AGAIN";
}

/**
 * Milliseconds that a `Retry-After` header asks for (RFC 9110, section 10.2.3: seconds or an HTTP date),
 * 0 for a date gone by, undefined when it's absent or neither.
 */
export function readRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, farAwayMs);
  // Only a date with a month's name: Date.parse would read "-1" or "1.5" as dates.
  const dateMs = /[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
