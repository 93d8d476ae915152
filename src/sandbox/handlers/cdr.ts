import type { CallFilter } from "../calls.ts";
import { type Handlers, ok } from "../handler.ts";
import { numberOf, type PhpQuery, textOf } from "../query.ts";
import { invalid, Refusal } from "../refusal.ts";
import { bit, date, digits, integer, moment, type Rules, text, validate } from "../rules.ts";

const dayMs = 86_400_000;
/** A wider range takes longer than the proxy in front waits. */
const rangeMsMax = 31 * dayMs;

const rules: Rules = {
  account_id: [integer(0)],
  carrier_id: [integer(0)],
  lrn_number: [digits(1, 15)],
  src_number: [digits(1, 15)],
  dst_number: [digits(1, 15)],
  start_date: [text, date],
  end_time: [text, date],
  min_duration: [integer(0)],
  max_duration: [integer(0)],
  search_completed: [bit],
  limit: [integer(1, 10_000)],
};

/** The range in epoch milliseconds, both ends included; the day before its end when only an end is known. */
function rangeOf(query: PhpQuery, nowMs: number): { fromMs: number; toMs: number } {
  const end = textOf(query, "end_time");
  // A date alone as the end means the whole day.
  const toMs = end === undefined ? nowMs : (moment(end) ?? 0) + (end.length === 10 ? dayMs - 1000 : 0);
  const fromMs = moment(textOf(query, "start_date")) ?? toMs - dayMs;
  if (toMs < fromMs) {
    throw invalid({ end_time: ["The end time field must be a date after or equal to start date."] });
  }
  return { fromMs, toMs };
}

function filterOf(query: PhpQuery, platformId: string | undefined): CallFilter {
  const texts = {
    accountId: textOf(query, "account_id"),
    carrierId: textOf(query, "carrier_id"),
    srcNumber: textOf(query, "src_number"),
    dstNumber: textOf(query, "dst_number"),
    lrnNumber: textOf(query, "lrn_number"),
    platformId,
  };
  const filter: CallFilter = { limit: numberOf(query, "limit", 100) };
  for (const [name, value] of Object.entries(texts)) {
    if (value !== undefined) filter[name as keyof typeof texts] = value;
  }
  if (textOf(query, "min_duration")) filter.minDuration = numberOf(query, "min_duration", 0);
  if (textOf(query, "max_duration")) filter.maxDuration = numberOf(query, "max_duration", 0);
  if (textOf(query, "search_completed") === "1") filter.completedOnly = true;
  return filter;
}

/** Call detail records: no page and no cursor, only `limit`, newest first. */
export const cdrHandlers: Pick<Handlers, "searchCdrs"> = {
  searchCdrs(call, world) {
    validate(call.query, rules);
    const nowMs = world.nowMs();
    const range = rangeOf(call.query, nowMs);
    if (range.toMs - range.fromMs > rangeMsMax) {
      throw new Refusal(504, { message: "Gateway Time-out" }, { page: true });
    }
    return ok(world.calls.search({ ...filterOf(call.query, call.platformId), ...range }, nowMs));
  },
};
