import { createStream, fractionOf } from "./random.ts";
import { exchangeAt, exchangeCount } from "./seed/exchange.ts";

const portedShare = 0.35;

/**
 * The number that calls to a North American number (10 or 11 digits) are routed by: of about a third of all
 * numbers another one of the same area and length, of the rest the number itself; ever the same.
 */
export function routingNumberOf(seed: number, number: string): string {
  const draw = createStream(seed, `lrn.${number.slice(-10)}`);
  if (fractionOf(draw(0)) >= portedShare) return number;
  return `${number.slice(0, -7)}${exchangeAt(draw(1) % exchangeCount)}${String(draw(2) % 10_000).padStart(4, "0")}`;
}
