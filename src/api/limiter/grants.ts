import { limits } from "../../core/limits.ts";
import { type Ledger, openWindowOf } from "./ledger.ts";
import { presumeWindow, type Window } from "./window.ts";

/** Whether a person waits for the call, or a long run of calls that yields to people. */
export type Priority = "foreground" | "bulk";

/** Permits from a moment on, calls without a permit, or a wait: for the window's end, the pace, or the answer of the call ahead. */
export type Grant =
  | { kind: "permits"; count: number; fromMs: number }
  | { kind: "free" }
  | { kind: "wait"; why: "limit" | "pace" | "probe"; untilMs: number };

/** What a process wants permits for. */
export interface Want {
  /** Calls that wait. */
  readonly waiting: number;
  /** Calls that are likely to come soon, these included. */
  readonly likely: number;
}

/** Grants a process permits for its calls, or says until when to wait. */
export function take(ledger: Ledger, id: string, priority: Priority, want: Want): Grant {
  const grant = grantOf(ledger, id, priority, want);
  if (grant.kind === "permits") {
    const permits = (ledger.holders[id]?.permits ?? 0) + grant.count;
    ledger.holders[id] = { permits, atMs: ledger.savedMs };
  }
  return grant;
}

function grantOf(ledger: Ledger, id: string, priority: Priority, want: Want): Grant {
  const { limit, savedMs } = ledger;
  let window = openWindowOf(ledger);
  if (window === undefined && limit === null) return { kind: "free" };
  if (window === undefined && limit === undefined) return probe(ledger, priority, want.waiting);
  window ??= presumeWindow(ledger.window, limit ?? 0, savedMs);
  ledger.window = window;
  return priority === "bulk" ? spread(ledger, window, id) : share(ledger, window, want);
}

/** Requests of a window that bulk work does not touch. */
const reserveOf = (limit: number): number => Math.round(limit * limits.rateReserve);

/** People take what there is, and some ahead of their calls while there is plenty. */
function share(ledger: Ledger, window: Window, { waiting, likely }: Want): Grant {
  const usable = window.left - heldOf(ledger);
  if (usable <= 0) return { kind: "wait", why: "limit", untilMs: window.endsMaxMs };
  const ahead = Math.min(likely, Math.floor(usable * limits.rateAheadShare));
  return { kind: "permits", count: Math.min(usable, Math.max(waiting, ahead)), fromMs: ledger.savedMs };
}

/** Bulk work spreads what it may use over the rest of the window; its processes take turns. */
function spread(ledger: Ledger, window: Window, id: string): Grant {
  const { savedMs: nowMs, limit, holders } = ledger;
  // When the window may be over any moment, there is nobody left to keep the reserve for.
  const isTimed = window.endsMinMs > window.openedMs;
  const isEnding = isTimed && nowMs >= window.endsMinMs;
  const usable = window.left - heldOf(ledger) - (isEnding ? 0 : reserveOf(limit ?? 0));
  if (usable <= 0) return { kind: "wait", why: "limit", untilMs: window.endsMaxMs };
  const fromMs = Math.max(window.paceMs, nowMs);
  // Who holds none goes before who wants more.
  const aheadMs = holders[id] === undefined ? limits.rateAheadMsMax : limits.rateAheadMsMax / 2;
  if (fromMs > nowMs + aheadMs) return { kind: "wait", why: "pace", untilMs: fromMs - aheadMs };
  const restMs = Math.max(0, (isTimed ? window.endsMinMs : window.endsMaxMs) - nowMs);
  const intervalMs = restMs / usable;
  const count = Math.min(usable, Math.ceil(limits.rateLeaseMs / intervalMs));
  window.paceMs = fromMs + count * intervalMs;
  return { kind: "permits", count, fromMs };
}

function heldOf({ holders }: Ledger): number {
  return Object.values(holders).reduce((sum, { permits }) => sum + permits, 0);
}

/** Nothing is known of a limit: people go ahead; of bulk work one call does, whose answer will tell. */
function probe(ledger: Ledger, priority: Priority, waiting: number): Grant {
  const untilMs = ledger.probeMs + limits.rateProbeMsMax;
  const isBulk = priority === "bulk";
  if (isBulk && ledger.savedMs < untilMs) return { kind: "wait", why: "probe", untilMs };
  ledger.probeMs = ledger.savedMs;
  return { kind: "permits", count: isBulk ? 1 : waiting, fromMs: ledger.savedMs };
}

/** How long so many calls take under the limit. */
export interface Forecast {
  /** Undefined when no limit is known. */
  allowedPerMinute: number | undefined;
  /** Undefined when no limit is known. */
  seconds: number | undefined;
}

/** What `count` calls take from now on, by the limit and an own one a second; the calls' own time is not in it. */
export function foretell(ledger: Ledger, count: number, perSecondMax: number | undefined): Forecast {
  const own = perSecondMax === undefined ? Number.POSITIVE_INFINITY : perSecondMax * 60;
  const allowedPerMinute = Math.min(ledger.limit ?? Number.POSITIVE_INFINITY, own);
  if (!Number.isFinite(allowedPerMinute)) return { allowedPerMinute: undefined, seconds: undefined };
  const window = openWindowOf(ledger);
  const heldMs = window?.left === 0 ? window.endsMaxMs - ledger.savedMs : 0;
  return { allowedPerMinute, seconds: Math.ceil(heldMs / 1000 + (count * 60) / allowedPerMinute) };
}
