import fc from "fast-check";
import { expect, test } from "vitest";
import { addMoney, compareMoney, readDecimal } from "../../src/core/money.ts";

test.each([
  [["0.1", "0.2"], "0.3"],
  [["1.50", "1.50"], "3.00"],
  [["10", "-0.0001"], "9.9999"],
  [["99999999999999999999.123456789", "0.000000001"], "99999999999999999999.123456790"],
  [[], "0"],
])("the sum of %j is %s", (amounts, sum) => {
  expect(addMoney(...amounts)).toBe(sum);
});

test("amounts compare by value, whatever their length", () => {
  expect(compareMoney("9", "10")).toBe(-1);
  expect(compareMoney("1.50", "1.5")).toBe(0);
  expect(compareMoney("-2", "-10.0")).toBe(1);
  expect(["10", "9.5", "-1", "0.0001"].toSorted(compareMoney)).toEqual(["-1", "0.0001", "9.5", "10"]);
});

test("sums are exact for any cents", () => {
  const cents = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1 });
  const text = (value: number) =>
    `${value < 0 ? "-" : ""}${Math.trunc(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, "0")}`;
  fc.assert(
    fc.property(cents, (values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      expect(compareMoney(addMoney(...values.map(text)), text(sum))).toBe(0);
    }),
  );
});

test.each(["", "1e9", "1,5", ".5", "0x10", "NaN", "Blocked", null, true])("%j is no amount", (value) => {
  expect(readDecimal(value)).toBeUndefined();
});

test("what is no amount is not computed with", () => {
  expect(() => addMoney("1", "Blocked")).toThrow(RangeError);
  expect(() => compareMoney("1", "")).toThrow(RangeError);
});

test("a number becomes the decimal that it says", () => {
  expect(readDecimal(1e-7)?.toFixed()).toBe("0.0000001");
});
