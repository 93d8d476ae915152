import { company } from "../domain/company.ts";
import { companyCalls } from "../services/calls.ts";
import { balanceFields, fetchBalance } from "../services/companies.ts";
import { defineCommand } from "./define.ts";
import { exportCommand } from "./verbs/export.ts";
import { importCommand } from "./verbs/import.ts";
import { listCommand, listParameters, runList, tableOf } from "./verbs/list.ts";
import { idParameter, showCommand } from "./verbs/show.ts";
import { createCommand, updateCommand } from "./verbs/write.ts";

/** Ids and names alone. */
const names = {
  idField: company.idField,
  fields: company.fields.filter(({ name }) => name === company.idField || name === company.nameField),
};

/** `companies …` */
export const companyCommands = [
  listCommand(companyCalls, {}),
  exportCommand(companyCalls, {}),
  showCommand(companyCalls),
  createCommand(companyCalls, "--customer-name 'Acme Telecom' --payment-type prepaid"),
  updateCommand(companyCalls, "--credit-limit 2500.00"),
  importCommand(companyCalls),
  defineCommand({
    path: ["companies", "balance"],
    summary: "Show a company's balance",
    group: "platform",
    effect: "read",
    session: true,
    parameters: { id: idParameter(company) },
    fields: balanceFields,
    examples: [`sipnav companies balance ${companyCalls.noun.exampleId}`],
    run: async (context, { id }) =>
      fetchBalance(await context.client(), await context.zone(), id, { signal: context.host.signal }),
    view: (row) => [{ kind: "record", fields: balanceFields, row, idField: company.idField }],
  }),
  defineCommand({
    path: ["companies", "names"],
    summary: "List the ids and names of all companies in one request",
    group: "platform",
    effect: "read",
    session: true,
    parameters: listParameters,
    fields: names.fields,
    examples: ["sipnav companies names --all"],
    run: (context, values) => runList(context, "listCompanyNames", {}, names, values),
    view: ({ rows, cut }) => tableOf(names, rows, cut),
  }),
];
