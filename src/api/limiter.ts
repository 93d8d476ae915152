import type { Clock } from "../core/clock.ts";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { createAccount } from "./limiter/account.ts";
import { type Forecast, foretell, type Grant, type Priority } from "./limiter/grants.ts";
import { createLine, type Line } from "./limiter/line.ts";
import type { Permit } from "./limiter/permits.ts";
import type { RateStore } from "./limiter/store.ts";
import { waitHint } from "./problems.ts";

export interface LimiterOptions {
  store: RateStore;
  clock: Clock;
  priority: Priority;
  /** From 0 up to but not including 1. */
  random: () => number;
  /** An own limit, besides the platform's. */
  perSecondMax: number | undefined;
  /** The longest wait for the platform's limit. */
  waitMsMax: number;
  /** Hears once of each longer wait for the platform's limit: when it ends at the latest. */
  onWait: ((untilMs: number) => void) | undefined;
}

/** Holds requests back so that the platform need not refuse them. */
export interface Limiter {
  /**
   * Waits for leave to send. Ends with the signal's reason when that is aborted.
   * @throws rate_limited when the wait would be longer than allowed
   */
  enter(signal: AbortSignal | undefined): Promise<Permit>;
  /** Tells of a wait that a refused call is about to begin for the limit. */
  announce(untilMs: number): void;
  /** What so many calls take under the limit. */
  forecast(count: number): Promise<Forecast>;
  /** Gives back what was not used. */
  close(): void;
}

/** A limiter with its own line of calls, whose permits come from what all processes share. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { clock, waitMsMax } = options;
  const pace = createPace(options.perSecondMax);
  const announce = createAnnouncer(options);
  const line = createLine();
  const serve = createLoop(line, serveNext, clock);
  const account = createAccount(options);

  /** Serves the first in the line; answers after how many milliseconds to try again. */
  async function serveNext(): Promise<number> {
    const pauseMs = Math.max(pace.dueMs(), account.dueMs()) - clock.nowMs();
    if (pauseMs > 0) return pauseMs;
    const permit = takeAtHand();
    if (permit !== undefined) line.serve(permit);
    else {
      const grant = await account.ask(line.size());
      if (grant.kind === "wait") return holdBack(grant);
    }
    return 0;
  }

  function takeAtHand(): Permit | undefined {
    const nowMs = clock.nowMs();
    const permit = pace.dueMs() > nowMs ? undefined : account.takeAtHand();
    if (permit !== undefined) pace.pass(nowMs);
    return permit;
  }

  function holdBack({ why, untilMs }: Grant & { kind: "wait" }): number {
    const nowMs = clock.nowMs();
    if (why === "limit") {
      line.refuse(usedUp(untilMs, nowMs), (sinceMs) => untilMs - sinceMs > waitMsMax);
      if (line.size() > 0) announce(untilMs);
    }
    if (why === "pace") return untilMs - nowMs + options.random() * limits.rateSpreadMsMax;
    return Math.min(untilMs - nowMs, why === "probe" ? limits.rateProbeNapMsMax : limits.rateNapMsMax);
  }

  return {
    async enter(signal) {
      signal?.throwIfAborted();
      const permit = line.size() === 0 ? takeAtHand() : undefined;
      if (permit !== undefined) return permit;
      const place = line.join(clock.nowMs(), signal);
      void serve();
      return place;
    },
    announce,
    forecast: (count) => account.look((ledger) => foretell(ledger, count, options.perSecondMax)),
    close: account.close,
  };
}

/** Serves as long as someone waits, and once at a time; `serveNext` answers how long to wait before the next. */
function createLoop(line: Line, serveNext: () => Promise<number>, clock: Clock) {
  let isServing = false;
  return async () => {
    if (isServing) return;
    isServing = true;
    try {
      while (line.size() > 0) {
        const waitMs = await serveNext();
        if (waitMs > 0 && line.size() > 0) await clock.sleep(waitMs);
      }
    } catch (thrown) {
      line.refuse(thrown, () => true);
    } finally {
      isServing = false;
    }
  };
}

/** Spaces calls evenly; one that comes a little late is caught up with. */
function createPace(perSecondMax: number | undefined) {
  let dueMs = 0;
  return {
    dueMs: () => dueMs,
    pass(nowMs: number) {
      if (perSecondMax !== undefined)
        dueMs = Math.max(dueMs, nowMs - limits.rateLeaseMs) + 1000 / perSecondMax;
    },
  };
}

/** Tells of the end of a wait that is worth telling, once. */
function createAnnouncer({ clock, onWait }: LimiterOptions) {
  let toldMs = 0;
  return (untilMs: number) => {
    if (untilMs - Math.max(clock.nowMs(), toldMs) < limits.rateWaitToldMs) return;
    toldMs = untilMs;
    onWait?.(untilMs);
  };
}

function usedUp(untilMs: number, nowMs: number): SipnavError {
  return new SipnavError("rate_limited", "The platform's rate limit is used up.", {
    hint: waitHint(untilMs - nowMs, nowMs),
    retryable: true,
    retryAfterS: Math.ceil((untilMs - nowMs) / 1000),
  });
}
