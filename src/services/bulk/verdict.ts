import type { ErrorKind, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";

/**
 * What a failed write means for its row: `failed`, the platform refused it; `unknown`, it may have been done; `wait`,
 * it was not done and may be sent again as it is; `stop`, it was not done, and no other row would fare better.
 */
export type Verdict = "failed" | "unknown" | "wait" | "stop";

const refusals: ReadonlySet<ErrorKind> = new Set([
  "rejected",
  "validation",
  "forbidden",
  "not_found",
  "conflict",
  "stale",
]);
const unanswered: ReadonlySet<ErrorKind> = new Set(["server", "protocol"]);
const passing: ReadonlySet<ErrorKind> = new Set([
  "rate_limited",
  "breaker_open",
  "network",
  "timeout",
  "dns",
]);

/** Whether a failure is one of the row's own: neither a limit, an open breaker nor Ctrl-C says anything about it. */
export const countsAsTry = (kind: ErrorKind): boolean =>
  kind !== "rate_limited" && kind !== "breaker_open" && kind !== "interrupted";

/**
 * The verdict on a write; the one place that knows.
 * @param tries of the row that the platform left without an answer, this one included
 */
export function judge({ kind, facts }: SipnavError, tries: number): Verdict {
  if (facts.outcomeUnknown) return "unknown";
  if (refusals.has(kind)) return "failed";
  if (unanswered.has(kind) || tries >= limits.rowTriesMax) return "unknown";
  return passing.has(kind) && facts.retryable ? "wait" : "stop";
}
