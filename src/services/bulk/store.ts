import { dirname, join } from "node:path";
import { asSipnavError, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { isRecord } from "../../core/record.ts";
import { readPrivate, writePrivate } from "../../host/files.ts";
import { listNames, listNamesBefore, removeFolder } from "../../host/jobfolder.ts";
import { readJournal } from "../../host/journal.ts";
import { inputsFolder, type Job, type JobFiles, jobFiles, jobsFolder } from "./job.ts";
import { isWork, type PlanRow } from "./plan.ts";
import type { Step } from "./steps.ts";

/** Writes a job down; its plan must be complete by now, for this is what makes it a job. @throws config */
export const saveJob = (files: JobFiles, job: Job): Promise<void> =>
  writePrivate(files.job, `${JSON.stringify(job, null, 2)}\n`);

/** @throws not_found; config for a damaged file, naming it */
export async function loadJob(state: string, id: string): Promise<Job> {
  const job = /^[\w-]+$/.test(id) ? await readJob(jobFiles(state, id).job) : undefined;
  if (job !== undefined) return job;
  throw new SipnavError("not_found", `There is no job ${id}.`, { hint: "See them all: sipnav jobs list" });
}

/**
 * Every job, the newest first. A folder without its job file is what a crash left of a plan.
 * @param notice hears of a job whose file is damaged, which keeps nobody from the others
 */
export async function listJobs(state: string, notice: (text: string) => void): Promise<Job[]> {
  const jobs: Job[] = [];
  for (const name of (await listNames(jobsFolder(state))).reverse()) {
    const job = await readJob(jobFiles(state, name).job).catch((thrown) =>
      notice(asSipnavError(thrown).message),
    );
    if (job) jobs.push(job);
  }
  return jobs;
}

/** Removes what crashes left of plans and of standard input a day ago: they hold the rows of sheets. @throws config */
export async function sweepLeftovers(state: string, nowMs: number): Promise<void> {
  const beforeMs = nowMs - limits.leftoverMsMax;
  for (const parent of [jobsFolder(state), inputsFolder(state)]) {
    for (const name of await listNamesBefore(parent, beforeMs)) {
      const folder = join(parent, name);
      const isJob = (await readPrivate(join(folder, "job.json"), () => undefined)) !== undefined;
      if (!isJob) await removeFolder(folder);
    }
  }
}

async function readJob(path: string): Promise<Job | undefined> {
  const text = await readPrivate(path, () => undefined);
  if (text === undefined) return undefined;
  const job = parse(text);
  if (isJob(job)) return job;
  throw new SipnavError("config", `${path} is damaged: it describes no job.`, {
    hint: `What the job did stands beside it. Mend it, or move the folder away: ${dirname(path)}`,
  });
}

const texts = ["id", "kind", "noun", "created_at", "profile", "origin", "mode"];
const parts = ["source", "headers", "mapping", "counts"];

function isJob(content: unknown): content is Job {
  if (!isRecord(content)) return false;
  const hasTexts = texts.every((name) => typeof content[name] === "string");
  return hasTexts && parts.every((name) => typeof content[name] === "object" && content[name] !== null);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * How a job stood when it was last run to an end or stopped; undefined when it was killed, or runs now. A damaged one
 * is as good as none: all that it tells stands in the plan and the journal.
 */
export async function readSummary(files: JobFiles): Promise<Summary | undefined> {
  const text = await readPrivate(files.report, () => undefined);
  const summary = parse(text ?? "");
  return isRecord(summary) && isRecord(summary.counts) ? (summary as unknown as Summary) : undefined;
}

/** What stands in a job's report. */
export interface Summary {
  readonly counts: { readonly [S in Step]: number };
  readonly misses_total: number;
}

/** The rows of a job that there is work for, and that are at this step. @throws config */
export async function* rowsAt(
  files: JobFiles,
  steps: { of(row: number): Step },
  wanted: Step,
): AsyncGenerator<PlanRow> {
  for await (const row of readJournal<PlanRow>(files.plan)) {
    if (isWork(row) && steps.of(row.row) === wanted) yield row;
  }
}
