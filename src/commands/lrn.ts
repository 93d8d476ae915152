import { flag, phone, text } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import { lookUp } from "../services/lrn.ts";
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

/** `lrn …` */
export const lrnCommands = [
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
