import { SipnavError } from "../core/errors.ts";

/** How time is billed: the first seconds as a whole, then in steps; both whole numbers, incSec ≥ 1. */
export interface Increment {
  minSec: number;
  incSec: number;
}

/** Reads `30/6`: first seconds, then steps. Throws `validation` on anything else or on a step of zero. */
export function parseIncrement(text: string): Increment {
  const [, min, inc] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
  if (min === undefined || Number(inc) < 1) {
    throw new SipnavError("validation", `"${text}" is no billing increment`, { hint: "write it as 30/6" });
  }
  return { minSec: Number(min), incSec: Number(inc) };
}

/** Seconds to bill: none for a call of 0 s, else the first seconds, then whole steps. */
export function billedSeconds(durationSec: number, { minSec, incSec }: Increment): number {
  if (durationSec <= 0) return 0;
  return minSec + Math.max(0, Math.ceil((durationSec - minSec) / incSec)) * incSec;
}

/** Decimals of a cost. */
const decimals = 4;

/**
 * One call's cost at a rate a minute, rate × billedSec / 60: exact, rounded up once to four decimals.
 * @throws validation for a rate that is no amount, a negative one included: −1 in a deck means blocked and is no price
 */
export function callCost(rate: string, billedSec: number): string {
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(rate)) {
    throw new SipnavError("validation", `"${rate}" is no amount`, {
      hint: "amounts are plain decimals, such as 0.0123",
    });
  }
  const [whole = "", fraction = ""] = rate.split(".");
  const dividend = BigInt(whole + fraction) * BigInt(billedSec) * 10n ** BigInt(decimals);
  const divisor = 60n * 10n ** BigInt(fraction.length);
  const digits = ((dividend + divisor - 1n) / divisor).toString().padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
