import { file, integer, present, text, time } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import type { Outcome } from "../services/bulk/carry.ts";
import { type JobFiles, jobFiles } from "../services/bulk/job.ts";
import type { RowState } from "../services/bulk/report.ts";
import { nounCalls } from "../services/calls.ts";
import type { Context } from "./context.ts";
import { defineCommand } from "./define.ts";
import { carrierOf, endWith, jobPlace, runParameters, startOptions } from "./verbs/bulk.ts";
import { outcomeFields, viewOutcome } from "./verbs/outcome.ts";

const job = {
  kind: { ...text, hint: "id" },
  summary: "The job's id",
  positional: true,
  required: true,
  refersTo: "job",
} as const;

/** The fields of a list of jobs. */
export const jobFields: readonly Field[] = [
  { name: "job", label: "Job", kind: text, priority: 1 },
  { name: "created_at", label: "Created", kind: time, priority: 4 },
  { name: "state", label: "State", kind: text, priority: 1 },
  { name: "kind", label: "Kind", kind: text, priority: 3 },
  { name: "noun", label: "Of", kind: text, priority: 4 },
  { name: "file", label: "File", kind: text, priority: 2 },
  { name: "profile", label: "Profile", kind: text, priority: 5 },
  { name: "ok", label: "Done", kind: integer(), priority: 3 },
  { name: "not_done", label: "Not done", kind: integer(), priority: 3 },
  { name: "left", label: "Left", kind: integer(), priority: 3 },
];

/** `jobs …` */
export const jobCommands = [
  defineCommand({
    path: ["jobs", "list"],
    summary: "List the imports and undos that were begun, the newest first",
    group: "platform",
    effect: "read",
    session: false,
    parameters: {},
    fields: jobFields,
    examples: ["sipnav jobs list"],
    run: (context) => listedJobs(context),
    view: (rows) => [{ kind: "table", fields: jobFields, rows, idField: "job" }],
  }),
  defineCommand({
    path: ["jobs", "show"],
    summary: "Show how far a job is, and what became of its rows",
    group: "platform",
    effect: "read",
    session: false,
    parameters: {
      job,
      rows: { kind: present, summary: "Every row, and not only those that were not done" },
    },
    fields: outcomeFields,
    examples: [
      "sipnav jobs show 20260131-130502123-3fa9",
      "sipnav jobs show 20260131-130502123-3fa9 --rows --json",
    ],
    async run({ host }, values): Promise<Outcome> {
      const { loadJob, readReport, readStates } = await jobServices();
      const { state } = host.folders;
      const found = await loadJob(state, values.job);
      const files = jobFiles(state, found.id);
      const report = await readReport(files, found);
      if (!values.rows) return { report };
      const rows: RowState[] = [];
      for await (const one of readStates(files)) rows.push(one.state);
      return { report: { ...report, rows } };
    },
    view: viewOutcome,
  }),
  defineCommand({
    path: ["jobs", "resume"],
    summary: "Go on with a job: send what is left, look up what was not answered",
    group: "platform",
    effect: "write",
    session: true,
    parameters: { job, ...runParameters },
    fields: outcomeFields,
    examples: ["sipnav jobs resume 20260131-130502123-3fa9"],
    async run(context, values): Promise<Outcome> {
      const { loadJob, resumeJob } = await jobServices();
      const found = await loadJob(context.host.folders.state, values.job);
      const carrier = await carrierOf(context, nounCalls[found.noun]);
      const options = startOptions(context, values);
      return endWith(context, await resumeJob(carrier, found, await jobPlace(context), options));
    },
    view: viewOutcome,
  }),
  defineCommand({
    path: ["jobs", "apply"],
    summary: "Apply a plan that an import wrote with --plan-out",
    group: "platform",
    effect: "write",
    session: true,
    parameters: {
      plan: { kind: file, summary: "The plan's file", positional: true, required: true },
      rebase: { kind: present, summary: "Plan anew what the platform has changed since" },
      ...runParameters,
    },
    fields: outcomeFields,
    examples: ["sipnav jobs apply plan.json", "sipnav jobs apply plan.json --rebase --yes"],
    async run(context, values): Promise<Outcome> {
      const { applyPlan, readPlanFile } = await jobServices();
      const plan = await readPlanFile(values.plan);
      const carrier = await carrierOf(context, nounCalls[plan.noun]);
      const order = { plan, place: await jobPlace(context), rebase: values.rebase ?? false };
      return endWith(context, await applyPlan(carrier, values.plan, order, startOptions(context, values)));
    },
    view: viewOutcome,
  }),
  defineCommand({
    path: ["jobs", "undo"],
    summary: "Take back what a job did: old values again, and what was created disabled",
    group: "platform",
    effect: "write",
    session: true,
    parameters: { job, ...runParameters },
    fields: outcomeFields,
    examples: ["sipnav jobs undo 20260131-130502123-3fa9"],
    async run(context, values): Promise<Outcome> {
      const { loadJob, undoJob } = await jobServices();
      const found = await loadJob(context.host.folders.state, values.job);
      const carrier = await carrierOf(context, nounCalls[found.noun]);
      if (found.counts.create > 0) {
        context.face.notice("The platform knows no deletion: what the job created is disabled.");
      }
      const options = startOptions(context, values);
      return endWith(context, await undoJob(carrier, found, await jobPlace(context), options));
    },
    view: viewOutcome,
  }),
  defineCommand({
    path: ["jobs", "rejects"],
    summary: "Write the rows that were not done as a sheet that can be imported again",
    group: "platform",
    effect: "read",
    session: false,
    parameters: {
      job,
      file: { kind: file, summary: "Where to; without it the rows are the result", positional: true },
    },
    examples: ["sipnav jobs rejects 20260131-130502123-3fa9 rejects.csv"],
    async run({ host, face }, values) {
      const { loadJob, rejectColumns, rejectedRows, writeRejects } = await jobServices();
      const { state } = host.folders;
      const found = await loadJob(state, values.job);
      const files = jobFiles(state, found.id);
      if ((await readEnd(files)).left !== 0) {
        face.notice(`The job is unfinished, and more may follow. To go on: sipnav jobs resume ${found.id}`);
      }
      if (values.file === undefined) {
        return { names: rejectColumns(found), rows: await rejectedRows(files, found) };
      }
      const rows = await writeRejects(values.file, files, found);
      return { job: found.id, of: nounCalls[found.noun].noun.plural, file: values.file, rows };
    },
    view: (result) =>
      result.names !== undefined
        ? [rejectTable(result)]
        : [{ kind: "record", fields: rejectFileFields, row: result, idField: "file" }],
  }),
];

