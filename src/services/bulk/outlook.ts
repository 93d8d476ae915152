import type { Client } from "../../api/client.ts";
import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";
import { durationText } from "../../core/time.ts";
import { type PlanCounts, workRows } from "./job.ts";

/** What has to be known to tell how a run will go. */
export interface Prospects {
  readonly client: Client;
  readonly clock: Clock;
  /** When the session ends, epoch milliseconds; undefined when it renews itself, or nobody knows. */
  readonly sessionEndsMs: number | undefined;
}

/** What a person should know before a run begins. */
export interface Outlook {
  /** "about 17 min at 600 requests a minute"; undefined where no limit is known. */
  readonly duration: string | undefined;
  /** That the session will not last as long. */
  readonly warning: string | undefined;
}

/** The requests that a plan comes to: an update reads before it writes. */
export const requestsOf = ({ create, update, disable }: PlanCounts): number => create + 2 * update + disable;

/** The same of what is left of a plan, in proportion. */
export const requestsLeft = (counts: PlanCounts, rowsLeft: number): number =>
  Math.ceil((requestsOf(counts) * rowsLeft) / Math.max(1, workRows(counts)));

/** Tells how long so many requests take under the platform's limit, and whether the session lasts as long. */
export async function foresee(
  { client, clock, sessionEndsMs }: Prospects,
  requests: number,
  concurrency: number,
): Promise<Outlook> {
  if (requests === 0) return { duration: undefined, warning: undefined };
  const { seconds, allowedPerMinute } = await client.forecast(requests);
  const unlimited = (requests * limits.requestMsTypical) / concurrency / 1_000;
  const neededMs = Math.max(seconds ?? 0, unlimited) * 1_000;
  const duration =
    seconds === undefined || allowedPerMinute === undefined
      ? undefined
      : `about ${durationText(neededMs)} at ${Math.round(allowedPerMinute).toLocaleString("en")} requests a minute`;
  const lastsMs = sessionEndsMs === undefined ? Number.POSITIVE_INFINITY : sessionEndsMs - clock.nowMs();
  if (lastsMs >= neededMs) return { duration, warning: undefined };
  const warning = `The session ends in ${durationText(lastsMs)}, and this takes about ${durationText(neededMs)}: the job will stop there, and after a login it can be resumed. A session of \`sipnav login --remember\` renews itself.`;
  return { duration, warning };
}

/** Says so where nobody is asked. */
export async function tellOutlook(
  prospects: Prospects & { notice(text: string): void },
  requests: number,
  concurrency: number,
): Promise<void> {
  const { duration, warning } = await foresee(prospects, requests, concurrency);
  if (duration !== undefined) prospects.notice(`What is left to do takes ${duration}.`);
  if (warning !== undefined) prospects.notice(warning);
}
