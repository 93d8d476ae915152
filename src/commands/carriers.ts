import { account } from "../domain/account.ts";
import { id } from "../domain/kinds.ts";
import { carrierCalls } from "../services/calls.ts";
import { defineCommand } from "./define.ts";
import { exportCommand } from "./verbs/export.ts";
import { importCommand } from "./verbs/import.ts";
import { type Filters, listCommand, listParameters, runList, tableOf } from "./verbs/list.ts";
import { idParameter, showCommand } from "./verbs/show.ts";
import { createCommand, updateCommand } from "./verbs/write.ts";

const { noun } = carrierCalls;

const filters: Filters = {
  company: { kind: id, summary: "Only this company's", refersTo: "company", query: "company_id" },
};

/** `carriers …` */
export const carrierCommands = [
  listCommand(carrierCalls, filters),
  exportCommand(carrierCalls, filters),
  showCommand(carrierCalls),
  createCommand(carrierCalls, "--carrier-name 'Acme trunk' --host 192.0.2.10"),
  updateCommand(carrierCalls, "--enabled no"),
  importCommand(carrierCalls),
  defineCommand({
    path: ["carriers", "accounts"],
    summary: "List the accounts that may use a carrier",
    group: "platform",
    effect: "read",
    session: true,
    parameters: { id: idParameter(noun), ...listParameters },
    fields: account.fields,
    examples: [`sipnav carriers accounts ${noun.exampleId}`],
    run: (context, values) =>
      runList(context, "listCarrierAccounts", { path: { id: values.id } }, account, values),
    view: ({ rows, cut }) => tableOf(account, rows, cut),
  }),
];
