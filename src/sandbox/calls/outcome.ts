import { createStream, fractionOf } from "../random.ts";
import {
  type AccountTraffic,
  type CarrierTraffic,
  failureCodes,
  troubledAnswerRatio,
  troubledFailure,
} from "./traffic.ts";

/** How calls end, by their index. */
export interface Outcomes {
  /** The final SIP code; 200 when it was answered. `inTrouble`: while its carrier's trouble lasts. */
  sipCode(index: number, account: AccountTraffic, carrier: CarrierTraffic, inTrouble: boolean): number;
  /** Seconds from answer to end of an answered call; some are 0. */
  durationSec(index: number, account: AccountTraffic): number;
  /** Milliseconds to the first ringing or busy; null when the call failed before. */
  pddMs(index: number, carrier: CarrierTraffic, sipCode: number): number | null;
  /** Seconds of ringing, or of waiting for the refusal. */
  ringSec(index: number, sipCode: number): number;
  releaseSide(index: number, sipCode: number): "account" | "carrier";
}

const durationSecMax = 7_200;
/** A dialer hangs up on most answering machines within these seconds. */
const dialerSecMax = 7;
/** The share of calls that rang before they ended so; codes that aren't named never did. */
const rangBefore: Readonly<Record<number, number>> = {
  200: 1,
  486: 1,
  480: 0.9,
  603: 0.8,
  487: 0.9,
  408: 0.4,
};

/** Values around a median with a heavy tail: the log-logistic quantile; a higher slope keeps them closer. */
function spread(fraction: number, median: number, slope: number): number {
  return median * (fraction / (1 - fraction)) ** (1 / slope);
}

/** The outcomes of all calls. */
export function createOutcomes(seed: number): Outcomes {
  const answer = createStream(seed, "calls.answer");
  const failure = createStream(seed, "calls.failure");
  const duration = createStream(seed, "calls.duration");
  const pdd = createStream(seed, "calls.pdd");
  const rang = createStream(seed, "calls.rang");
  const ring = createStream(seed, "calls.ring");
  const release = createStream(seed, "calls.release");
  return {
    sipCode(index, account, carrier, inTrouble) {
      const ratio = inTrouble ? troubledAnswerRatio : carrier.answerRatio;
      if (fractionOf(answer(index)) < Math.min(0.75, ratio * account.quality)) return 200;
      return failureCodes[(inTrouble ? troubledFailure : carrier.failure)(failure(index))] ?? 500;
    },
    durationSec(index, account) {
      const fraction = fractionOf(duration(index));
      if (account.dialer && fraction < 0.6) return Math.floor((fraction / 0.6) * dialerSecMax);
      const seconds = spread(account.dialer ? (fraction - 0.6) / 0.4 : fraction, account.medianSec, 1.8);
      return Math.min(durationSecMax, Math.floor(seconds));
    },
    pddMs(index, carrier, sipCode) {
      const bits = pdd(index);
      if (fractionOf(rang(index)) >= (rangBefore[sipCode] ?? 0)) return null;
      return Math.min(20_000, Math.round(spread(fractionOf(bits), carrier.pddMs, 5)));
    },
    ringSec(index, sipCode) {
      const fraction = fractionOf(ring(index));
      if (sipCode === 480 || sipCode === 408) return 30 + Math.floor(fraction * 30);
      return sipCode === 200 || sipCode === 487 ? 2 + Math.floor(fraction * 22) : Math.floor(fraction * 3);
    },
    releaseSide(index, sipCode) {
      if (sipCode === 200) return fractionOf(release(index)) < 0.55 ? "account" : "carrier";
      return sipCode === 487 ? "account" : "carrier";
    },
  };
}
