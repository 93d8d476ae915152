import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import type { Noun } from "../../domain/noun.ts";
import { makeJobFolder, removeFolder } from "../../host/jobfolder.ts";
import { writeLines } from "../../host/lines.ts";
import { type Job, type JobFiles, jobFiles, jobsFolder, type PlanCounts, workRows } from "./job.ts";
import { shownKey } from "./keys.ts";
import type { PlanRow } from "./plan.ts";
import { sweepLeftovers } from "./store.ts";

/** Makes plan rows and hands them on, one after the other. */
export type Fill = (take: TakeRow) => Promise<void>;

/** Takes a plan row; the next one waits for it. */
export type TakeRow = (row: PlanRow) => Promise<void> | void;

/** Hands plan rows on, counts them, and keeps the first of those that are not unchanged. */
export async function viewPlan(fill: Fill, take?: TakeRow) {
  const rows: PlanRow[] = [];
  const counts = { create: 0, update: 0, disable: 0, unchanged: 0, refused: 0 };
  await fill((row) => {
    counts[row.action] += 1;
    if (row.action !== "unchanged" && rows.length < limits.planRowsShownMax) rows.push(row);
    return take?.(row);
  });
  return { counts, rows };
}

/** A plan on the disk, with a place for its job; it is no job before that is saved. */
export interface Spool {
  readonly id: string;
  readonly files: JobFiles;
  readonly counts: PlanCounts;
  readonly rows: readonly PlanRow[];
}

/** Writes a plan to a new job's folder. Leaves nothing behind when it fails. @throws config */
export async function spoolPlan(state: string, nowMs: number, fill: Fill): Promise<Spool> {
  await sweepLeftovers(state, nowMs);
  const id = await makeJobFolder(jobsFolder(state), nowMs);
  const files = jobFiles(state, id);
  const file = await writeLines(files.plan);
  try {
    const view = await viewPlan(fill, (row) => file.write(JSON.stringify(row)));
    await file.close();
    return { id, files, ...view };
  } catch (thrown) {
    await file.abandon();
    await dropSpool(files);
    throw thrown;
  }
}

/** Forgets a plan that did not become a job. */
export const dropSpool = (files: JobFiles): Promise<void> => removeFolder(files.folder);

/** "Create 9,812 accounts, update 14, leave 174 unchanged (about 16 min at 600 requests a minute)?" */
export function questionOf({ name, plural }: Noun, counts: PlanCounts, duration: string | undefined): string {
  const parts = [
    ["create", counts.create, ""],
    ["update", counts.update, ""],
    ["disable", counts.disable, ""],
    ["leave", counts.unchanged, " unchanged"],
    ["refuse", counts.refused, ""],
  ] as const;
  const said = parts.filter(([, count]) => count > 0);
  const text = said
    .map(
      ([verb, count, rest], index) =>
        `${verb} ${count.toLocaleString("en")}${index === 0 ? ` ${count === 1 ? name : plural}` : ""}${rest}`,
    )
    .join(", ");
  const aside = duration === undefined ? "" : ` (${duration})`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${aside}?`;
}

/** The error that a plan with refused rows and nothing else to do ends with. */
export function refusedError({ rows, counts }: Pick<Spool, "rows" | "counts">): SipnavError | undefined {
  const { refused, unchanged } = counts;
  if (refused === 0 || workRows(counts) > 0) return undefined;
  const kinds = new Set(rows.map(({ reason }) => reason?.kind));
  const [kind] = kinds;
  const isOne = kinds.size === 1 && unchanged === 0;
  const number = (value: number) => value.toLocaleString("en");
  const message =
    unchanged === 0
      ? `All ${number(refused)} rows were refused.`
      : `${number(refused)} of ${number(refused + unchanged)} rows were refused, and the others are as wanted already.`;
  const details = rows.map(({ line, key, id, reason }) => ({
    row: line,
    message: [shownKey(key) || id, reason?.message].filter(Boolean).join(": "),
  }));
  return new SipnavError(isOne && kind ? kind : "partial", message, { details });
}

/** A job without what only its spool knows. */
export type JobFacts = Omit<Job, "id" | "counts" | "created_at">;
