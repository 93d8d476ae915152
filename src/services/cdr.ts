import { SipnavError } from "../core/errors.ts";
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

/**
 * Calls of a time range, newest first. The platform bounds its answer by a limit alone, so one row more than wanted
 * is asked for: that is how a cut shows.
 * @throws validation for a range that does not exist
 */
export async function searchCalls(
  source: ListSource,
  search: CallSearch,
  selection: Selection,
  { nowMs, fetchMax }: { nowMs: number; fetchMax: number },
): Promise<Rows> {
  const { zone } = source;
  const fromMs = momentMs(search.from, nowMs, zone);
  const toMs = momentMs(search.to, nowMs, zone);
  if (fromMs === undefined || toMs === undefined) {
    throw new SipnavError(
      "validation",
      `There is no such time: ${fromMs === undefined ? search.from : search.to}.`,
    );
  }
  if (fromMs > toMs) throw new SipnavError("validation", "--from is later than --to.");
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
  return { rows, cut: cut || fetched > fetchMax };
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
