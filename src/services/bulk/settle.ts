import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { applyRows } from "./apply.ts";
import { type Existing, fetchWhole } from "./existing.ts";
import { differing, type PlanRow, readFields } from "./plan.ts";
import { isOpen, type Run } from "./run.ts";
import { rowsAt } from "./store.ts";

/**
 * Finds out what became of the rows without an answer: the platform is asked for everything it holds, and only what
 * it certainly lacks is sent again. What can't be decided stays unknown.
 */
export async function settleRows(run: Run): Promise<void> {
  const { steps, clock, signal, files } = run;
  for (let lookup = 1; lookup <= limits.lookupsMax && steps.count("unknown") > 0 && isOpen(run); lookup++) {
    await clock.sleep(Math.max(0, steps.doubtAtMs + limits.settleMs - clock.nowMs()), signal);
    if (!isOpen(run)) return;
    const existing = await fetchWhole(run, signal).catch((thrown: unknown) => {
      if (!(thrown instanceof SipnavError) || thrown.kind !== "conflict") throw thrown;
      run.notice(thrown.message);
    });
    if (existing === undefined) return;
    for await (const row of rowsAt(files, steps, "unknown")) {
      const found = lookUp(run, row, existing);
      if (found.step !== "unknown") steps.note(row.row, found.step, found.facts);
    }
    await applyRows(run, rowsAt(files, steps, "planned"));
  }
}

/** What the platform's own list says about a row whose answer was lost. */
function lookUp(
  { calls: { noun }, zone }: Run,
  { action, key, id: known, fields }: PlanRow,
  existing: Existing,
): { step: "ok" | "planned" | "unknown"; facts?: { id: string } } {
  const ids = known === undefined ? existing.idsOf(key) : [known];
  const [id] = ids;
  if (id === undefined) return { step: "planned" };
  // Two of one name: which of them is ours, or whether both are, nobody can tell.
  if (ids.length > 1) return { step: "unknown" };
  const values = existing.valuesOf(id) ?? {};
  const wanted = action === "disable" ? { enabled: false } : readFields(noun, zone, fields);
  if (differing(noun, wanted, values).length === 0) return { step: "ok", facts: { id } };
  // Of an update it says that it was not done; of a creation, that somebody else made one of this name.
  return { step: action === "create" ? "unknown" : "planned" };
}
