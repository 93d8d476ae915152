import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import { applyRows } from "./apply.ts";
import { type Existing, fetchWhole } from "./existing.ts";
import { differing, type PlanRow, readFields } from "./plan.ts";
import { isOpen, type Run } from "./run.ts";
import { rowsAt } from "./store.ts";

/**
 * Finds out what became of the rows without an answer: the platform is asked for everything it holds, and only what
 * it still lacks when no request can be under way any more is sent again. What can't be decided stays unknown.
 */
export async function settleRows(run: Run): Promise<void> {
  const { steps } = run;
  for (let round = 1; round <= limits.lookupsMax && steps.count("unknown") > 0 && isOpen(run); round++) {
    const doubtMs = steps.doubtAtMs;
    const rows = steps.count("unknown");
    run.notice(
      rows === 1
        ? "1 row has no answer: looking for what became of it."
        : `${rows.toLocaleString("en")} rows have no answer: looking for what became of them.`,
    );
    if (!(await lookUpRows(run, doubtMs))) return;
    await applyRows(run, rowsAt(run.files, steps, "planned"));
    // Nothing is in doubt that was not before: more lists would say nothing more.
    if (steps.doubtAtMs === doubtMs) return;
  }
}

/**
 * Looks once soon, which finds nearly all that was done, and for what is absent then once more.
 * @returns false when the run is to end, or the platform's list could not be read whole
 */
async function lookUpRows(run: Run, doubtMs: number): Promise<boolean> {
  const { steps, clock, signal, files } = run;
  const isOld = clock.nowMs() - doubtMs >= limits.absentMs;
  let absent = 0;
  for (const ageMs of isOld ? [limits.absentMs] : [limits.lookupMs, limits.absentMs]) {
    const waitMs = Math.max(0, doubtMs + ageMs - clock.nowMs());
    if (absent > 0) run.notice(againText(absent, waitMs));
    await clock.sleep(waitMs, signal);
    if (!isOpen(run)) return false;
    const existing = await fetchWhole(run, signal).catch((thrown: unknown) => {
      if (!(thrown instanceof SipnavError) || thrown.kind !== "conflict") throw thrown;
      run.notice(thrown.message);
    });
    if (existing === undefined) return false;
    absent = 0;
    for await (const row of rowsAt(files, steps, "unknown")) {
      const found = lookUp(run, row, existing);
      if (found.step === "absent") absent += 1;
      if (found.step === "absent" && ageMs === limits.absentMs) steps.note(row.row, "planned");
      else if (found.step === "ok" || found.step === "planned") steps.note(row.row, found.step, found.facts);
    }
    if (absent === 0) return true;
  }
  return true;
}

const againText = (absent: number, waitMs: number) =>
  `${absent.toLocaleString("en")} not on the platform yet: looking again in ${Math.ceil(waitMs / 1_000)} s; what is absent then is sent again.`;

/** What the platform's own list says about a row whose answer was lost. */
function lookUp(
  { calls: { noun }, zone }: Run,
  { action, key, id: known, fields }: PlanRow,
  existing: Existing,
): { step: "ok" | "planned" | "absent" | "unknown"; facts?: { id: string } } {
  const ids = known === undefined ? existing.idsOf(key) : [known];
  const [id] = ids;
  if (id === undefined) return { step: "absent" };
  // Two of one name: which of them is ours, or whether both are, nobody can tell.
  if (ids.length > 1) return { step: "unknown" };
  const values = existing.valuesOf(id) ?? {};
  const wanted = action === "disable" ? { enabled: false } : readFields(noun, zone, fields);
  if (differing(noun, wanted, values).length === 0) return { step: "ok", facts: { id } };
  // Of an update it says that it was not done, and doing it again is harmless; of a creation, that somebody else
  // made one of this name.
  return { step: action === "create" ? "unknown" : "planned" };
}
