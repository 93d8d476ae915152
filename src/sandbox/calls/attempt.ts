import type { Schemas } from "../../contract/operations.ts";
import { createLottery, createStream } from "../random.ts";
import { type Called, createNumbers } from "./numbers.ts";
import { createOutcomes } from "./outcome.ts";
import { createTimeline, type Timeline } from "./timeline.ts";
import { type AccountTraffic, accountsTraffic, type CarrierTraffic, carriersTraffic } from "./traffic.ts";

export interface CallsOptions {
  seed: number;
  /** Calls within the window that ends at the anchor. */
  count: number;
  /** Length of that window; 30 unless told. */
  days?: number;
  anchorMs: number;
  accounts: readonly Schemas["Account"][];
  carriers: readonly Schemas["Carrier"][];
}

/** What is known of a call by its index alone; each fact costs some hashes and no memory. */
export interface Attempts {
  timeline: Timeline;
  account(index: number): AccountTraffic;
  carrier(index: number): CarrierTraffic;
  sipCode(index: number): number;
  /** Zero unless it was answered. */
  durationSec(index: number): number;
  pddMs(index: number): number | null;
  /** When it was answered, or given up. */
  setUpMs(index: number): number;
  endMs(index: number): number;
  releaseSide(index: number): "account" | "carrier";
  caller(index: number): string;
  called(index: number): Called;
  lrn(index: number): string | null;
}

const troubleMs = 4 * 3_600_000;

/** A fact that is asked for several times in a row, for one call after another. */
function remembered<T>(factOf: (index: number) => T): (index: number) => T {
  let lastIndex = -1;
  let fact: T | undefined;
  return (index) => {
    if (index !== lastIndex) {
      fact = factOf(index);
      lastIndex = index;
    }
    return fact as T;
  };
}

/** Deals accounts out by weight, and to each a carrier of its platform; any where its platform has none. */
function createDealer(
  seed: number,
  accounts: readonly AccountTraffic[],
  carriers: readonly CarrierTraffic[],
) {
  const accountBits = createStream(seed, "calls.account");
  const carrierBits = createStream(seed, "calls.carrier");
  const drawAccount = createLottery(accounts.map((account) => account.weight));
  const poolOf = (platformId: string) => {
    const own = carriers.filter((carrier) => carrier.platformId === platformId);
    const members = own.length === 0 ? carriers : own;
    return { members, draw: createLottery(members.map((carrier) => carrier.weight)) };
  };
  const platformIds = new Set(accounts.map((account) => account.platformId));
  const pools = new Map([...platformIds].map((platformId) => [platformId, poolOf(platformId)]));
  const account = remembered((index) => accounts[drawAccount(accountBits(index))] as AccountTraffic);
  const carrier = remembered((index) => {
    const pool = pools.get(account(index).platformId) as ReturnType<typeof poolOf>;
    return pool.members[pool.draw(carrierBits(index))] as CarrierTraffic;
  });
  return { account, carrier };
}

/** The facts of all calls; without an account or a carrier that is switched on there are no calls. */
export function createAttempts(options: CallsOptions): Attempts {
  const { seed, days = 30, anchorMs } = options;
  const accounts = accountsTraffic(seed, options.accounts);
  const carriers = carriersTraffic(seed, options.carriers);
  const count = accounts.length === 0 || carriers.length === 0 ? 0 : options.count;
  const timeline = createTimeline({ seed, count, days, anchorMs });
  const firstInTrouble = timeline.countBefore(anchorMs - troubleMs);
  const { account, carrier } = createDealer(seed, accounts, carriers);
  const numbers = createNumbers(seed);
  const outcomes = createOutcomes(seed);
  const sipCode = remembered((index) => {
    const by = carrier(index);
    return outcomes.sipCode(index, account(index), by, by.failing && index >= firstInTrouble);
  });
  const called = remembered((index) => numbers.called(index, account(index)));
  const durationSec = (index: number) =>
    sipCode(index) === 200 ? outcomes.durationSec(index, account(index)) : 0;
  const pddMs = (index: number) => outcomes.pddMs(index, carrier(index), sipCode(index));
  const setUpMs = (index: number) =>
    timeline.startMs(index) + (pddMs(index) ?? 0) + outcomes.ringSec(index, sipCode(index)) * 1_000;
  return {
    timeline,
    account,
    carrier,
    sipCode,
    durationSec,
    pddMs,
    setUpMs,
    endMs: (index) => setUpMs(index) + durationSec(index) * 1_000,
    releaseSide: (index) => outcomes.releaseSide(index, sipCode(index)),
    caller: (index) => numbers.caller(index, account(index)),
    called,
    lrn: (index) => numbers.lrn(account(index), called(index)),
  };
}
