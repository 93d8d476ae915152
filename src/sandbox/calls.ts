import type { Schemas } from "../contract/operations.ts";
import { type Attempts, type CallsOptions, createAttempts } from "./calls/attempt.ts";
import { createRecorder } from "./calls/record.ts";

export type { CallsOptions } from "./calls/attempt.ts";

/** What a search asks for; everything that is given has to hold. */
export interface CallFilter {
  /** Bounds of the start, as the wire's whole seconds; both inclusive. */
  fromMs?: number;
  toMs?: number;
  accountId?: string;
  carrierId?: string;
  platformId?: string;
  /** Numbers or their beginnings. */
  srcNumber?: string;
  dstNumber?: string;
  lrnNumber?: string;
  /** Seconds, inclusive; an unanswered call has 0. */
  minDuration?: number;
  maxDuration?: number;
  /** Only calls that were answered. */
  completedOnly?: boolean;
  limit: number;
}

/** A platform's calls, made when they are read. */
export interface CallHistory {
  /** How many calls have started by a moment: exactly `count` at the anchor, ever more afterwards. */
  countAt(nowMs: number): number;
  /** The index-th call in order of start. */
  record(index: number): Schemas["Cdr"];
  /** The newest calls that match, at most `limit`. A call is on record once it has ended. */
  search(filter: CallFilter, nowMs: number): Schemas["Cdr"][];
}

type Test = (index: number) => boolean;

/** A filter's tests, cheapest first, so that most calls are dismissed by one or two hashes. */
function testsOf(filter: CallFilter, attempts: Attempts): Test[] {
  const tests: Test[] = [];
  const { accountId, carrierId, platformId, srcNumber, dstNumber, lrnNumber, minDuration, maxDuration } =
    filter;
  if (accountId !== undefined) tests.push((index) => attempts.account(index).id === accountId);
  if (platformId !== undefined) tests.push((index) => attempts.account(index).platformId === platformId);
  if (carrierId !== undefined) tests.push((index) => attempts.carrier(index).id === carrierId);
  if (filter.completedOnly) tests.push((index) => attempts.sipCode(index) === 200);
  if (minDuration !== undefined) tests.push((index) => attempts.durationSec(index) >= minDuration);
  if (maxDuration !== undefined) tests.push((index) => attempts.durationSec(index) <= maxDuration);
  if (srcNumber !== undefined) tests.push((index) => attempts.caller(index).startsWith(srcNumber));
  if (dstNumber !== undefined) tests.push((index) => attempts.called(index).number.startsWith(dstNumber));
  if (lrnNumber !== undefined) tests.push((index) => attempts.lrn(index)?.startsWith(lrnNumber) === true);
  return tests;
}

const secondMs = 1_000;

/** No call lasts longer than this, ringing included. */
const callMsMax = 3 * 3_600_000;

/** The calls of a platform: the same options give the same calls, and no call costs memory until it is read. */
export function createCalls(options: CallsOptions): CallHistory {
  const attempts = createAttempts(options);
  const { countBefore } = attempts.timeline;
  const record = createRecorder(options.seed, attempts);
  return {
    countAt: countBefore,
    record,
    search(filter, nowMs) {
      const { fromMs = 0, toMs = nowMs, limit } = filter;
      const byNow = (ms: number) => countBefore(Math.min(nowMs, ms));
      const first = byNow(Math.ceil(fromMs / secondMs) * secondMs);
      const end = byNow((Math.floor(toMs / secondMs) + 1) * secondMs);
      const allEnded = countBefore(nowMs - callMsMax);
      const hasEnded = (index: number) => index < allEnded || attempts.endMs(index) <= nowMs;
      const tests = [hasEnded, ...testsOf(filter, attempts)];
      const found: Schemas["Cdr"][] = [];
      for (let index = end - 1; index >= first && found.length < limit; index--) {
        if (tests.every((test) => test(index))) found.push(record(index));
      }
      return found;
    },
  };
}
