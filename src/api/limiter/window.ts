import { limits } from "../../core/limits.ts";
import type { Facts } from "./facts.ts";

/** The platform's present count, as far as its answers tell. Times in epoch milliseconds. */
export interface Window {
  /** Requests left, by the answer that told the fewest. */
  left: number;
  /** How many requests were taken off that number since then without an answer that says so. */
  doubt: number;
  /** When that answer was received. */
  leftMs: number;
  /** When the first answer that belongs to this window was received. */
  openedMs: number;
  /** It does not end before; earlier than `openedMs` when nobody saw it begin. */
  endsMinMs: number;
  /** It has ended by then. */
  endsMaxMs: number;
  /** When the next bulk permit is due. */
  paceMs: number;
  /** Taken for granted after the one before ended; no answer has told of it yet. */
  isPresumed?: boolean;
}

/** Laravel dates the end of a window in whole seconds: it may come almost one second early. */
const roundingMs = 1_000;

/**
 * What is known of the count after one more answer; undefined for nothing. Answers overtake each other, and their
 * only order is that what was sent after another's arrival was counted after it. Where two readings are left, the
 * one with fewer requests stands until the next answer.
 */
export function learn(window: Window | undefined, facts: Facts): Window | undefined {
  const { left, sentMs, receivedMs } = facts;
  if (window?.isPresumed && sentMs < window.openedMs) return window;
  if (window === undefined || window.isPresumed || sentMs >= window.endsMaxMs) {
    if (facts.isRefusal && facts.restMs === undefined) return undefined;
    const beganMinMs = Math.max(window?.endsMinMs ?? 0, sentMs - limits.rateWindowMs);
    return openWindow(facts, beganMinMs, window?.paceMs);
  }
  const isMore = left >= window.left;
  if (isMore && sentMs < window.leftMs) return window;
  // It may have been counted by the window before: then its number means nothing here.
  if (sentMs < window.openedMs) return writeOff(window, 1);
  if (left > window.left + window.doubt) return openWindow(facts, window.leftMs, window.paceMs);
  return { ...window, left, doubt: 0, leftMs: receivedMs, ...endOf(facts) };
}

/** Takes requests off that were used as far as is known. */
export function writeOff(window: Window, count: number): Window {
  return { ...window, left: Math.max(0, window.left - count), doubt: window.doubt + count };
}

/** A window of which nothing is known but that the one before has ended. */
export function presumeWindow(before: Window | undefined, limit: number, nowMs: number): Window {
  return {
    left: limit,
    doubt: 0,
    leftMs: nowMs,
    openedMs: nowMs,
    endsMinMs: before?.endsMinMs ?? 0,
    endsMaxMs: nowMs + limits.rateWindowMs,
    paceMs: Math.min(before?.paceMs ?? nowMs, nowMs),
    isPresumed: true,
  };
}

function openWindow(facts: Facts, beganMinMs: number, paceMs = facts.receivedMs): Window {
  const { limit, left, sentMs, receivedMs } = facts;
  // Nothing was counted before this request: it began the window.
  const beganMs = limit !== undefined && left === limit - 1 ? sentMs : beganMinMs;
  return {
    left,
    doubt: 0,
    leftMs: receivedMs,
    openedMs: receivedMs,
    endsMinMs: beganMs + limits.rateWindowMs - roundingMs,
    endsMaxMs: receivedMs + limits.rateWindowMs,
    paceMs: Math.min(paceMs, receivedMs),
    ...endOf(facts),
  };
}

function endOf({ restMs, sentMs, receivedMs }: Facts): Partial<Window> {
  if (restMs === undefined) return {};
  return { endsMinMs: sentMs + restMs - roundingMs, endsMaxMs: receivedMs + restMs };
}
