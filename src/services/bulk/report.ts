import { type ErrorKind, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { writePrivate } from "../../host/files.ts";
import { readJournal } from "../../host/journal.ts";
import { type Job, type JobFiles, planRows } from "./job.ts";
import { shownKey } from "./keys.ts";
import { isWork, type PlanRow } from "./plan.ts";
import { readOutcomes, type Step, steps as stepNames } from "./steps.ts";

/** A row that was not done, or may not have been. */
export interface Miss {
  readonly line: number;
  readonly what: string;
  readonly action: string;
  readonly step: "failed" | "unknown" | "refused";
  readonly code: ErrorKind;
  readonly message: string;
}

/** How a job stands. */
export interface Report {
  readonly job: Job;
  /** Of the rows that there is work for: how many are at each step. */
  readonly counts: { readonly [S in Step]: number };
  /** The first rows that failed, are unknown, or were refused. */
  readonly misses: readonly Miss[];
  readonly missesTotal: number;
  /** Why they failed, by kind. */
  readonly kinds: ReadonlyMap<ErrorKind, number>;
}

const unknownMessage = "No answer came, and it could not be found out whether it was done.";

/** Every row of a job that was not done, as it stands in the files. @throws config */
export async function* readMisses(files: JobFiles): AsyncGenerator<{ row: PlanRow; miss: Miss }> {
  const outcomes = await readOutcomes(files.journal);
  for await (const row of readJournal<PlanRow>(files.plan)) {
    const { kind, step = "planned", message } = outcomes.get(row.row) ?? {};
    const start = { line: row.line, what: shownKey(row.key) || (row.id ?? ""), action: row.action };
    if (row.action === "refused" && row.reason) {
      const { kind: code, message: text } = row.reason;
      yield { row, miss: { ...start, step: "refused", code, message: text } };
    } else if (step === "failed") {
      yield { row, miss: { ...start, step, code: kind ?? "rejected", message: message ?? "" } };
    } else if (step === "unknown" || step === "sent") {
      yield {
        row,
        miss: { ...start, step: "unknown", code: kind ?? "network", message: message ?? unknownMessage },
      };
    }
  }
}

/** Reads how a job stands from its files. @throws config */
export async function readReport(files: JobFiles, job: Job): Promise<Report> {
  const outcomes = await readOutcomes(files.journal);
  const counts = Object.fromEntries(stepNames.map((name) => [name, 0])) as Record<Step, number>;
  for await (const row of readJournal<PlanRow>(files.plan)) {
    if (isWork(row)) counts[outcomes.get(row.row)?.step ?? "planned"] += 1;
  }
  counts.unknown += counts.sent;
  counts.sent = 0;
  const misses: Miss[] = [];
  const kinds = new Map<ErrorKind, number>();
  let missesTotal = 0;
  for await (const { miss } of readMisses(files)) {
    missesTotal += 1;
    kinds.set(miss.code, (kinds.get(miss.code) ?? 0) + 1);
    if (misses.length < limits.planRowsShownMax) misses.push(miss);
  }
  return { job, counts, misses, missesTotal, kinds };
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
