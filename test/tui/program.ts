import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineCommand } from "../../src/commands/define.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { account } from "../../src/domain/account.ts";
import { choice, flag, id, integer, present, text } from "../../src/domain/kinds.ts";
import type { Row } from "../../src/domain/noun.ts";
import { systemHost } from "../../src/host/system.ts";
import { startMenu } from "../../src/tui/start.ts";

/** Names that a careless screen would obey, split or reorder. */
export const hostileNames = [
  "\u001b[2J\u001b[31mred\u0007",
  "広帯域テレコム株式会社",
  "\u202egnp.exe\u202c",
  "e\u0301cole 👩‍👩‍👧 مرحبا",
  "two\nlines\tand\ttabs",
  "x".repeat(300),
];

const rowsMax = Number(process.env.SIPNAV_TEST_ROWS ?? 500);

const rows: Row[] = Array.from({ length: rowsMax }, (_, index) => ({
  account_id: String(index + 1),
  account_name: hostileNames[index + 1 < 4 ? 99 : index - 3] ?? `Account ${index + 1}`,
  customer_name: `Company ${index % 7}`,
  enabled: index % 3 !== 0,
}));

const accountId = {
  kind: id,
  summary: "The account's id",
  positional: true,
  required: true,
  refersTo: "account",
} as const;

/** A platform in one file: what the menu's own tests run. */
export const commands = [
  defineCommand({
    path: ["accounts", "list"],
    summary: "List accounts",
    group: "platform",
    effect: "read",
    session: false,
    parameters: {
      limit: { kind: integer(1), summary: "Rows at the most", default: rowsMax },
      state: { kind: choice("on", "off"), summary: "Only these" },
      all: { kind: present, summary: "Every row" },
    },
    examples: ["sipnav accounts list"],
    async run({ face }, { limit }) {
      if (process.env.SIPNAV_TEST_DOWN) throw new SipnavError("network", "The platform is down.");
      if (limit < rowsMax) face.notice(`Only ${limit} rows are shown.`);
      return rows.slice(0, limit);
    },
    view: (found) => [{ kind: "table", fields: account.fields, rows: found, idField: account.idField }],
  }),
  defineCommand({
    path: ["accounts", "show"],
    summary: "Show an account",
    group: "platform",
    effect: "read",
    session: false,
    parameters: { id: accountId },
    examples: ["sipnav accounts show 7"],
    async run(_, values) {
      const row = rows.find(({ account_id }) => account_id === values.id);
      if (row) return row;
      throw new SipnavError("not_found", `There is no account ${values.id}.`, { hint: "accounts list" });
    },
    view: (row) => [{ kind: "record", fields: account.fields, row }],
  }),
  defineCommand({
    path: ["accounts", "disable"],
    summary: "Disable an account",
    group: "platform",
    effect: "destroy",
    session: false,
    parameters: { id: accountId },
    examples: ["sipnav accounts disable 7"],
    run: async (_, values) => `Account ${values.id} is disabled.`,
    view: (said) => [{ kind: "note", text: said }],
  }),
  defineCommand({
    path: ["accounts", "update"],
    summary: "Change an account",
    group: "platform",
    effect: "write",
    session: false,
    parameters: {
      id: accountId,
      accountName: { kind: text, summary: "Account" },
      enabled: { kind: flag, summary: "Enabled" },
    },
    examples: ["sipnav accounts update 7"],
    async run(_, given) {
      if (given.accountName === "taken") {
        const details = [{ field: "account_name", message: "is taken" }];
        throw new SipnavError("validation", "The platform refused it.", { details });
      }
      const index = rows.findIndex(({ account_id }) => account_id === given.id);
      const { accountName, enabled } = given;
      const changes = {
        ...(accountName !== undefined && { account_name: accountName }),
        ...(enabled !== undefined && { enabled }),
      };
      rows[index] = { ...rows[index], ...changes };
      return Object.keys(changes).join(", ");
    },
    view: (changed) => [{ kind: "note", text: `Changed: ${changed}.` }],
  }),
  defineCommand({
    path: ["login"],
    summary: "Log in",
    group: "session",
    effect: "read",
    session: false,
    parameters: { user: { kind: text, summary: "Who", required: true } },
    examples: ["sipnav login"],
    async run({ face }, { user }) {
      const password = await face.ask.secret("Password", "--password-stdin");
      return `${user} has a password of ${password.length} characters.`;
    },
    view: (said) => [{ kind: "note", text: said }],
  }),
  defineCommand({
    path: ["wait"],
    summary: "Wait until cancelled",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {},
    examples: ["sipnav wait"],
    async run({ host }) {
      await host.clock.sleep(60_000, host.signal);
      host.signal.throwIfAborted();
    },
    view: () => [],
  }),
  defineCommand({
    path: ["crash"],
    summary: "End as a defect would",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {
      how: { kind: choice("throw", "reject", "exit"), summary: "How", required: true },
      asked: { kind: present, summary: "While a question waits, at SIGUSR2" },
    },
    examples: ["sipnav crash"],
    async run({ face }, { how, asked }) {
      if (asked) {
        void face.ask.confirm("Go on?", "--yes").catch(() => undefined);
        await once(process, "SIGUSR2");
      }
      if (how === "exit") process.exit(7);
      if (how === "reject") void Promise.reject(new Error("nobody caught this"));
      else
        setImmediate(() => {
          throw new Error("nobody caught this");
        });
    },
    view: () => [],
  }),
];

/** Runs the menu on this process's terminal, and notes which process that is. */
export async function main(): Promise<void> {
  writeFileSync(join(process.env.SIPNAV_HOME ?? "", "pid"), String(process.pid));
  // As the real one has: it must neither print over the screen nor end the process first.
  process.on("uncaughtException", () => process.exit(99));
  const ending = new AbortController();
  process.on("SIGTERM", () => ending.abort(new SipnavError("terminated", "Terminated.")));
  const host = systemHost(process, "0.0.0", ending.signal);
  process.exit(
    await startMenu(host, { process, registry: commands, face: {}, takeInterrupts: () => () => undefined }),
  );
}
