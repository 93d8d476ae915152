import { carrier } from "../domain/carrier.ts";
import { cdr } from "../domain/cdr.ts";
import { integer, phone, present } from "../domain/kinds.ts";
import { rangeOf, searchCalls } from "../services/cdr.ts";
import { callParameters } from "./calls.ts";
import { statsCommand } from "./cdrstats.ts";
import { defineCommand } from "./define.ts";
import { listParameters, listSource, selectionOf, tableOf } from "./verbs/list.ts";

const { where, sort, limit } = listParameters;

/** `cdr …` */
export const cdrCommands = [
  defineCommand({
    path: ["cdr", "search"],
    summary: "Search call detail records, newest first",
    group: "platform",
    effect: "read",
    session: true,
    parameters: {
      ...callParameters,
      caller: { kind: phone, summary: "Caller's number" },
      called: { kind: phone, summary: "Called number" },
      lrn: { kind: phone, summary: "Location routing number" },
      minDuration: { kind: integer(), summary: "Seconds at the least" },
      maxDuration: { kind: integer(), summary: "Seconds at the most" },
      answered: { kind: present, summary: "Leave out attempts that were not answered" },
      where,
      sort,
      limit,
    },
    fields: cdr.fields,
    examples: [
      `sipnav cdr search --from 24h --carrier ${carrier.exampleId} --answered`,
      "sipnav cdr search --called 12125550100 --from 7d --json",
    ],
    async run(context, values) {
      const selection = await selectionOf(context, cdr, { ...values, all: undefined });
      // With an order or conditions of our own, the platform's limit is no limit on what is found.
      const narrowed = values.where.length > 0 || values.sort !== undefined;
      const fetchMax = narrowed ? Math.max(values.limit, 9_999) : values.limit;
      const range = rangeOf(values, context.host.clock.nowMs(), await context.zone());
      const { rows, cut, unread } = await searchCalls(
        await listSource(context),
        values,
        range,
        selection,
        fetchMax,
      );
      if (cut || (unread && !narrowed)) {
        context.face.notice(`Cut at ${rows.length} (--limit); there are more calls in this range.`);
      }
      if (unread && narrowed) context.face.notice(unreadText(fetchMax));
      return { rows, cut: cut || unread };
    },
    view: ({ rows, cut }) => tableOf(cdr, rows, cut),
  }),
  statsCommand,
];

/** An order or a condition is of the calls that were read alone. */
const unreadText = (fetchMax: number) =>
  `Only the newest ${fetchMax.toLocaleString("en")} calls of this range were looked through: narrow --from and --to.`;
