import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BillingFamily,
  billedSeconds,
  callCost,
  isOddIncrement,
  parseIncrement,
  type Rounding,
} from "../../src/telecom/rating.ts";

const families: BillingFamily[] = ["A", "B", "C"];
const modes: Rounding["mode"][] = ["up", "down", "half-up", "half-down"];

describe("billedSeconds", () => {
  it.each([
    ["30/6", 1, 30],
    ["30/6", 20, 30],
    ["30/6", 31, 36],
    ["30/6", 36, 36],
    ["30/6", 37, 42],
    ["30/6", 45, 48],
    ["60/6", 10, 60],
    ["60/6", 61, 66],
    ["60/6", 67, 72],
    ["6/6", 7, 12],
    ["1/1", 7, 7],
    ["60/60", 7, 60],
    ["60/30", 43, 60],
    ["6/6", 0, 0],
    ["6/6", 6.1, 12],
  ])("%s bills %d s as %d s in every family", (increment, durationSec, expected) => {
    for (const family of families)
      expect(billedSeconds(durationSec, parseIncrement(increment), family)).toBe(expected);
  });

  it.each([
    ["30/18", 31, { A: 48, B: 36, C: 36 }],
    ["60/45", 61, { A: 105, B: 90, C: 90 }],
    ["10/30", 5, { A: 10, B: 10, C: 30 }],
  ])("the families differ for %s at %d s", (text, durationSec, expected) => {
    const increment = parseIncrement(text);
    for (const family of families)
      expect(billedSeconds(durationSec, increment, family)).toBe(expected[family]);
    expect(billedSeconds(durationSec, increment)).toBe(expected.A);
    expect(isOddIncrement(increment)).toBe(true);
  });

  const increments = fc.record({
    minSec: fc.integer({ min: 0, max: 120 }),
    incSec: fc.integer({ min: 1, max: 60 }),
  });

  it("never bills less than the call or the minimum, and never falls as the call grows", () => {
    fc.assert(
      fc.property(
        increments,
        fc.integer({ min: 1, max: 7_200 }),
        fc.constantFrom(...families),
        (increment, sec, family) => {
          const billed = billedSeconds(sec, increment, family);
          expect(billed).toBeGreaterThanOrEqual(Math.max(sec, increment.minSec));
          expect(billed).toBeLessThan(Math.max(sec, increment.minSec) + increment.incSec);
          expect(billedSeconds(sec + 1, increment, family)).toBeGreaterThanOrEqual(billed);
        },
      ),
    );
  });

  it("is the same in all families when the minimum is a multiple of the step", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(7_200),
        (times, incSec, sec) => {
          const increment = { minSec: times * incSec, incSec };
          expect(isOddIncrement(increment)).toBe(false);
          const [a, b, c] = families.map((family) => billedSeconds(sec, increment, family));
          expect([b, c]).toEqual([a, a]);
        },
      ),
    );
  });
});

describe("parseIncrement", () => {
  it("reads first seconds and steps", () => {
    expect(parseIncrement(" 30/6 ")).toEqual({ minSec: 30, incSec: 6 });
  });

  it.each(["", "6", "6/0", "-6/6", "6/6/0", "1.5/1", "6 / 6"])("refuses %j", (text) => {
    expect(() => parseIncrement(text)).toThrow(expect.objectContaining({ kind: "validation" }));
  });
});

describe("callCost", () => {
  it.each([
    ["0.015", "6/6", 7, "0.0030"],
    ["0.015", "30/6", 7, "0.0075"],
    ["0.015", "60/6", 7, "0.0150"],
    ["0.05", "30/6", 45, "0.0400"],
    ["0.005", "60/60", 7, "0.0050"],
  ])("at %s a minute, %s, %d s cost %s", (rate, increment, durationSec, cost) => {
    expect(callCost({ rate, billedSec: billedSeconds(durationSec, parseIncrement(increment)) })).toBe(cost);
  });

  it("adds the connect fee", () => {
    const billedSec = billedSeconds(43, parseIncrement("60/30"));
    expect(callCost({ rate: "0.15", billedSec, connectFee: "0.10" })).toBe("0.2500");
  });

  it("rounds down when told so", () => {
    const billedSec = billedSeconds(7, parseIncrement("1/1"));
    expect(callCost({ rate: "0.006", billedSec, rounding: { mode: "down", decimals: 4 } })).toBe("0.0007");
  });

  it("rounds each call before the sum", () => {
    const cost = callCost({ rate: "0.005", billedSec: 9.1 });
    expect(cost).toBe("0.0008");
    expect(new Big(cost).times(100).toString()).toBe("0.08");
  });

  it.each([
    ["up", "0.1235"],
    ["down", "0.1234"],
    ["half-up", "0.1235"],
    ["half-down", "0.1234"],
  ] as const)("rounds 0.12345 %s to %s", (mode, expected) => {
    expect(callCost({ rate: "0.12345", billedSec: 60, rounding: { mode, decimals: 4 } })).toBe(expected);
  });

  it("rounds to whole units and to many decimals", () => {
    expect(callCost({ rate: "1.5", billedSec: 60, rounding: { mode: "half-up", decimals: 0 } })).toBe("2");
    expect(callCost({ rate: "1", billedSec: 1, rounding: { mode: "down", decimals: 10 } })).toBe(
      "0.0166666666",
    );
  });

  it.each(["-1", "", ".", "1e-3", "1,5", "abc"])("refuses %j as a rate", (rate) => {
    expect(() => callCost({ rate, billedSec: 60 })).toThrow(expect.objectContaining({ kind: "validation" }));
  });

  it("is the exact quotient, rounded once", () => {
    const decimal = fc
      .tuple(fc.nat(99), fc.nat(999_999))
      .map(([whole, rest]) => `${whole}.${String(rest).padStart(6, "0")}`);
    const seconds = fc.nat(72_000).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(
        decimal,
        decimal,
        seconds,
        fc.constantFrom(...modes),
        fc.integer({ min: 0, max: 8 }),
        (rate, fee, billedSec, mode, decimals) => {
          const cost = new Big(callCost({ rate, billedSec, connectFee: fee, rounding: { mode, decimals } }));
          const error = cost.times(60).minus(new Big(rate).times(billedSec).plus(new Big(fee).times(60)));
          const unit = new Big(60).times(`1e-${decimals}`);
          expect(error.abs().lt(unit)).toBe(true);
          if (mode === "up") expect(error.gte(0)).toBe(true);
          if (mode === "down") expect(error.lte(0)).toBe(true);
          if (mode.startsWith("half")) expect(error.abs().times(2).lte(unit)).toBe(true);
        },
      ),
    );
  });
});
