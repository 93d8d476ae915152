import { account } from "../domain/account.ts";
import { id, integer, present } from "../domain/kinds.ts";
import { listAccounts } from "../services/accounts.ts";
import { defineCommand } from "./define.ts";

/** `accounts …` */
export const accountCommands = [
  defineCommand({
    path: ["accounts", "list"],
    summary: "List accounts",
    group: "platform",
    effect: "read",
    session: true,
    parameters: {
      company: { kind: id, summary: "Only the accounts of this company", refersTo: "company" },
      limit: { kind: integer(1), summary: "Rows at the most", default: 100 },
      all: { kind: present, summary: "Every row, whatever the number" },
    },
    examples: ["sipnav accounts list --all --json"],
    async run(context, { company, limit, all }) {
      const rowsMax = all ? Number.POSITIVE_INFINITY : limit;
      const { signal } = context.host;
      const result = await listAccounts(await context.client(), await context.zone(), {
        companyId: company,
        rowsMax,
        signal,
      });
      if (result.cut) context.face.notice(`Only the first ${limit} rows are shown; --all shows every one.`);
      return result;
    },
    view: ({ rows }) => [{ kind: "table", fields: account.fields, rows, idField: account.idField }],
  }),
];
