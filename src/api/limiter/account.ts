import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";
import { makeId } from "../ids.ts";
import type { Facts } from "./facts.ts";
import { type Grant, type Priority, take } from "./grants.ts";
import { book, knownWindowOf, type Ledger, readLedger } from "./ledger.ts";
import { createPermits, type Permit } from "./permits.ts";
import type { RateStore } from "./store.ts";

/** This process's dealings with the ledger: permits are taken some at a time and told of some at a time. */
export interface Account {
  /** When the permits at hand may be used, epoch milliseconds; 0 when there are none. */
  dueMs(): number;
  /** A permit of those that were granted; undefined when there is none, or none is due. */
  takeAtHand(): Permit | undefined;
  /** Asks for permits of so many calls that wait, and more when the last ones were soon used up. */
  ask(waiting: number): Promise<Grant>;
  /** Looks something up in the ledger. */
  look<T>(read: (ledger: Ledger) => T): Promise<T>;
  /** Gives back what was not used. */
  close(): void;
}

export interface AccountOptions {
  store: RateStore;
  clock: Clock;
  priority: Priority;
}

/** Opens an account; nothing is read before the first permit is asked for. */
export function createAccount({ store, clock, priority }: AccountOptions): Account {
  const id = makeId();
  const lease = { permits: 0, count: 0, fromMs: 0, untilMs: 0, isFree: false };
  let seen: Ledger | undefined;
  const permits = createPermits(clock.nowMs, (facts) => {
    if (facts !== undefined) lease.isFree = false;
    if (facts?.isRefusal) giveBack();
    if (!lease.isFree && (!seen || isTelling(seen, facts, clock.nowMs()))) void exchange(() => undefined);
  });

  async function exchange<T>(act: (ledger: Ledger) => T): Promise<T> {
    if (clock.nowMs() >= lease.untilMs) giveBack();
    const news = permits.takeNews();
    let result: { value: T } | undefined;
    await store.update((text) => {
      const ledger = readLedger(text, clock.nowMs());
      book(ledger, id, news);
      result = { value: act(ledger) };
      seen = ledger;
      return JSON.stringify(ledger);
    });
    if (result === undefined) throw new Error("The rate store did not let the ledger be changed.");
    return result.value;
  }

  function giveBack(): void {
    permits.giveBack(lease.permits);
    lease.permits = 0;
  }

  return {
    dueMs: () => (lease.permits > 0 ? lease.fromMs : 0),
    takeAtHand() {
      const nowMs = clock.nowMs();
      if (lease.isFree) return permits.issue(false);
      if (lease.permits === 0 || nowMs < lease.fromMs || nowMs >= lease.untilMs) return undefined;
      lease.permits--;
      return permits.issue(true);
    },
    async ask(waiting) {
      const likely = clock.nowMs() < lease.untilMs ? Math.min(2 * lease.count, limits.rateAheadMax) : 0;
      const want = { waiting, likely };
      const grant = await exchange((ledger) => take(ledger, id, priority, want));
      lease.isFree = grant.kind === "free";
      if (grant.kind === "permits") {
        lease.permits += grant.count;
        lease.count = grant.count;
        lease.fromMs = grant.fromMs;
        lease.untilMs = Math.max(grant.fromMs, clock.nowMs()) + limits.rateLeaseMsMax;
      }
      return grant;
    },
    look: exchange,
    close() {
      giveBack();
      if (permits.hasNews()) void exchange(() => undefined);
    },
  };
}

/** Whether others should know at once: all else can wait until this process asks again. */
function isTelling(seen: Ledger, facts: Facts | undefined, nowMs: number): boolean {
  const window = knownWindowOf({ ...seen, savedMs: nowMs });
  if (window === undefined || facts === undefined) return window === undefined;
  return facts.isRefusal || facts.limit !== seen.limit || facts.left >= window.left;
}
