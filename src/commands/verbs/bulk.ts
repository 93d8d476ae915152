import { limits } from "../../core/limits.ts";
import { integer } from "../../domain/kinds.ts";
import type { Carrier, Outcome } from "../../services/bulk/carry.ts";
import { placeOf } from "../../services/bulk/job.ts";
import { missesError } from "../../services/bulk/report.ts";
import type { StartOptions } from "../../services/bulk/start.ts";
import type { NounCalls } from "../../services/calls.ts";
import type { Context } from "../context.ts";
import type { Parameters, Values } from "../define.ts";

/** What every command that applies a plan can be given. */
export const runParameters = {
  canary: { kind: integer(1), summary: "Apply so many rows, read them back, and ask before the rest" },
  concurrency: {
    kind: integer(1, limits.bulkConcurrencyMax),
    summary: "Writes under way at a time",
    default: limits.bulkConcurrency,
  },
  stopAfterErrors: { kind: integer(1), summary: "Stop when so many rows have failed" },
} as const satisfies Parameters;

type RunValues = Values<typeof runParameters>;

/** How a command's values say a job is to be run. */
export function startOptions({ face }: Context, values: RunValues): StartOptions {
  return {
    canary: values.canary ?? 0,
    concurrency: values.concurrency,
    stopAfterErrors: values.stopAfterErrors ?? Number.POSITIVE_INFINITY,
    resumed: false,
    async goOn(applied, left) {
      const rows = applied === 1 ? "1 row was" : `${applied.toLocaleString("en")} rows were`;
      face.notice(`${rows} applied and read back as planned.`);
      if (!face.options.yes) await face.ask.confirm(`Apply the other ${left.toLocaleString("en")}?`, "--yes");
    },
  };
}

/** What carries out a command's plan. */
export async function carrierOf(context: Context, calls: NounCalls): Promise<Carrier> {
  const { host, face } = context;
  return {
    calls,
    client: await context.bulkClient(),
    sessionEndsMs: await context.sessionEndsMs(),
    zone: await context.zone(),
    clock: host.clock,
    signal: host.signal,
    state: host.folders.state,
    waitMsMax: face.options.maxWaitMs,
    notice: (said) => face.notice(said),
    progress: (shown) => face.progress?.(shown),
    async confirm(question, writes) {
      if (!face.options.yes) await face.ask.confirm(question, "--yes", String(writes));
    },
  };
}

/** Where the command's jobs belong. */
export const jobPlace = async (context: Context) => placeOf(await context.profile());

/**
 * Answers an outcome; one with rows that were not done is shown first, and ends the command.
 * @throws partial, or what every row failed with
 */
export async function endWith(context: Context, outcome: Outcome): Promise<Outcome> {
  const { face } = context;
  if ("report" in outcome) {
    const { misses, missesTotal } = outcome.report;
    if (missesTotal > misses.length)
      face.notice(cutNotice("rows that were not done", misses.length, missesTotal));
    const error = missesError(outcome.report);
    if (error === undefined) return outcome;
    await face.emit(outcome);
    throw error;
  }
  const { counts, rows } = outcome.plan;
  const total = counts.create + counts.update + counts.disable + counts.refused;
  if (total > rows.length) face.notice(cutNotice("rows of the plan", rows.length, total));
  return outcome;
}

const cutNotice = (what: string, shown: number, total: number) =>
  `The first ${shown.toLocaleString("en")} of ${total.toLocaleString("en")} ${what} are shown.`;
