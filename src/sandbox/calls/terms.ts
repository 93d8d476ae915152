import type { Jurisdiction } from "../../telecom/jurisdiction.ts";
import { billedSeconds, callCost, type Increment, parseIncrement } from "../../telecom/rating.ts";
import { createDraws, type Draws } from "../random.ts";

/** What one side of a call pays or is paid. */
export interface Terms {
  /** A minute's price as a decimal string; `cost` is the destination's, which only international calls use. */
  rateOf(jurisdiction: Jurisdiction, cost: number): string;
  /** As the wire writes it: `6/6`. */
  incrementOf(jurisdiction: Jurisdiction): Billing;
}

interface Billing {
  text: string;
  increment: Increment;
}

const billings = (texts: string): Billing[] =>
  texts.split(" ").map((text) => ({ text, increment: parseIncrement(text) }));
const domesticBillings = billings("6/6 6/6 6/6 6/6 1/1 30/6 60/60");
const foreignBillings = billings("30/6 30/6 1/1 60/60");

/** What a minute costs to buy inside North America, in dollars. */
const domesticCost = { inter: 0.0041, intra: 0.0083, indeterminate: 0.0112 } as const;

/** Terms at a factor on cost; the draws decide the decimals, the increments and how rates scatter. */
function draftTerms(draws: Draws, factor: number): Terms {
  const decimals = draws.member([4, 5, 5, 6]);
  const rates = {
    inter: (domesticCost.inter * factor).toFixed(decimals),
    intra: (domesticCost.intra * factor * (0.95 + draws.fraction() * 0.1)).toFixed(decimals),
    indeterminate: (domesticCost.indeterminate * factor).toFixed(decimals),
  };
  const domestic = draws.member(domesticBillings);
  const abroad = draws.member(foreignBillings);
  return {
    rateOf: (jurisdiction, cost) =>
      jurisdiction === "international" ? (cost * factor).toFixed(decimals) : rates[jurisdiction],
    incrementOf: (jurisdiction) => (jurisdiction === "international" ? abroad : domestic),
  };
}

/** An account's terms: 15–60 % above cost. */
export function accountTerms(seed: number, id: string): Terms {
  const draws = createDraws(seed, "terms.account", id);
  return draftTerms(draws, 1.15 + draws.fraction() * 0.45);
}

/** A carrier's terms: around cost; one in twelve is dearer than most accounts pay. */
export function carrierTerms(seed: number, id: string): Terms {
  const draws = createDraws(seed, "terms.carrier", id);
  return draftTerms(draws, draws.chance(1 / 12) ? 1.55 : 0.78 + draws.fraction() * 0.27);
}

const free = callCost({ rate: "0", billedSec: 0 });

/** One side's rate, increment, billed seconds and cost of a call. */
export function bill(terms: Terms, jurisdiction: Jurisdiction, cost: number, durationSec: number) {
  const rate = terms.rateOf(jurisdiction, cost);
  const { text, increment } = terms.incrementOf(jurisdiction);
  const billedSec = billedSeconds(durationSec, increment);
  return { rate, increment: text, billedSec, cost: billedSec === 0 ? free : callCost({ rate, billedSec }) };
}
