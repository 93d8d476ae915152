import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billedSeconds, callCost, parseIncrement } from "../../src/telecom/rating.ts";

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
    ["30/18", 31, 48],
    ["60/45", 61, 105],
    ["10/30", 5, 10],
  ])("%s bills %d s as %d s", (increment, durationSec, expected) => {
    expect(billedSeconds(durationSec, parseIncrement(increment))).toBe(expected);
  });

  it("never bills less than the call or the minimum, and never falls as the call grows", () => {
    const increments = fc.record({
      minSec: fc.integer({ min: 0, max: 120 }),
      incSec: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(increments, fc.integer({ min: 1, max: 7_200 }), (increment, sec) => {
        const billed = billedSeconds(sec, increment);
        expect(billed).toBeGreaterThanOrEqual(Math.max(sec, increment.minSec));
        expect(billed).toBeLessThan(Math.max(sec, increment.minSec) + increment.incSec);
        expect(billedSeconds(sec + 1, increment)).toBeGreaterThanOrEqual(billed);
      }),
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
    ["0.006", "1/1", 7, "0.0007"],
    ["0.12345", "60/60", 7, "0.1235"],
    [".5", "60/60", 7, "0.5000"],
    ["12", "60/60", 61, "24.0000"],
  ])("at %s a minute, %s, %d s cost %s", (rate, increment, durationSec, cost) => {
    expect(callCost(rate, billedSeconds(durationSec, parseIncrement(increment)))).toBe(cost);
  });

  it("rounds each call before the sum", () => {
    expect(new Big(callCost("0.005", 9)).times(100).toString()).toBe("0.08");
  });

  it.each(["-1", "", ".", "1e-3", "1,5", "abc"])("refuses %j as a rate", (rate) => {
    expect(() => callCost(rate, 60)).toThrow(expect.objectContaining({ kind: "validation" }));
  });

  it("is the exact quotient, rounded up once", () => {
    const decimal = fc
      .tuple(fc.nat(99), fc.nat(999_999))
      .map(([whole, rest]) => `${whole}.${String(rest).padStart(6, "0")}`);
    fc.assert(
      fc.property(decimal, fc.nat(72_000), (rate, billedSec) => {
        const excess = new Big(callCost(rate, billedSec)).times(60).minus(new Big(rate).times(billedSec));
        expect(excess.gte(0)).toBe(true);
        expect(excess.lt("0.006")).toBe(true);
      }),
    );
  });
});
