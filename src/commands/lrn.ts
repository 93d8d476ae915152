import { flag, type Kind, phone, text } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import { lookUp } from "../services/lrn.ts";
import { describeNumber } from "../telecom/number.ts";
import { defineCommand } from "./define.ts";

/** Of an LRN answer no field is certain: these are shown first, and whatever else came after them. */
const fields: readonly Field[] = [
  { name: "number", label: "Number", kind: phone, priority: 1 },
  { name: "lrn", label: "LRN", kind: phone, priority: 1 },
  { name: "ported", label: "Ported", kind: flag, priority: 1 },
  { name: "ocn", label: "OCN", kind: text, priority: 2 },
  { name: "lata", label: "LATA", kind: text, priority: 2 },
  { name: "state", label: "State", kind: text, priority: 2 },
];

/** A number as it is found in mails, logs and SIP traces; with a plus sign where it can be dialled. */
const written: Kind<string> = {
  ...phone,
  parse(input) {
    const facts = describeNumber(input);
    if (!facts) return { problem: "a phone number is expected, in any spelling" };
    return { value: facts.isDialled ? `+${facts.digits}` : facts.digits };
  },
};

const factFields: readonly Field[] = [
  { name: "number", label: "Number", kind: phone, priority: 1 },
  { name: "sort", label: "Sort", kind: text, priority: 1 },
  { name: "national", label: "National", kind: text, priority: 2, personal: true },
  { name: "place", label: "State", kind: text, priority: 1 },
  { name: "country", label: "Country", kind: text, priority: 2 },
];

/** `lrn …` */
export const lrnCommands = [
  defineCommand({
    path: ["lrn", "show"],
    summary: "Show what a number's own digits tell; nothing is dipped, nothing is sent",
    group: "platform",
    effect: "read",
    session: false,
    parameters: {
      number: { kind: written, summary: "The number, in any spelling", positional: true, required: true },
    },
    fields: factFields,
    examples: ["sipnav lrn show '+1 (212) 555-0100'", "sipnav lrn show sip:12125550100@203.0.113.7"],
    async run(_, values): Promise<Row> {
      const { digits, sort, national, place, country } = { ...describeNumber(values.number) };
      return {
        number: digits ?? values.number,
        sort: sort ?? null,
        national: national ?? null,
        place: place ?? null,
        country: country ?? null,
      };
    },
    view: (row) => [{ kind: "record", fields: factFields, row, idField: "number" }],
  }),
  defineCommand({
    path: ["lrn", "lookup"],
    summary: "Look up a number's location routing number; a dip may cost money",
    group: "platform",
    effect: "read",
    session: true,
    parameters: { number: { kind: phone, summary: "The number", positional: true, required: true } },
    fields,
    examples: ["sipnav lrn lookup 12125550100"],
    run: async (context, { number }) =>
      lookUp(await context.client(), number, { signal: context.host.signal }),
    view: (row) => [{ kind: "record", fields, row, idField: "number" }],
  }),
];
