import { SipnavError } from "../core/errors.ts";
import type { Zone } from "../core/time.ts";
import { cdr } from "../domain/cdr.ts";
import { momentMs } from "../domain/moment.ts";
import { type ListSource, listRows, type Rows, type Selection } from "./rows.ts";

/** Which calls are searched for. */
export interface CallSearch {
  /** As `domain/moment` reads them. */
  readonly from: string;
  readonly to: string;
  readonly account?: string | undefined;
  readonly carrier?: string | undefined;
  readonly caller?: string | undefined;
  readonly called?: string | undefined;
  readonly lrn?: string | undefined;
  readonly minDuration?: number | undefined;
  readonly maxDuration?: number | undefined;
  readonly answered?: boolean | undefined;
}

/** A time range, epoch milliseconds. */
export interface CallRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The range that a search is about. @throws validation, with every problem, for what no call can be in */
export function rangeOf(search: CallSearch, nowMs: number, zone: Zone): CallRange {
  const { from, to, minDuration = 0, maxDuration = Number.POSITIVE_INFINITY } = search;
  const fromMs = momentMs(from, nowMs, zone) ?? Number.NaN;
  const toMs = momentMs(to, nowMs, zone) ?? Number.NaN;
  const problems = [
    ...(Number.isNaN(fromMs) ? [`There is no such time: ${from}.`] : []),
    ...(Number.isNaN(toMs) ? [`There is no such time: ${to}.`] : []),
    ...(fromMs > toMs ? ["--from is later than --to."] : []),
    ...(from === to && dayAlone.test(from) ? [`--from and --to are both the first second of ${from}.`] : []),
    ...(minDuration > maxDuration ? ["--min-duration is more than --max-duration."] : []),
  ];
  const [first, ...others] = problems;
  if (first === undefined) return { fromMs, toMs };
  if (others.length === 0) throw new SipnavError("validation", first);
  const details = problems.map((message) => ({ message: message.replace(/\.$/, "") }));
  throw new SipnavError("validation", `${problems.length} values are wrong.`, { details });
}

const dayAlone = /^\d{4}-\d{2}-\d{2}$/;

/** Calls, whether more of those that were read are wanted, and whether the range has calls that were not read. */
export interface FoundCalls extends Rows {
  readonly unread: boolean;
}

/**
 * Calls of a time range, newest first. The platform bounds its answer by a limit alone, so one row more than wanted
 * is asked for: that is how a cut shows.
 */
export async function searchCalls(
  source: ListSource,
  search: Omit<CallSearch, "from" | "to">,
  { fromMs, toMs }: CallRange,
  selection: Selection,
  fetchMax: number,
): Promise<FoundCalls> {
  const { zone } = source;
  const wanted = {
    start_date: zone.toWire(fromMs),
    end_time: zone.toWire(toMs),
    account_id: search.account,
    carrier_id: search.carrier,
    src_number: search.caller,
    dst_number: search.called,
    lrn_number: search.lrn,
    min_duration: search.minDuration,
    max_duration: search.maxDuration,
    search_completed: search.answered ? 1 : undefined,
    limit: fetchMax + 1,
  };
  const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  let fetched = 0;
  const found = listRows(source, "searchCdrs", { query }, cdr, {
    ...selection,
    matches(row) {
      fetched += 1;
      return fetched <= fetchMax && (selection.matches?.(row) ?? true);
    },
  });
  const { rows, cut } = await found.catch((thrown: unknown) => {
    throw narrower(thrown);
  });
  return { rows, cut, unread: fetched > fetchMax };
}

/** A search that took the platform too long: the range is what can be mended. */
function narrower(thrown: unknown): unknown {
  if (!(thrown instanceof SipnavError)) return thrown;
  const { kind, message, facts } = thrown;
  if (kind !== "timeout" && facts.http?.status !== 504) return thrown;
  return new SipnavError(kind, message, {
    ...facts,
    hint: "A wide range takes the platform too long: narrow it with --from and --to.",
  });
}
