import { type ErrorKind, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { writePrivate } from "../../host/files.ts";
import { readJournal } from "../../host/journal.ts";
import { type Job, type JobFiles, planRows } from "./job.ts";
import { shownKey } from "./keys.ts";
import type { Action, PlanRow } from "./plan.ts";
import { type Entry, readOutcomes, type Step, steps as stepNames } from "./steps.ts";

/** What became of a row. */
export interface RowState {
  readonly line: number;
  readonly what: string;
  readonly action: Action;
  readonly step: Step | "refused" | "unchanged";
  /** The object's, where it is known. */
  readonly id: string | null;
  /** Why it was not done, or may not have been. */
  readonly code: ErrorKind | null;
  readonly message: string | null;
}

/** How a job stands. */
export interface Report {
  readonly job: Job;
  /** Of the rows that there is work for: how many are at each step. */
  readonly counts: { readonly [S in Step]: number };
  /** The first rows that failed, are unknown, or were refused. */
  readonly misses: readonly RowState[];
  readonly missesTotal: number;
  /** Why they failed, by kind. */
  readonly kinds: ReadonlyMap<ErrorKind, number>;
  /** Every row, where that was asked for. */
  readonly rows?: readonly RowState[];
}

const unknownMessage = "No answer came, and it could not be found out whether it was done.";

/** Every row of a job, in the order of the sheet, as it stands in the files. @throws config */
export async function* readStates(files: JobFiles): AsyncGenerator<{ row: PlanRow; state: RowState }> {
  const outcomes = await readOutcomes(files.journal);
  for await (const row of readJournal<PlanRow>(files.plan)) {
    yield { row, state: stateOf(row, outcomes.get(row.row)) };
  }
}

/** Those of them that were not done, or may not have been. @throws config */
export async function* readMisses(files: JobFiles): AsyncGenerator<{ row: PlanRow; state: RowState }> {
  for await (const one of readStates(files)) if (isMiss(one.state)) yield one;
}

const isMiss = ({ step }: RowState) => step === "failed" || step === "unknown" || step === "refused";

function stateOf({ line, key, id, action, reason }: PlanRow, entry: Entry | undefined): RowState {
  const what = shownKey(key) || (id ?? "");
  const start = { line, what, action, id: entry?.id ?? id ?? null, code: null, message: null };
  if (action === "unchanged") return { ...start, step: action };
  if (action === "refused")
    return { ...start, step: action, code: reason?.kind ?? "validation", message: reason?.message ?? "" };
  const { kind, step = "planned", message } = entry ?? {};
  if (step === "failed") return { ...start, step, code: kind ?? "rejected", message: message ?? "" };
  if (step === "unknown" || step === "sent")
    return { ...start, step: "unknown", code: kind ?? "network", message: message ?? unknownMessage };
  return { ...start, step };
}

/** Reads how a job stands from its files. @throws config */
export async function readReport(files: JobFiles, job: Job): Promise<Report> {
  const counts = Object.fromEntries(stepNames.map((name) => [name, 0])) as Record<Step, number>;
  const misses: RowState[] = [];
  const kinds = new Map<ErrorKind, number>();
  let missesTotal = 0;
  let rows = 0;
  for await (const { state } of readStates(files)) {
    rows += 1;
    const { step, code } = state;
    if (step !== "refused" && step !== "unchanged") counts[step] += 1;
    if (code === null) continue;
    missesTotal += 1;
    kinds.set(code, (kinds.get(code) ?? 0) + 1);
    if (misses.length < limits.planRowsShownMax) misses.push(state);
  }
  const planned = planRows(job.counts);
  if (rows === planned) return { job, counts, misses, missesTotal, kinds };
  throw new SipnavError("config", `${files.plan} is damaged: it has ${rows} of ${planned} rows.`, {
    hint: "Import the sheet again: rows that were done are found on the platform and left alone.",
  });
}

/** Writes a report down beside the plan and the journal. @throws config */
export async function saveReport(files: JobFiles, report: Report): Promise<void> {
  const { job, counts, misses, missesTotal } = report;
  const text = JSON.stringify({ job: job.id, counts, misses_total: missesTotal, misses }, null, 2);
  await writePrivate(files.report, `${text}\n`);
}

/** The error that a report with misses ends a command with; undefined when everything was done. */
export function missesError({ job, counts, missesTotal, kinds }: Report): SipnavError | undefined {
  if (missesTotal === 0) return undefined;
  const done = counts.ok + job.counts.unchanged;
  const [kind] = kinds.keys();
  const isOne = kinds.size === 1 && done + counts.unknown + counts.planned === 0;
  const hint =
    counts.unknown > 0
      ? `Look the unknown ones up again: sipnav jobs resume ${job.id}`
      : `Write them to a file: sipnav jobs rejects ${job.id} rejects.${job.source.format}`;
  const message = `${missesTotal.toLocaleString("en")} of ${planRows(job.counts).toLocaleString("en")} rows were not done.`;
  return new SipnavError(isOne && kind ? kind : "partial", message, { hint, job: job.id });
}
