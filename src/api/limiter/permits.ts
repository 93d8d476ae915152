import { limits } from "../../core/limits.ts";
import type { Breakdown } from "../breakdowns.ts";
import type { Answer } from "../transport.ts";
import { type Facts, readFacts } from "./facts.ts";
import type { News } from "./ledger.ts";

/** How a try ended; undefined when it was not sent. */
export type Outcome = Answer | Breakdown | undefined;

/** Leave to send one request. */
export interface Permit {
  /** Tells how it ended. Only the first word counts. */
  settle(outcome: Outcome): void;
}

interface Flight {
  readonly sentMs: number;
  /** Whether the ledger waits for its account. */
  isHeld: boolean;
}

/** The permits in use, and what came of those that were. */
export interface Permits {
  /** A permit; `isHeld` when it is one that the ledger granted. */
  issue(isHeld: boolean): Permit;
  /** Counts permits of the ledger that nobody used. */
  giveBack(count: number): void;
  /** Whether permits of the ledger are to be accounted for. */
  hasNews(): boolean;
  /** What is to be told; it is told once. */
  takeNews(): News;
}

/** Keeps the permits; `onSettled` hears of each that is settled, with what its answer told. */
export function createPermits(nowMs: () => number, onSettled: (facts: Facts | undefined) => void): Permits {
  const underway = new Set<Flight>();
  let news = noNews();

  function settle(flight: Flight, outcome: Outcome): void {
    if (!underway.delete(flight)) return;
    const answer = outcome?.kind === "answer" ? outcome : undefined;
    const facts = answer && readFacts(answer, flight.sentMs, nowMs());
    if (flight.isHeld) news[fateOf(outcome, facts)]++;
    if (facts !== undefined) news.facts.push(facts);
    if (answer) news.isSilent = facts === undefined && answer.status < 300;
    onSettled(facts);
  }

  return {
    issue(isHeld) {
      const flight = { sentMs: nowMs(), isHeld };
      underway.add(flight);
      return { settle: (outcome) => settle(flight, outcome) };
    },
    giveBack(count) {
      news.unused += count;
    },
    hasNews: () => news.answered + news.spent + news.unused > 0,
    takeNews() {
      const countedBeforeMs = nowMs() - limits.rateCountedMs;
      for (const flight of underway) {
        if (!flight.isHeld || flight.sentMs > countedBeforeMs) continue;
        flight.isHeld = false;
        news.spent++;
      }
      const told = news;
      news = noNews();
      return told;
    },
  };
}

const noNews = (): News => ({ answered: 0, spent: 0, unused: 0, isSilent: false, facts: [] });

function fateOf(outcome: Outcome, facts: Facts | undefined): "answered" | "spent" | "unused" {
  if (facts !== undefined) return "answered";
  return outcome === undefined || (outcome.kind === "breakdown" && !outcome.reached) ? "unused" : "spent";
}
