import { carrier } from "../domain/carrier.ts";
import { company } from "../domain/company.ts";
import { id } from "../domain/kinds.ts";
import { accountCalls } from "../services/calls.ts";
import { defineCommand } from "./define.ts";
import { exportCommand } from "./verbs/export.ts";
import { importCommand } from "./verbs/import.ts";
import { type Filters, listCommand, listParameters, runList, tableOf } from "./verbs/list.ts";
import { idParameter, showCommand } from "./verbs/show.ts";
import { createCommand, updateCommand } from "./verbs/write.ts";

const { noun } = accountCalls;

const filters: Filters = {
  company: { kind: id, summary: "Only this company's", refersTo: "company", query: "company_id" },
};

/** `accounts …` */
export const accountCommands = [
  listCommand(accountCalls, filters),
  exportCommand(accountCalls, filters),
  showCommand(accountCalls),
  createCommand(accountCalls, `--account-name 'Acme retail' --customer-id ${company.exampleId}`),
  updateCommand(accountCalls, "--channels-limit 200"),
  importCommand(accountCalls),
  defineCommand({
    path: ["accounts", "carriers"],
    summary: "List the carriers that an account may use",
    group: "platform",
    effect: "read",
    session: true,
    parameters: { id: idParameter(noun), ...listParameters },
    fields: carrier.fields,
    examples: [`sipnav accounts carriers ${noun.exampleId}`],
    run: (context, values) =>
      runList(context, "listAccountCarriers", { path: { id: values.id } }, carrier, values),
    view: ({ rows, cut }) => tableOf(carrier, rows, cut),
  }),
];
