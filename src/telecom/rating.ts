import { SipnavError } from "../core/errors.ts";

/** How time is billed: the first seconds as a whole, then in steps; both whole numbers, incSec ≥ 1. */
export interface Increment {
  minSec: number;
  incSec: number;
}

/** How vendors count steps after the minimum; they agree whenever minSec is a multiple of incSec. */
export type BillingFamily = "A" | "B" | "C";

export interface Rounding {
  mode: "up" | "down" | "half-up" | "half-down";
  decimals: number;
}

/** What a call is charged at; amounts are decimal strings, the rate is per minute. */
export interface Charge {
  rate: string;
  /** May have a fraction where the duration is billed as it is. */
  billedSec: number;
  connectFee?: string;
  rounding?: Rounding;
}

const roundUpAtFour: Rounding = { mode: "up", decimals: 4 };

/** Reads `30/6`: first seconds, then steps. Throws `validation` on anything else or on a step of zero. */
export function parseIncrement(text: string): Increment {
  const [, min, inc] = /^(\d{1,5})\/(\d{1,5})$/.exec(text.trim()) ?? [];
  if (min === undefined || Number(inc) < 1) {
    throw new SipnavError("validation", `"${text}" is no billing increment`, { hint: "write it as 30/6" });
  }
  return { minSec: Number(min), incSec: Number(inc) };
}

/** Whether the families differ for this increment, so that the deck's vendor must be asked. */
export function isOddIncrement(increment: Increment): boolean {
  return increment.minSec % increment.incSec !== 0;
}

/**
 * Seconds to bill. No call is billed for 0 s, and none of up to minSec less than minSec; beyond:
 * A: min + ⌈(d − min)/inc⌉·inc. B: ⌈d/inc⌉·inc. C: ⌈max(d, min)/inc⌉·inc, up to minSec too.
 */
export function billedSeconds(
  durationSec: number,
  increment: Increment,
  family: BillingFamily = "A",
): number {
  const { minSec, incSec } = increment;
  const inSteps = (seconds: number) => Math.ceil(seconds / incSec) * incSec;
  if (durationSec <= 0) return 0;
  if (family === "C") return inSteps(Math.max(durationSec, minSec));
  if (durationSec <= minSec) return minSec;
  return family === "B" ? inSteps(durationSec) : minSec + inSteps(durationSec - minSec);
}

/** A decimal as an integer and its number of decimals. */
interface Scaled {
  units: bigint;
  scale: number;
}

function scaledOf(text: string): Scaled {
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(text)) {
    throw new SipnavError("validation", `"${text}" is no amount`, {
      hint: "amounts are plain decimals, such as 0.0123",
    });
  }
  const point = text.indexOf(".");
  return point < 0
    ? { units: BigInt(text), scale: 0 }
    : { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

const nothing: Scaled = { units: 0n, scale: 0 };

function roundQuotient(dividend: bigint, divisor: bigint, mode: Rounding["mode"]): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const up =
    mode === "up"
      ? rest > 0n
      : mode === "half-up"
        ? 2n * rest >= divisor
        : mode === "half-down" && 2n * rest > divisor;
  return up ? quotient + 1n : quotient;
}

/**
 * One call's cost, connectFee + rate × billedSec / 60, rounded once (default up at 4) and exact before.
 * The answer always has the rounding's number of decimals. Throws `validation` on a text that is no
 * amount, and on a negative one: −1 in a deck means blocked and is never a price.
 */
export function callCost(charge: Charge): string {
  const { mode, decimals } = charge.rounding ?? roundUpAtFour;
  const rate = scaledOf(charge.rate);
  const seconds = scaledOf(String(charge.billedSec));
  const fee = charge.connectFee === undefined ? nothing : scaledOf(charge.connectFee);
  const scale = rate.scale + seconds.scale + fee.scale;
  const sixtyfold =
    rate.units * seconds.units * 10n ** BigInt(fee.scale) +
    60n * fee.units * 10n ** BigInt(rate.scale + seconds.scale);
  const cost = roundQuotient(sixtyfold * 10n ** BigInt(decimals), 60n * 10n ** BigInt(scale), mode);
  if (decimals === 0) return cost.toString();
  const digits = cost.toString().padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
