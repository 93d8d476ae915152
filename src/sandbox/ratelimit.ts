import { SipnavError } from "../core/errors.ts";
import { Refusal } from "./refusal.ts";

/** Counts a caller's request; answers the headers to send, or throws the 429. */
export type RateLimit = (caller: string, nowMs: number) => Readonly<Record<string, string>>;

interface Window {
  used: number;
  /** The second in which it ends, epoch. */
  resetS: number;
}

const windowS = 60;

/**
 * Laravel's `throttle` middleware: so many requests in a fixed window that begins with a caller's first one; a
 * refused request does not count.
 * @param spec such as `600/min`; undefined for no limit
 * @throws usage for another spec
 */
export function createRateLimit(spec: string | undefined): RateLimit {
  if (spec === undefined) return () => ({});
  const max = Number(/^([1-9]\d{0,6})\/min$/.exec(spec)?.[1]);
  if (Number.isNaN(max)) {
    throw new SipnavError("usage", `Can't use the rate limit "${spec}".`, { hint: "Write it as 600/min." });
  }
  const windows = new Map<string, Window>();
  return (caller, nowMs) => {
    const nowS = Math.floor(nowMs / 1000);
    let window = windows.get(caller);
    if (window === undefined || window.resetS <= nowS) {
      window = { used: 0, resetS: nowS + windowS };
      windows.set(caller, window);
    }
    const headers = (remaining: number) => ({
      "X-RateLimit-Limit": String(max),
      "X-RateLimit-Remaining": String(remaining),
    });
    if (window.used >= max) {
      const reset = {
        "Retry-After": String(window.resetS - nowS),
        "X-RateLimit-Reset": String(window.resetS),
      };
      throw new Refusal(429, { message: "Too Many Attempts." }, { headers: { ...headers(0), ...reset } });
    }
    window.used++;
    return headers(max - window.used);
  };
}