/** A file of rejects that was written. */
export const rejectFileFields: readonly Field[] = [
  { name: "rows", label: "Rows", kind: integer(), priority: 1 },
  { name: "file", label: "Written to", kind: text, priority: 1 },
  { name: "of", label: "Of", kind: text, priority: 1 },
  { name: "job", label: "Of job", kind: text, priority: 1 },
];

function rejectTable({ names, rows }: { names: readonly string[]; rows: readonly Row[] }) {
  const fields = names.map((name): Field => ({ name, label: name, kind: text, priority: 1 }));
  return { kind: "table", fields, rows, idField: names[0] ?? "" } as const;
}

/** What jobs need is loaded with the first command that needs it. */
async function jobServices() {
  const [store, report, resume, planfile, rejects] = await Promise.all([
    import("../services/bulk/store.ts"),
    import("../services/bulk/report.ts"),
    import("../services/bulk/resume.ts"),
    import("../services/bulk/planfile.ts"),
    import("../services/bulk/rejects.ts"),
  ]);
  return { ...store, ...report, ...resume, ...planfile, ...rejects };
}

async function listedJobs({ host, face }: Context): Promise<Row[]> {
  const { listJobs } = await jobServices();
  const { state } = host.folders;
  const rows: Row[] = [];
  for (const { id, counts, source, created_at, kind, noun, profile } of await listJobs(state, face.notice)) {
    const { summary, left } = await readEnd(jobFiles(state, id));
    rows.push({
      job: id,
      created_at,
      state: left === 0 ? (summary?.misses_total === 0 ? "done" : "partial") : "unfinished",
      kind,
      noun,
      file: source.file,
      profile,
      ok: summary?.counts.ok ?? null,
      not_done: summary?.misses_total ?? null,
      left: left ?? null,
      ...counts,
    });
  }
  return rows;
}

/** How a job's last run ended, and how many rows are left; undefined where none came to its end. */
async function readEnd(files: JobFiles) {
  const { readSummary } = await jobServices();
  const summary = await readSummary(files);
  return { summary, left: summary && summary.counts.planned + summary.counts.unknown };
}
