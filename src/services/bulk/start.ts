import type { Clock } from "../../core/clock.ts";
import { asSipnavError, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { createMeter, type Progress } from "../../core/progress.ts";
import { applyRows } from "./apply.ts";
import { checkCanary, firstRows } from "./canary.ts";
import { fetchWhole, type Source } from "./existing.ts";
import { type Job, type JobFiles, planRows, workRows } from "./job.ts";
import { createPatience } from "./patience.ts";
import { type Report, readReport, saveReport } from "./report.ts";
import { isOpen, leftRows, type Run, type RunOptions } from "./run.ts";
import { settleRows } from "./settle.ts";
import { openSteps, type Steps } from "./steps.ts";
import { rowsAt } from "./store.ts";

/** What a run needs besides its job. */
export interface Surroundings extends Source {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The longest wait for the platform that a person allows. */
  readonly waitMsMax: number | undefined;
  notice(text: string): void;
  /** Shows how far the run is; undefined takes that away. */
  progress(progress: Progress | undefined): void;
}

/** How a run begins and goes on. */
export interface StartOptions extends RunOptions {
  /** Rows that are applied and read back before the others; 0 for none. */
  readonly canary: number;
  /** Asks whether the rows after the canary are to be applied. @throws interrupted */
  goOn(applied: number, left: number): Promise<void>;
  /** Whether an earlier run of the job may have been long ago: what it planned is held against the platform first. */
  readonly resumed: boolean;
}

/**
 * Applies what is left of a job's plan, and looks up what was left without an answer.
 * @throws what stopped it: interrupted, terminated, unauthenticated, config (the journal), network and the like, with
 *   a hint how to go on; what was done is in the journal
 */
export async function startJob(
  job: Job,
  files: JobFiles,
  around: Surroundings,
  options: StartOptions,
): Promise<Report> {
  const steps = await openSteps(files.journal, planRows(job.counts), around.clock);
  const openMeter = () => createMeter(around.progress, around.clock, endedRows(steps));
  let meter = openMeter();
  const run = createRun(job, files, steps, around, options, () =>
    meter(endedRows(steps), workRows(job.counts), () => endingsOf(steps)),
  );
  try {
    if (options.resumed && leftRows(run) > 0) await refuseMoved(run);
    if (options.canary > 0) await runCanary(run, () => around.progress(undefined), options);
    // The time that a person took to answer says nothing of the pace.
    meter = openMeter();
    await applyRows(run, rowsAt(files, steps, "planned"));
    await settleRows(run);
    await steps.flush();
  } catch (thrown) {
    run.stop(asSipnavError(thrown));
  } finally {
    around.progress(undefined);
    await steps.close();
  }
  const stop = stopOf(run);
  const report = await readReport(files, job);
  const saved = saveReport(files, report);
  if (stop === undefined) {
    await saved;
    return report;
  }
  // What stopped the run may be a full disk.
  await saved.catch(() => undefined);
  const left = report.counts.planned + report.counts.unknown;
  const hint = `${left.toLocaleString("en")} rows are left. Go on with: sipnav jobs resume ${job.id}`;
  const first = stop.kind === "unauthenticated" || stop.kind === "config" ? stop.facts.hint : undefined;
  throw new SipnavError(stop.kind, stop.message, {
    ...stop.facts,
    job: job.id,
    hint: first === undefined ? hint : `${first}\n${hint}`,
  });
}

function createRun(
  job: Job,
  files: JobFiles,
  steps: Steps,
  around: Surroundings,
  options: RunOptions,
  onStep: () => void,
): Run {
  const { clock, signal, waitMsMax } = around;
  let stopped: SipnavError | undefined;
  return {
    ...around,
    job,
    files,
    steps,
    failedBefore: steps.count("failed"),
    options,
    patience: createPatience(clock, signal, {
      outageMsMax: waitMsMax ?? limits.outageMsMax,
      rateWaitMsMax: waitMsMax ?? limits.retryWaitMsMax,
    }),
    onStep,
    stop(reason) {
      stopped ??= reason;
    },
    get stopped() {
      return stopped;
    },
  };
}

const endings = ["ok", "failed", "unknown"] as const;

const endingsOf = (steps: Steps) => endings.map((step) => [step, steps.count(step)] as const);

/** Those without an answer have not ended: they are looked up. */
const endedRows = (steps: Steps) => steps.count("ok") + steps.count("failed");

/** A creation of what somebody else has made meanwhile would be a double: such rows fail. */
async function refuseMoved(run: Run): Promise<void> {
  const { files, steps } = run;
  const existing = await fetchWhole(run, run.signal);
  for await (const row of rowsAt(files, steps, "planned")) {
    const [id] = row.action === "create" ? existing.idsOf(row.key) : [];
    if (id === undefined) continue;
    const message = `It was made by somebody else since this was planned: ${run.calls.noun.name} ${id}.`;
    steps.note(row.row, "failed", { kind: "stale", message });
  }
}

async function runCanary(run: Run, endProgress: () => void, { canary, goOn }: StartOptions): Promise<void> {
  const { files, steps } = run;
  await applyRows(run, firstRows(rowsAt(files, steps, "planned"), canary));
  await settleRows(run);
  await steps.flush();
  if (!isOpen(run)) return;
  const applied = await checkCanary(run);
  endProgress();
  if (leftRows(run) > 0) await goOn(applied, leftRows(run));
}

function stopOf(run: Run): SipnavError | undefined {
  const { signal, stopped, steps, options, failedBefore } = run;
  if (stopped !== undefined) return stopped;
  if (signal.aborted && leftRows(run) + steps.count("unknown") > 0) return signal.reason as SipnavError;
  const failed = steps.count("failed") - failedBefore;
  if (failed < options.stopAfterErrors || leftRows(run) === 0) return undefined;
  return new SipnavError("partial", `${failed} rows failed, and the run stopped (--stop-after-errors).`);
}
