import { join } from "node:path";
import type { Noun } from "../../domain/noun.ts";
import { asTenant } from "../../host/tenancy.ts";
import { type Job, type Place, workRows } from "./job.ts";
import { foresee, type Prospects, requestsOf } from "./outlook.ts";
import {
  dropSpool,
  type Fill,
  type JobFacts,
  questionOf,
  refusedError,
  type Spool,
  spoolPlan,
} from "./prepare.ts";
import type { Report } from "./report.ts";
import { type StartOptions, type Surroundings, startJob } from "./start.ts";
import { saveJob } from "./store.ts";

/** What carrying out a plan needs besides the plan. */
export interface Carrier extends Surroundings, Prospects {
  /** The state folder. */
  readonly state: string;
  /** Asks whether the plan is to be applied, which sends so many writes. @throws interrupted */
  confirm(question: string, writes: number): Promise<void>;
}

/** A plan that was made and not applied, or a report of one that was. */
export type Outcome =
  | { readonly plan: Pick<Spool, "counts" | "rows">; readonly file: string; readonly noun: Noun }
  | { readonly report: Report };

/**
 * Runs something that writes many objects of one noun to one platform while nothing else on this computer does: two
 * imports of one file at once would each create what the other does not see yet.
 * @throws locked
 */
export function withNoun<T>(
  state: string,
  { origin, platform_id }: Place,
  noun: Noun,
  run: () => Promise<T>,
) {
  const name = `bulk-${encodeURIComponent(origin)}-${platform_id ?? "all"}-${noun.plural}`;
  return asTenant(join(state, "locks", name), `A run that writes ${noun.plural}`, run);
}

/**
 * Writes a plan down, asks, and applies it. A plan without work leaves nothing behind.
 * @throws interrupted when the answer is no; whatever stops the run
 */
export async function carryOut(
  carrier: Carrier,
  facts: JobFacts,
  fill: Fill,
  options: StartOptions,
): Promise<Outcome> {
  const { calls, clock, state } = carrier;
  const createdMs = clock.nowMs();
  const spool = await spoolPlan(state, createdMs, fill);
  const { id, files, counts, rows } = spool;
  let isJob = false;
  try {
    if (workRows(counts) === 0) {
      const error = refusedError(spool);
      if (error) throw error;
      return { plan: { counts, rows }, file: facts.source.file, noun: calls.noun };
    }
    const { duration, warning } = await foresee(carrier, requestsOf(counts), options.concurrency);
    if (warning !== undefined) carrier.notice(warning);
    await carrier.confirm(questionOf(calls.noun, counts, duration), workRows(counts));
    const job: Job = { id, created_at: new Date(createdMs).toISOString(), ...facts, counts };
    await saveJob(files, job);
    isJob = true;
    return { report: await startJob(job, files, carrier, options) };
  } finally {
    if (!isJob) await dropSpool(files);
  }
}
