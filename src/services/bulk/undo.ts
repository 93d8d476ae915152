import type { Zone } from "../../core/time.ts";
import type { Noun, Row } from "../../domain/noun.ts";
import { readJournal } from "../../host/journal.ts";
import type { NounCalls } from "../calls.ts";
import type { WireFields } from "../objects.ts";
import type { Existing } from "./existing.ts";
import type { JobFiles } from "./job.ts";
import { differing, type PlanRow } from "./plan.ts";
import { readOutcomes } from "./steps.ts";

/**
 * The rows that take back what a job did: updates get their old values, and what was created is disabled, for the
 * platform knows no deletion. A row that was changed again since is refused.
 */
export async function* planUndo(
  files: JobFiles,
  { calls, zone }: { calls: NounCalls; zone: Zone },
  existing: Existing,
): AsyncGenerator<PlanRow> {
  const outcomes = await readOutcomes(files.journal);
  let row = 0;
  for await (const done of readJournal<PlanRow>(files.plan)) {
    const { step, id } = outcomes.get(done.row) ?? {};
    if (step !== "ok" || id === undefined) continue;
    row += 1;
    yield { ...inverse(calls, zone, done, id, existing.valuesOf(id)), row };
  }
}

function inverse(calls: NounCalls, zone: Zone, done: PlanRow, id: string, known: Row | undefined): PlanRow {
  const { noun } = calls;
  const { row, line, key, cells, before = {}, after = {} } = done;
  const start = { row, line, key, id, cells, fields: {} };
  const refuse = (message: string): PlanRow => ({
    ...start,
    action: "refused",
    reason: { kind: "stale", message },
  });
  if (known === undefined) return refuse(`The platform has no ${noun.name} ${id} any more.`);
  if (done.action === "disable") return refuse("The platform can't enable it again.");
  const isUpdate = done.action === "update";
  const goal: Row = isUpdate ? before : { enabled: false };
  if (differing(noun, goal, known).length === 0) return { ...start, action: "unchanged", cells: [] };
  const [moved] = differing(noun, after, known);
  if (moved !== undefined) return refuse(`${moved} of ${noun.name} ${id} was changed since.`);
  if (!isUpdate && calls.disable)
    return { ...start, action: "disable", before: { enabled: true }, after: goal };
  const names = Object.keys(goal);
  return {
    ...start,
    action: "update",
    fields: wireFields(noun, zone, goal),
    before: Object.fromEntries(names.map((name) => [name, known[name] ?? null])),
    after: goal,
  };
}

/** Values in the form of our JSON in the platform's spelling. */
function wireFields({ fields }: Noun, zone: Zone, row: Row): WireFields {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      if (!(name in row)) return [];
      const value = row[name] ?? null;
      return [[name, value === null ? null : kind.toWire(value, zone)]];
    }),
  );
}
