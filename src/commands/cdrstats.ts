import type { Zone } from "../core/time.ts";
import { carrier } from "../domain/carrier.ts";
import { choice, integer } from "../domain/kinds.ts";
import { rangeOf } from "../services/cdr.ts";
import { type Sample, sampleCalls } from "../services/cdrsample.ts";
import { groupings, sampledPct, statsFields, statsOf } from "../services/cdrstats.ts";
import { companyNames } from "../services/companies.ts";
import { callParameters } from "./calls.ts";
import { defineCommand } from "./define.ts";
import { listParameters, listSource, tableOf } from "./verbs/list.ts";

/** `cdr stats` */
export const statsCommand = defineCommand({
  path: ["cdr", "stats"],
  summary: "Answer ratio, length, minutes and cost of calls, group by group, the worst first",
  group: "platform",
  effect: "read",
  session: true,
  parameters: {
    ...callParameters,
    by: { kind: choice(...groupings), repeats: true, summary: "What to group by; carrier when not given" },
    sort: listParameters.sort,
    sample: {
      kind: integer(1, 1_000_000),
      summary: "Calls to read at the most, about; beyond it the figures are those of a sample",
      default: 20_000,
    },
  },
  fields: statsFields,
  examples: [
    "sipnav cdr stats",
    "sipnav cdr stats --from 24h --by account --sort cost:desc",
    `sipnav cdr stats --carrier ${carrier.exampleId} --by code --json`,
  ],
  async run(context, values) {
    const { parseSort } = await import("../domain/query.ts");
    const compare = values.sort === undefined ? undefined : parseSort(statsFields, values.sort);
    const by = values.by.length > 0 ? values.by : (["carrier"] as const);
    const zone = await context.zone();
    const range = rangeOf(values, context.host.clock.nowMs(), zone);
    const source = await listSource(context);
    const { account, carrier } = values;
    const sample = await sampleCalls(source, { account, carrier }, range, values.sample);
    const names = by.includes("company") ? await companyNames(source) : new Map<string, string>();
    const rows = by.flatMap((grouping) => statsOf(sample, grouping, names));
    context.face.notice(noteOf(sample, zone));
    return compare ? rows.toSorted(compare) : rows;
  },
  view: (rows) => tableOf({ fields: statsFields, idField: "id" }, rows),
});

/** Which calls the figures are of. */
function noteOf(sample: Sample, zone: Zone): string {
  const { calls, fromMs, toMs, requests } = sample;
  const count = calls.length.toLocaleString("en");
  const window = `${zone.toWire(fromMs)} to ${zone.toWire(toMs)} ${zone.name}`;
  const effort = `${requests} request${requests === 1 ? "" : "s"}`;
  const pct = sampledPct(sample);
  if (pct === 100) return `All ${count} calls from ${window}; ${effort}.`;
  return `A sample: ${count} calls, all those of ${pct} % of the time from ${window}; ${effort}. --sample reads more.`;
}
