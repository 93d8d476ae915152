import { limits } from "../../core/limits.ts";
import { isRecord } from "../../core/record.ts";
import type { Facts } from "./facts.ts";
import { learn, type Window, writeOff } from "./window.ts";

/** Permits that a process was granted and has not accounted for. */
interface Holder {
  permits: number;
  /** When it last said something, epoch milliseconds. */
  atMs: number;
}

/** What all processes under one rate limit know of it and of each other; kept as JSON. */
export interface Ledger {
  version: 1;
  savedMs: number;
  /** Requests a window; null when the platform names no limit, absent when nothing is known. */
  limit?: number | null;
  window?: Window;
  /** When a call was last sent ahead to learn the limit. */
  probeMs: number;
  holders: Record<string, Holder>;
}

/** What a process tells of the permits that it was granted. */
export interface News {
  /** Used, and the answer told what is left. */
  answered: number;
  /** Used, as far as is known. */
  spent: number;
  /** Given back. */
  unused: number;
  /** Whether a call succeeded and nothing was said of a limit. */
  isSilent: boolean;
  /** What answers told, in the order of their arrival. */
  facts: Facts[];
}

/** Reads the ledger; a broken one, or one from a time that is yet to come, counts as none. */
export function readLedger(text: string | undefined, nowMs: number): Ledger {
  const ledger = parse(text);
  if (ledger !== undefined && ledger.savedMs <= nowMs + limits.rateLeaseMsMax)
    return { ...ledger, savedMs: nowMs };
  return { version: 1, savedMs: nowMs, probeMs: 0, holders: {} };
}

/** Books what a process tells, and writes off the permits of processes that say nothing any more. */
export function book(ledger: Ledger, id: string, news: News): void {
  const { savedMs: nowMs, holders } = ledger;
  const own = holders[id];
  const spent = Math.min(news.spent, own?.permits ?? 0);
  if (own !== undefined) own.permits = Math.max(0, own.permits - news.answered - news.spent - news.unused);
  if (ledger.window) ledger.window = writeOff(ledger.window, spent);
  for (const facts of news.facts) {
    if (facts.limit !== undefined) ledger.limit = facts.limit;
    else if (ledger.limit === null) delete ledger.limit;
    const window = learn(ledger.window, facts);
    if (window === undefined) delete ledger.window;
    else ledger.window = window;
  }
  if (news.isSilent && knownWindowOf(ledger) === undefined) {
    ledger.limit = null;
    delete ledger.window;
  }
  for (const [holder, { permits, atMs }] of Object.entries(holders)) {
    if (permits > 0 && nowMs - atMs <= limits.rateHolderMsMax) continue;
    if (ledger.window) ledger.window = writeOff(ledger.window, permits);
    delete holders[holder];
  }
}

/** The window that surely lasts; undefined when nothing is known of the present one. */
export function openWindowOf({ window, savedMs }: Ledger): Window | undefined {
  return window && savedMs < window.endsMaxMs ? window : undefined;
}

/** The same, if an answer has told of it. */
export function knownWindowOf(ledger: Ledger): Window | undefined {
  const window = openWindowOf(ledger);
  return window?.isPresumed ? undefined : window;
}

function parse(text: string | undefined): Ledger | undefined {
  try {
    const content: unknown = JSON.parse(text ?? "null");
    return isLedger(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

const windowNumbers = ["left", "doubt", "leftMs", "openedMs", "endsMinMs", "endsMaxMs", "paceMs"];

function isLedger(content: unknown): content is Ledger {
  if (!isRecord(content) || content.version !== 1) return false;
  const { limit = null, window, holders } = content;
  return (
    hasNumbers(content, ["savedMs", "probeMs"]) &&
    (limit === null || typeof limit === "number") &&
    (window === undefined || hasNumbers(window, windowNumbers)) &&
    isRecord(holders) &&
    Object.values(holders).every((holder) => hasNumbers(holder, ["permits", "atMs"]))
  );
}

function hasNumbers(value: unknown, names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => Number.isFinite(value[name]));
}
