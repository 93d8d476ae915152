import { id, integer, type Json, money, text, textOf, time } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import {
  type Attempt,
  countAttempt,
  emptyTally,
  figuresOf,
  hourly,
  type Tally,
  wilsonPct,
} from "../telecom/kpi.ts";
import type { Sample } from "./cdrsample.ts";

/** What calls can be grouped by. */
export const groupings = ["carrier", "account", "company", "code"] as const;
export type Grouping = (typeof groupings)[number];

/** A share or a mean, as a number with a few decimals. */
const figure = { ...integer(), name: "number", hint: "number" };

/** The figures of a group of calls; percents end in `_pct`. */
export const statsFields: readonly Field[] = [
  { name: "by", label: "By", kind: text },
  { name: "id", label: "ID", kind: id, priority: 3 },
  { name: "name", label: "Name", kind: text, priority: 1, personal: true },
  { name: "attempts", label: "Attempts", kind: integer(), priority: 1 },
  { name: "answered", label: "Answered", kind: integer(), priority: 4 },
  { name: "asr_pct", label: "ASR %", kind: figure, priority: 1 },
  { name: "asr_low_pct", label: "ASR from", kind: figure },
  { name: "asr_high_pct", label: "ASR to", kind: figure },
  { name: "ner_pct", label: "NER %", kind: figure, priority: 4 },
  { name: "acd_min", label: "ACD min", kind: figure, priority: 2 },
  { name: "pdd_ms", label: "PDD ms", kind: figure, priority: 4 },
  { name: "sdc_pct", label: "Short %", kind: figure, priority: 6 },
  { name: "minutes", label: "Minutes", kind: figure, priority: 3 },
  { name: "revenue", label: "Revenue", kind: money, priority: 5 },
  { name: "cost", label: "Cost", kind: money, priority: 3 },
  { name: "margin_pct", label: "Margin %", kind: figure, priority: 6 },
  { name: "revenue_per_hour", label: "Revenue/h", kind: money },
  { name: "cost_per_hour", label: "Cost/h", kind: money },
  { name: "codes", label: "SIP codes", kind: text, priority: 2 },
  { name: "from", label: "From", kind: time },
  { name: "to", label: "To", kind: time },
  { name: "sampled_pct", label: "Sampled %", kind: figure },
];

/** The fields of a call that hold a group's id and its name. */
const columns: Readonly<Record<Grouping, { readonly id: string; readonly name?: string }>> = {
  carrier: { id: "carrier_id", name: "carrier_name" },
  account: { id: "account_id", name: "account_name" },
  company: { id: "customer_id" },
  code: { id: "sip_code" },
};

/**
 * The figures of a sample's calls, group by group: the worst first, by the most that the answer ratio can be, so that
 * a group of a few calls is not the worst; codes by their number of calls.
 * @param names of the groups by id, where a call does not tell them
 */
export function statsOf(sample: Sample, grouping: Grouping, names: ReadonlyMap<string, string>): Row[] {
  const { id: idField, name: nameField } = columns[grouping];
  const groups = new Map<string, { readonly name: Json | undefined; readonly tally: Tally }>();
  for (const call of sample.calls) {
    const key = textOf(call[idField]);
    const known = groups.get(key);
    const group = known ?? { name: nameField && call[nameField], tally: emptyTally() };
    if (!known) groups.set(key, group);
    countAttempt(group.tally, attemptOf(call));
  }
  const rows = [...groups].map(([key, { name, tally }]) => ({
    by: grouping,
    id: key === "" ? null : key,
    name: name ?? (grouping === "code" ? meanings[key] : names.get(key)) ?? null,
    ...figureRow(tally, sample),
  }));
  const worst = (row: (typeof rows)[number]) => row.asr_high_pct ?? 100;
  if (grouping === "code") return rows.toSorted((a, b) => b.attempts - a.attempts);
  return rows.toSorted((a, b) => worst(a) - worst(b) || b.attempts - a.attempts);
}

function figureRow(tally: Tally, { fromMs, toMs, coveredMs }: Sample) {
  const figures = figuresOf(tally);
  const interval = wilsonPct(tally.answered, tally.attempts);
  const codes = [...tally.codes].toSorted(([, a], [, b]) => b - a);
  return {
    attempts: tally.attempts,
    answered: tally.answered,
    asr_pct: figures.asrPct,
    asr_low_pct: interval?.lowPct ?? null,
    asr_high_pct: interval?.highPct ?? null,
    ner_pct: figures.nerPct,
    acd_min: figures.acdMin,
    pdd_ms: figures.pddMs,
    sdc_pct: figures.sdcPct,
    minutes: figures.minutes,
    revenue: tally.revenue,
    cost: tally.cost,
    margin_pct: figures.marginPct,
    revenue_per_hour: hourly(tally.revenue, coveredMs) ?? null,
    cost_per_hour: hourly(tally.cost, coveredMs) ?? null,
    codes: codes.map(([code, count]) => `${code || "none"}:${count}`).join(" "),
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    sampled_pct: sampledPct({ fromMs, toMs, coveredMs }),
  };
}

/** How much of its range a sample knows, in percent. */
export const sampledPct = ({ fromMs, toMs, coveredMs }: Omit<Sample, "calls" | "requests">): number =>
  toMs - fromMs <= coveredMs ? 100 : Math.round((1000 * coveredMs) / (toMs - fromMs)) / 10;

const numberIn = (value: Json | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;
const amountIn = (value: Json | undefined): string | undefined =>
  typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? value : undefined;

function attemptOf(call: Row): Attempt {
  return {
    sipCode: numberIn(call.sip_code),
    hasAnswerTime: typeof call.answer_time === "string" && call.answer_time !== "",
    durationSec: numberIn(call.duration) ?? 0,
    pddMs: numberIn(call.pdd_ms),
    revenue: amountIn(call.account_cost),
    cost: amountIn(call.carrier_cost),
  };
}

/** What the codes mean that end most calls. */
const meanings: Readonly<Record<string, string>> = {
  "200": "Answered",
  "403": "Forbidden",
  "404": "Not found",
  "408": "Timeout",
  "480": "Unavailable",
  "484": "Number incomplete",
  "486": "Busy",
  "487": "Caller gave up",
  "488": "Codec refused",
  "500": "Server error",
  "502": "Bad gateway",
  "503": "No route",
  "600": "Busy everywhere",
  "603": "Declined",
};
