import { unionOf } from "../domain/columns.ts";
import { id, phone, present } from "../domain/kinds.ts";
import { restrictionChange } from "../domain/restriction.ts";
import { restrictionCalls } from "../services/calls.ts";
import { sendDraft, showObject } from "../services/objects.ts";
import { defineCommand } from "./define.ts";
import { tellTale } from "./verbs/changes.ts";
import { exportCommandOf } from "./verbs/export.ts";
import { importCommand } from "./verbs/import.ts";
import {
  type Filters,
  listCommand,
  listParameters,
  perPage,
  queryOf,
  runList,
  tableOf,
} from "./verbs/list.ts";
import { idParameter, showCommand } from "./verbs/show.ts";
import {
  createCommand,
  dryRun,
  previewOf,
  updateCommand,
  viewWrite,
  type WriteResult,
} from "./verbs/write.ts";

const { noun } = restrictionCalls;

const filters: Filters = {
  account: { kind: id, summary: "Only this account's", refersTo: "account", query: "account_id" },
  carrier: { kind: id, summary: "Only this carrier's", refersTo: "carrier", query: "carrier_id" },
  called: { kind: phone, summary: "Only for this called number", query: "dst_number" },
  caller: { kind: phone, summary: "Only for this caller", query: "src_number" },
};

const exportParameters = {
  ...filters,
  history: {
    kind: present,
    summary: "Export what was changed on restrictions instead",
    excludes: Object.keys(filters),
  },
};

/** `restrictions …` */
export const restrictionCommands = [
  listCommand(restrictionCalls, filters),
  exportCommandOf(noun, exportParameters, unionOf(noun.fields, restrictionChange.fields), (values) =>
    values.history
      ? { operation: "listRestrictionHistory", shape: restrictionChange, query: {} }
      : { operation: restrictionCalls.list, shape: noun, query: queryOf(filters, values) },
  ),
  showCommand(restrictionCalls),
  createCommand(restrictionCalls, "--priority 1 --dst-number 12345678901 --account-id 0 --note fraud"),
  updateCommand(restrictionCalls, "--note 'until the audit'"),
  importCommand(restrictionCalls),
  defineCommand({
    path: ["restrictions", "disable"],
    summary: "Disable a restriction: what it blocked goes through again",
    group: "platform",
    effect: "destroy",
    session: true,
    parameters: { id: idParameter(noun), dryRun },
    fields: noun.fields,
    examples: [
      `sipnav restrictions disable ${noun.exampleId}`,
      `sipnav restrictions disable ${noun.exampleId} --yes`,
    ],
    async describe(context, { id }) {
      const [client, zone] = [await context.client(), await context.zone()];
      return tellTale(
        noun,
        await showObject(restrictionCalls, client, zone, id, {
          signal: context.host.signal,
        }),
      );
    },
    async run(context, values): Promise<WriteResult> {
      const draft = { operation: "disableRestriction", input: { path: { id: values.id } } } as const;
      if (values.dryRun) return { request: await previewOf(context, draft) };
      const row = await sendDraft(restrictionCalls, await context.client(), await context.zone(), draft, {
        signal: context.host.signal,
      });
      context.face.notice(`Disabled ${noun.name} ${values.id}.`);
      return { row };
    },
    view: (result) => viewWrite(noun, result),
  }),
  defineCommand({
    path: ["restrictions", "history"],
    summary: "List what was changed on restrictions, newest first",
    group: "platform",
    effect: "read",
    session: true,
    parameters: {
      restriction: { kind: id, summary: "Only of this restriction", refersTo: "restriction" },
      ...listParameters,
    },
    fields: restrictionChange.fields,
    examples: [`sipnav restrictions history --restriction ${noun.exampleId}`],
    run(context, values) {
      const query = {
        per_page: perPage(values),
        ...(values.restriction === undefined ? {} : { restriction_id: values.restriction }),
      };
      return runList(context, "listRestrictionHistory", { query }, restrictionChange, values);
    },
    view: ({ rows, cut }) => tableOf(restrictionChange, rows, cut),
  }),
];
