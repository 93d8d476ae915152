import type { Clock } from "../../core/clock.ts";
import type { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";

/** How long a run bears with a platform that does not take its writes. */
export interface Patience {
  /** A write came through. */
  renew(): void;
  /** Waits as long as the failure asks for; false, at once, when that would be longer than allowed. */
  wait(failure: SipnavError): Promise<boolean>;
}

/** @param waitMsMax for the whole of one outage, or for one wait that a rate limit asks for */
export function createPatience(
  clock: Clock,
  signal: AbortSignal,
  { outageMsMax, rateWaitMsMax }: { outageMsMax: number; rateWaitMsMax: number },
): Patience {
  let downSinceMs: number | undefined;
  return {
    renew() {
      downSinceMs = undefined;
    },
    async wait({ kind, facts }) {
      const askedMs = (facts.retryAfterS ?? 0) * 1_000;
      const waitMs = Math.max(askedMs, limits.outagePauseMs);
      if (kind === "rate_limited" && askedMs > rateWaitMsMax) return false;
      const nowMs = clock.nowMs();
      downSinceMs ??= nowMs;
      if (nowMs + waitMs - downSinceMs > Math.max(outageMsMax, waitMs)) return false;
      await clock.sleep(waitMs, signal);
      return true;
    },
  };
}
