import Big from "big.js";
import { numberText } from "./text.ts";

/** An exact decimal number. */
export type Decimal = Big;

/**
 * A value as an exact decimal; undefined when it is no plain number. Exponents are refused: a few characters would
 * stand for a million digits.
 */
export function readDecimal(value: unknown): Decimal | undefined {
  const text = typeof value === "number" ? numberText(value) : value;
  return typeof text === "string" && /^-?\d+(\.\d+)?$/.test(text) ? new Big(text) : undefined;
}

/** Which of two amounts is larger, exactly; for sorting. @throws RangeError when one is no amount */
export function compareMoney(a: string, b: string): number {
  return amount(a).cmp(amount(b));
}

/** The exact sum, with as many decimals as the amount that has most. @throws RangeError when one is no amount */
export function addMoney(...amounts: readonly string[]): string {
  const decimals = Math.max(0, ...amounts.map((text) => text.split(".")[1]?.length ?? 0));
  return amounts.reduce((sum, text) => sum.plus(amount(text)), new Big(0)).toFixed(decimals);
}

function amount(text: string): Decimal {
  const decimal = readDecimal(text);
  if (decimal === undefined) throw new RangeError(`${text} is no amount of money`);
  return decimal;
}
