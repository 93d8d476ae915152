import { type ErrorDetail, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { textOf } from "../../domain/kinds.ts";
import { type Carrier, carryOut, type Outcome, withNoun } from "./carry.ts";
import { fetchWhole } from "./existing.ts";
import { type Job, jobFiles, type Place, requirePlace } from "./job.ts";
import { shownKey } from "./keys.ts";
import { requestsLeft, tellOutlook } from "./outlook.ts";
import { createPlanner, type PlanRow } from "./plan.ts";
import { type Plan, readPlanRows } from "./planfile.ts";
import type { Fill } from "./prepare.ts";
import { readReport } from "./report.ts";
import { type StartOptions, startJob } from "./start.ts";
import { planUndo } from "./undo.ts";

/** Goes on with a job: what was not sent is sent, what was not answered is looked up. @throws conflict, locked */
export async function resumeJob(
  carrier: Carrier,
  job: Job,
  place: Place,
  options: StartOptions,
): Promise<Outcome> {
  requirePlace(job, place);
  const files = jobFiles(carrier.state, job.id);
  return withNoun(carrier.state, place, carrier.calls.noun, async () => {
    const { counts } = await readReport(files, job);
    const rowsLeft = counts.planned + counts.unknown;
    await tellOutlook(carrier, requestsLeft(job.counts, rowsLeft), options.concurrency);
    return { report: await startJob(job, files, carrier, { ...options, resumed: true }) };
  });
}

/**
 * Applies a plan that was written to a file, as a new job.
 * @param rebase plans the rows anew where the platform has moved
 * @throws stale naming the rows that do not fit the platform any more, conflict for another platform
 */
export async function applyPlan(
  carrier: Carrier,
  path: string,
  { plan, place, rebase }: { plan: Plan; place: Place; rebase: boolean },
  options: StartOptions,
): Promise<Outcome> {
  requirePlace({ ...plan, id: path }, place);
  const { calls, zone, state, signal } = carrier;
  const { counts, created_at, ...facts } = plan;
  return withNoun(state, place, calls.noun, async () => {
    const existing = await fetchWhole(carrier, signal);
    const anew = createPlanner(calls.noun, zone, existing, plan.mode);
    const moved: ErrorDetail[] = [];
    const fill: Fill = async (take) => {
      for await (const row of readPlanRows(path)) {
        const { line, id, key, fields, reason } = row;
        const wrong = reason?.kind === "validation" ? reason.message : undefined;
        const fresh = anew({ line, id, key, fields, wrong }, row.cells);
        if (!rebase && !isAsPlanned(row, fresh) && moved.length < limits.problemsKeptMax) {
          moved.push({ row: row.line, message: `${shownKey(row.key) || row.id}: ${moveOf(row, fresh)}` });
        }
        await take(fresh);
      }
      if (moved.length === 0) return;
      throw new SipnavError("stale", `The platform has moved since ${path} was made; nothing was sent.`, {
        details: moved,
        hint: "Plan these rows anew with --rebase.",
      });
    };
    return carryOut(carrier, facts, fill, options);
  });
}

/** Takes back what a job did, as a job of its own. @throws conflict for another platform */
export async function undoJob(
  carrier: Carrier,
  job: Job,
  place: Place,
  options: StartOptions,
): Promise<Outcome> {
  requirePlace(job, place);
  const { calls, state, signal } = carrier;
  const { id, counts, created_at, ...facts } = job;
  return withNoun(state, place, calls.noun, async () => {
    const existing = await fetchWhole(carrier, signal);
    const rows = planUndo(jobFiles(state, id), carrier, existing);
    const fill: Fill = async (take) => {
      for await (const row of rows) await take(row);
    };
    return carryOut(carrier, { ...facts, kind: "undo", mapping: {}, mode: "update" }, fill, options);
  });
}

/** What makes a row another than was planned. */
function moveOf(row: PlanRow, fresh: PlanRow): string {
  if (row.action !== fresh.action) {
    const reason = fresh.reason === undefined ? "" : `: ${fresh.reason.message}`;
    return `${row.action} was planned, now it is ${fresh.action}${reason}`;
  }
  if (row.id !== fresh.id) return `it was ${row.id}, now it is ${fresh.id}`;
  const names = Object.keys({ ...row.before, ...fresh.before });
  const moved = names.filter((name) => textOf(row.before?.[name]) !== textOf(fresh.before?.[name]));
  return `${moved.join(", ")} was changed since`;
}

function isAsPlanned(row: PlanRow, fresh: PlanRow): boolean {
  return (
    row.action === fresh.action &&
    row.id === fresh.id &&
    JSON.stringify(row.before) === JSON.stringify(fresh.before)
  );
}
