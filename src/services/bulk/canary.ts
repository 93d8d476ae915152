import { SipnavError } from "../../core/errors.ts";
import { readJournal } from "../../host/journal.ts";
import { showObject } from "../objects.ts";
import { differing, isWork, type PlanRow, readFields, rowName } from "./plan.ts";
import type { Run } from "./run.ts";
import { readOutcomes } from "./steps.ts";

/** The first rows of many. */
export async function* firstRows(rows: AsyncIterable<PlanRow>, count: number): AsyncGenerator<PlanRow> {
  let left = count;
  for await (const row of rows) {
    if (left-- > 0) yield row;
    if (left <= 0) return;
  }
}

/**
 * Reads back every row that was applied so far, and holds it against what was sent.
 * @returns their number
 * @throws partial when one failed, is unknown, or is not as it was sent
 */
export async function checkCanary(run: Run): Promise<number> {
  const { calls, client, zone, files, steps } = run;
  const outcomes = await readOutcomes(files.journal);
  const problems: string[] = [];
  let applied = 0;
  for await (const row of readJournal<PlanRow>(files.plan)) {
    const step = steps.of(row.row);
    if (!isWork(row) || step === "planned") continue;
    applied += 1;
    const { id, message } = outcomes.get(row.row) ?? {};
    if (step !== "ok" || id === undefined) {
      problems.push(`${rowName(row)}: ${message ?? step}`);
      continue;
    }
    const now = await showObject(calls, client, zone, id);
    const wanted = row.action === "disable" ? { enabled: false } : readFields(calls.noun, zone, row.fields);
    const names = differing(calls.noun, wanted, now);
    if (names.length > 0) problems.push(`${rowName(row)}: ${names.join(", ")} is not as it was sent`);
  }
  if (problems.length === 0) return applied;
  throw new SipnavError("partial", `The canary failed: ${problems.length} of its ${applied} rows.`, {
    details: problems.map((message) => ({ message })),
  });
}
