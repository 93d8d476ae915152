import { textField, unionOf } from "../../domain/columns.ts";
import { id, integer, textOf } from "../../domain/kinds.ts";
import type { Field, Row } from "../../domain/noun.ts";
import type { Outcome } from "../../services/bulk/carry.ts";
import { workRows } from "../../services/bulk/job.ts";
import { shownKey } from "../../services/bulk/keys.ts";
import type { PlanRow } from "../../services/bulk/plan.ts";
import type { Report } from "../../services/bulk/report.ts";
import type { Block } from "../../view/blocks.ts";

const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const countFields = [
  "create",
  "update",
  "disable",
  "unchanged",
  "refused",
  "ok",
  "failed",
  "unknown",
  "left",
];

/** The same for a plan and a report, so that a program need not tell them apart. */
export const summaryFields: readonly Field[] = [
  textField("job", "Job", 1),
  textField("file", "File", 1),
  ...countFields.map((name) => textField(name, name === "ok" ? "Done" : title(name), 1)),
];

/** A plan or a report as blocks: a summary, then the rows that a person should look at. */
export function viewOutcome(outcome: Outcome): readonly Block[] {
  if ("report" in outcome) return viewReport(outcome.report);
  const { file, plan } = outcome;
  const row = { job: null, file, ...plan.counts, ok: 0, failed: 0, unknown: 0, left: workRows(plan.counts) };
  return [
    { kind: "record", fields: summaryFields, row },
    { kind: "table", fields: planFields, rows: plan.rows.map(planRowOf), idField: "id" },
  ];
}

const lineField: Field = { name: "line", label: "Line", kind: integer(), priority: 1 };

const planFields: readonly Field[] = [
  lineField,
  textField("action", "Action", 1),
  { name: "id", label: "ID", kind: id, priority: 3 },
  textField("what", "What", 1),
  textField("changes", "Changes", 2),
  textField("before", "Before"),
  textField("after", "After"),
  textField("reason", "Reason", 2),
];

function planRowOf({ line, action, id: known, key, before, after, reason }: PlanRow): Row {
  const shown = (row: Row | undefined, name: string) => textOf(row?.[name]) || "(none)";
  const changes =
    before === undefined
      ? Object.keys(after ?? {}).map((name) => `${name}: ${shown(after, name)}`)
      : Object.keys(before).map((name) => `${name}: ${shown(before, name)} → ${shown(after, name)}`);
  return {
    line,
    action,
    id: known ?? null,
    what: shownKey(key) || null,
    changes: changes.join("; ") || null,
    before: before ?? null,
    after: after ?? null,
    reason: reason?.message ?? null,
  };
}

function viewReport({ job, counts, misses, rows: all }: Report): readonly Block[] {
  const { planned: left, ok, failed, unknown } = counts;
  const row = { job: job.id, file: job.source.file, ...job.counts, ok, failed, unknown, left };
  const rows = (all ?? misses).map((state): Row => ({ ...state }));
  return [
    { kind: "record", fields: summaryFields, row, idField: "job" },
    {
      kind: "table",
      fields: stateFields,
      rows,
      idField: "line",
      none: "No row was refused, and none failed.",
    },
  ];
}

const stateFields: readonly Field[] = [
  lineField,
  textField("what", "What", 2),
  textField("action", "Action", 4),
  textField("step", "Outcome", 1),
  { name: "id", label: "ID", kind: id, priority: 4 },
  textField("code", "Code", 3),
  textField("message", "Message", 1),
];

/** All that an outcome's blocks can have. */
export const outcomeFields = unionOf(summaryFields, planFields, stateFields);
