import { addMoney } from "../core/money.ts";

/** What of a call attempt its figures are made from. */
export interface Attempt {
  /** The final SIP code; undefined when it is not known. */
  readonly sipCode: number | undefined;
  readonly hasAnswerTime: boolean;
  readonly durationSec: number;
  /** INVITE to the first ringing or busy; undefined when it never rang. */
  readonly pddMs: number | undefined;
  /** What the account is charged and what the carrier charges, each rounded already. */
  readonly revenue: string | undefined;
  readonly cost: string | undefined;
}

/** Attempts, counted. */
export interface Tally {
  attempts: number;
  answered: number;
  /** Attempts that reached the called party's network, whatever became of them there. */
  delivered: number;
  answeredSec: number;
  shortCalls: number;
  pddMsSum: number;
  pddCount: number;
  revenue: string;
  cost: string;
  /** Attempts by SIP code; 0 stands for an unknown one. */
  readonly codes: Map<number, number>;
}

/** The figures of a tally; null where they would be divided by nothing. */
export interface Figures {
  readonly asrPct: number | null;
  readonly nerPct: number | null;
  readonly acdMin: number | null;
  readonly pddMs: number | null;
  readonly sdcPct: number | null;
  readonly minutes: number;
  readonly marginPct: number | null;
}

/** Calls that end so soon are suspicious in numbers. */
const shortSecMax = 6;
/** The called party answered, was busy, did not answer, or refused. */
const delivering = new Set([200, 486, 600, 480, 603]);
/** Given up or timed out: at the called party only when it had rung. */
const deliveringAfterRinging = new Set([487, 408]);

/** Nothing counted yet. */
export const emptyTally = (): Tally => ({
  attempts: 0,
  answered: 0,
  delivered: 0,
  answeredSec: 0,
  shortCalls: 0,
  pddMsSum: 0,
  pddCount: 0,
  revenue: "0",
  cost: "0",
  codes: new Map(),
});

/** Counts one attempt. Answered is what has an answer time or SIP 200, a zero-second answer included. */
export function countAttempt(tally: Tally, attempt: Attempt): void {
  const { sipCode = 0, hasAnswerTime, durationSec, pddMs, revenue, cost } = attempt;
  const isAnswered = hasAnswerTime || sipCode === 200;
  tally.attempts += 1;
  tally.codes.set(sipCode, (tally.codes.get(sipCode) ?? 0) + 1);
  if (isAnswered) {
    tally.answered += 1;
    tally.answeredSec += durationSec;
    if (durationSec <= shortSecMax) tally.shortCalls += 1;
  }
  const hasRung = pddMs !== undefined;
  if (isAnswered || delivering.has(sipCode) || (deliveringAfterRinging.has(sipCode) && hasRung)) {
    tally.delivered += 1;
  }
  if (hasRung) {
    tally.pddMsSum += pddMs;
    tally.pddCount += 1;
  }
  if (revenue !== undefined) tally.revenue = addMoney(tally.revenue, revenue);
  if (cost !== undefined) tally.cost = addMoney(tally.cost, cost);
}

const rounded = (value: number, decimals: number) => Math.round(value * 10 ** decimals) / 10 ** decimals;
const share = (part: number, whole: number) => (whole === 0 ? null : rounded((100 * part) / whole, 2));

/** The figures of what was counted. */
export function figuresOf(tally: Tally): Figures {
  const { attempts, answered, answeredSec, pddCount } = tally;
  const revenue = Number(tally.revenue);
  return {
    asrPct: share(answered, attempts),
    nerPct: share(tally.delivered, attempts),
    acdMin: answered === 0 ? null : rounded(answeredSec / 60 / answered, 2),
    pddMs: pddCount === 0 ? null : Math.round(tally.pddMsSum / pddCount),
    sdcPct: share(tally.shortCalls, answered),
    minutes: rounded(answeredSec / 60, 1),
    marginPct: share(revenue - Number(tally.cost), revenue),
  };
}

/** The quantile of the normal distribution for 95 %, both sides. */
const z = 1.959964;

/**
 * Between which shares, in percent, the true one lies with 95 % certainty, by Wilson's interval: with few attempts
 * it is wide, so that a handful of failures proves nothing.
 */
export function wilsonPct(hits: number, attempts: number): { lowPct: number; highPct: number } | undefined {
  if (attempts === 0) return undefined;
  const ratio = hits / attempts;
  const scale = 1 + z ** 2 / attempts;
  const middle = (ratio + z ** 2 / (2 * attempts)) / scale;
  const half = (z / scale) * Math.sqrt((ratio * (1 - ratio)) / attempts + z ** 2 / (4 * attempts ** 2));
  return {
    lowPct: rounded(100 * Math.max(0, middle - half), 2),
    highPct: rounded(100 * Math.min(1, middle + half), 2),
  };
}

/** An amount that came together within some time, as one of an hour; undefined for no time at all. */
export function hourly(amount: string, withinMs: number): string | undefined {
  return withinMs <= 0 ? undefined : ((Number(amount) * 3_600_000) / withinMs).toFixed(4);
}
