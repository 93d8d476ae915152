import { join } from "node:path";
import { SipnavError } from "../../core/errors.ts";
import type { NounName } from "../../domain/noun.ts";
import type { Profile } from "../profiles.ts";
import { originOf } from "../session/record.ts";
import type { Mapping } from "./columns.ts";
import type { Action, Mode } from "./plan.ts";

/** How many rows of a plan there are of each sort. */
export type PlanCounts = { readonly [A in Action]: number };

/** The rows of a plan. */
export const planRows = (counts: PlanCounts): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The rows that there is something to send for. */
export const workRows = ({ create, update, disable }: PlanCounts): number => create + update + disable;

/** Which platform a job belongs to. */
export interface Place {
  readonly profile: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly platform_id: string | null;
}

/** A run of writes: what it is, and where; its plan and its journal stand beside it. */
export interface Job extends Place {
  readonly id: string;
  readonly kind: "import" | "undo";
  readonly noun: NounName;
  /** ISO 8601. */
  readonly created_at: string;
  /** The sheet, or the job that is undone. */
  readonly source: {
    readonly file: string;
    readonly format: "csv" | "xlsx";
    readonly sha256: string;
    /** Of a CSV file. */
    readonly delimiter?: string;
  };
  /** The sheet's headers, as found. */
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  readonly mode: Mode;
  readonly counts: PlanCounts;
}

/** Where a profile's platform is, for jobs. */
export const placeOf = ({ name, baseUrl, platformId }: Profile): Place => ({
  profile: name,
  origin: originOf(baseUrl),
  platform_id: platformId ?? null,
});

/** @throws conflict when a job belongs to another profile or platform */
export function requirePlace(job: Place & { readonly id: string }, place: Place): void {
  for (const name of ["profile", "origin", "platform_id"] as const) {
    if (job[name] === place[name]) continue;
    const message = `Job ${job.id} belongs to ${name.replace("_", " ")} ${job[name] ?? "(none)"}, not to ${place[name] ?? "(none)"}.`;
    throw new SipnavError("conflict", message, { hint: `Give --profile ${job.profile}.` });
  }
}

/** Where the files of a job are. */
export interface JobFiles {
  readonly folder: string;
  readonly job: string;
  readonly plan: string;
  readonly journal: string;
  readonly report: string;
}

/** The folder of all jobs. */
export const jobsFolder = (state: string): string => join(state, "jobs");

/** Where standard input, or a pipe, is set aside while it is imported, and as what. */
export const inputsFolder = (state: string): string => join(state, "inputs");
export const standardInput = "standard-input.csv";

/** The files of one job. */
export function jobFiles(state: string, id: string): JobFiles {
  const folder = join(jobsFolder(state), id);
  const file = (name: string) => join(folder, name);
  return {
    folder,
    job: file("job.json"),
    plan: file("plan.ndjson"),
    journal: file("journal.ndjson"),
    report: file("report.json"),
  };
}
