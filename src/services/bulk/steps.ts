import type { Clock } from "../../core/clock.ts";
import type { ErrorKind } from "../../core/errors.ts";
import { type Journal, openJournal, readJournal } from "../../host/journal.ts";

/** What has become of a row: `sent` is on the disk before the request leaves, the others when its answer is known. */
export const steps = ["planned", "sent", "ok", "failed", "unknown"] as const;
export type Step = (typeof steps)[number];

/** A line of a job's journal. */
export interface Entry {
  /** ISO 8601. */
  readonly at: string;
  readonly row: number;
  readonly step: Step;
  /** The object's, of a row that is ok. */
  readonly id?: string;
  /** Why a row failed or is unknown. */
  readonly kind?: ErrorKind;
  readonly message?: string;
}

/** How far every row of a job is; one byte a row, and the journal behind it. */
export interface Steps {
  of(row: number): Step;
  count(step: Step): number;
  /** When a row was last left without an answer; epoch milliseconds. */
  readonly doubtAtMs: number;
  /** Resolves when it is on the disk that the row is sent; only then may it be. @throws config */
  arm(row: number): Promise<void>;
  /** Notes what became of a row. Where a crash takes the line away, the row is looked up. */
  note(row: number, step: Exclude<Step, "sent">, facts?: Pick<Entry, "id" | "kind" | "message">): void;
  /** @throws config */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a job's journal and reads how far its rows are. A row that was sent and never answered is unknown.
 * @param rows in the plan
 * @throws config
 */
export async function openSteps(path: string, rows: number, clock: Pick<Clock, "nowMs">): Promise<Steps> {
  const states = new Uint8Array(rows + 1);
  let doubtAtMs = 0;
  for await (const { row, step, at } of readJournal<Entry>(path)) {
    states[row] = steps.indexOf(step);
    if (step === "sent" || step === "unknown") doubtAtMs = Math.min(Date.parse(at), clock.nowMs());
  }
  const sent = steps.indexOf("sent");
  for (let row = 1; row <= rows; row++) if (states[row] === sent) states[row] = steps.indexOf("unknown");
  return stepsOn(await openJournal(path), states, doubtAtMs, clock);
}

function stepsOn(journal: Journal, states: Uint8Array, doubtMs: number, clock: Pick<Clock, "nowMs">): Steps {
  const counts = new Array<number>(steps.length).fill(0);
  for (let row = 1; row < states.length; row++)
    counts[states[row] ?? 0] = (counts[states[row] ?? 0] ?? 0) + 1;
  let doubtAtMs = doubtMs;
  const entryOf = (row: number, step: Step, facts: Partial<Entry>): Entry => {
    const before = states[row] ?? 0;
    const next = steps.indexOf(step);
    states[row] = next;
    counts[before] = (counts[before] ?? 0) - 1;
    counts[next] = (counts[next] ?? 0) + 1;
    return { at: new Date(clock.nowMs()).toISOString(), row, step, ...facts };
  };
  return {
    of: (row) => steps[states[row] ?? 0] ?? "planned",
    count: (step) => counts[steps.indexOf(step)] ?? 0,
    get doubtAtMs() {
      return doubtAtMs;
    },
    arm: (row) => journal.append(entryOf(row, "sent", {})),
    note(row, step, facts = {}) {
      if (step === "unknown") doubtAtMs = clock.nowMs();
      journal.add(entryOf(row, step, facts));
    },
    flush: journal.flush,
    close: journal.close,
  };
}

/** The last word on every row that failed or is unknown, and the ids of those that are ok. */
export async function readOutcomes(path: string): Promise<ReadonlyMap<number, Entry>> {
  const last = new Map<number, Entry>();
  for await (const entry of readJournal<Entry>(path)) last.set(entry.row, entry);
  return last;
}
