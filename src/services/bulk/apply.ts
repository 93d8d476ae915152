import type { CallOptions } from "../../api/client.ts";
import { asSipnavError, SipnavError } from "../../core/errors.ts";
import { textOf } from "../../domain/kinds.ts";
import { type Draft, draftCreate, planUpdate, sendDraft } from "../objects.ts";
import { differing, type PlanRow } from "./plan.ts";
import { isOpen, type Run } from "./run.ts";
import { countsAsTry, judge } from "./verdict.ts";

/**
 * Sends rows, several at a time, and notes what becomes of each. Ends when there are no more, or when the run takes
 * no new ones: then what waits to be sent is not sent any more, and what is on its way is finished.
 */
export async function applyRows(run: Run, rows: AsyncIterable<PlanRow>): Promise<void> {
  const armed = armRows(run, rows);
  const work = async () => {
    for (let next = await armed.next(); !next.done; next = await armed.next())
      await applyRow(run, next.value);
  };
  const guarded = () => work().catch((thrown) => run.stop(asSipnavError(thrown)));
  await Promise.all(Array.from({ length: run.options.concurrency }, guarded));
}

/**
 * The rows whose `sent` is on the disk. They are armed ahead and several at a time, so that they share an fsync and
 * nobody waits for it between two requests; those that are not sent after all are put back.
 */
async function* armRows(run: Run, rows: AsyncIterable<PlanRow>): AsyncGenerator<PlanRow> {
  const { steps, options } = run;
  const source = rows[Symbol.asyncIterator]();
  const batch = 2 * options.concurrency;
  const ahead: { readonly row: PlanRow; readonly durable: Promise<void> }[] = [];
  try {
    for (;;) {
      if (ahead.length <= batch && isOpen(run)) {
        const more = await takeRows(source, batch);
        for (const row of more) ahead.push({ row, durable: steps.arm(row.row) });
      }
      const first = ahead[0];
      if (first === undefined || !isOpen(run)) return;
      await first.durable;
      if (!isOpen(run)) return;
      ahead.shift();
      yield first.row;
    }
  } finally {
    for (const { row } of ahead) steps.note(row.row, "planned");
    await source.return?.();
  }
}

/** Up to so many of the next rows. */
async function takeRows(source: AsyncIterator<PlanRow>, count: number): Promise<PlanRow[]> {
  const rows: PlanRow[] = [];
  while (rows.length < count) {
    const next = await source.next();
    if (next.done) break;
    rows.push(next.value);
  }
  return rows;
}

/** Sends one row until it is answered, or its answer is lost, or it must not be sent any more. */
async function applyRow(run: Run, row: PlanRow): Promise<void> {
  const { steps, patience } = run;
  const note = (...entry: Parameters<typeof steps.note>) => {
    steps.note(...entry);
    run.onStep();
  };
  for (let tries = 0; ; ) {
    try {
      const id = await sendRow(run, row);
      patience.renew();
      return note(row.row, "ok", { id });
    } catch (thrown) {
      const error = asSipnavError(thrown);
      const { kind, message } = error;
      if (countsAsTry(kind)) tries += 1;
      const verdict = judge(error, tries);
      if (verdict === "failed") patience.renew();
      if (verdict === "failed" || verdict === "unknown") return note(row.row, verdict, { kind, message });
      if (verdict === "wait" && isOpen(run) && (await patience.wait(error)) && isOpen(run)) continue;
      note(row.row, "planned");
      if (isOpen(run)) run.stop(error);
      return;
    }
  }
}

/** Sends a row once. Answers the object's id. */
async function sendRow(run: Run, row: PlanRow): Promise<string> {
  const { calls, client, zone, signal } = run;
  const options = { signal, finishSent: true };
  const draft = await draftRow(run, row, options);
  if (draft === undefined) return row.id ?? "";
  const made = await sendDraft(calls, client, zone, draft, options);
  return row.id ?? textOf(made[calls.noun.idField]);
}

/** The request of a row; undefined when the platform is as wanted already. */
async function draftRow(
  { calls, client, zone }: Run,
  row: PlanRow,
  options: CallOptions,
): Promise<Draft | undefined> {
  const { action, id = "", fields, before = {} } = row;
  if (action === "create") return draftCreate(calls, fields);
  if (action === "disable" && calls.disable) return { operation: calls.disable, input: { path: { id } } };
  const { changes, draft } = await planUpdate(calls, client, zone, id, fields, options);
  if (changes.length === 0) return undefined;
  const now = Object.fromEntries(changes.map((change) => [change.field, change.before]));
  const [moved] = differing(calls.noun, now, before);
  if (moved === undefined) return draft;
  const message = `${moved} is ${textOf(now[moved]) || "empty"} now; it was ${textOf(before[moved]) || "empty"} when this was planned.`;
  throw new SipnavError("stale", message);
}
