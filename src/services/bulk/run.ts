import type { Clock } from "../../core/clock.ts";
import type { SipnavError } from "../../core/errors.ts";
import type { Source } from "./existing.ts";
import { type Job, type JobFiles, planRows, workRows } from "./job.ts";
import type { Patience } from "./patience.ts";
import type { Steps } from "./steps.ts";

/** What a person may say about how a job is run. */
export interface RunOptions {
  readonly concurrency: number;
  readonly stopAfterErrors: number;
}

/** A job that is being run by this process. */
export interface Run extends Source {
  readonly job: Job;
  readonly files: JobFiles;
  readonly steps: Steps;
  /** Rows that failed in earlier runs of the job. */
  readonly failedBefore: number;
  readonly options: RunOptions;
  readonly clock: Clock;
  readonly patience: Patience;
  /** Aborted when nothing more is to be sent; a request that is on its way is finished. */
  readonly signal: AbortSignal;
  /** Hears that a row has come to an end. */
  onStep(): void;
  notice(text: string): void;
  /** Takes no new row from now on; the first reason stands. */
  stop(reason: SipnavError): void;
  readonly stopped: SipnavError | undefined;
}

/** The rows that something is still to be sent for; those of a plan that never were are at that step for good. */
export const leftRows = ({ job, steps }: Pick<Run, "job" | "steps">): number =>
  steps.count("planned") - planRows(job.counts) + workRows(job.counts);

/** Whether new rows are still taken. */
export const isOpen = ({ signal, stopped, steps, options, failedBefore }: Run): boolean =>
  !signal.aborted && stopped === undefined && steps.count("failed") - failedBefore < options.stopAfterErrors;
