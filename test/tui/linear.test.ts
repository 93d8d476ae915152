import { describe, expect, test } from "vitest";
import type { Command } from "../../src/commands/define.ts";
import { registry } from "../../src/commands/registry.ts";
import { SipnavError } from "../../src/core/errors.ts";
import type { Host } from "../../src/host/host.ts";
import { entriesOf } from "../../src/tui/model/tree.ts";
import type { OwnProcess } from "../../src/tui/options.ts";
import { startMenu } from "../../src/tui/start.ts";
import { openDesk } from "../host/desk.ts";
import { openPlatform } from "../services/platform.ts";
import { commands } from "./program.ts";

interface Setting {
  readonly environment?: Readonly<Record<string, string>>;
  readonly registry?: readonly Command[];
  /** Called when something runs, with what Ctrl-C would abort. */
  readonly onRun?: (controller: AbortController) => void;
}

/** Runs the menu line by line with prepared answers; answers what was said and the exit code. */
async function converse(
  answers: readonly (string | (() => string))[],
  { environment = {}, registry = commands, onRun }: Setting = {},
) {
  const { host: desk } = openDesk({ environment: { SIPNAV_ACCESSIBLE: "1", ...environment } });
  const waiting = [...answers];
  const hidden: boolean[] = [];
  let said = "";
  const output = {
    ...desk.terminal.output,
    columns: 100,
    async write(text: string) {
      said += text;
    },
  };
  const input = {
    ...desk.terminal.input,
    async readLine(options: { hidden: boolean }) {
      hidden.push(options.hidden);
      const next = waiting.shift();
      return typeof next === "function" ? next() : next;
    },
  };
  const host: Host = Object.create(desk, { terminal: { value: { input, output, errors: output } } });
  const process = { env: {} } as unknown as OwnProcess;
  const takeInterrupts = (controller: AbortController) => {
    onRun?.(controller);
    return () => undefined;
  };
  const exitCode = await startMenu(host, { process, registry, face: {}, takeInterrupts });
  return { said, exitCode, hidden };
}

describe("the menu as numbered questions", () => {
  test("leads to a list, a row's actions, and out, without moving a cursor", async () => {
    const { said, exitCode } = await converse(["1", "1", "12", "", "", "8", "1", "0", "0"]);
    expect(said).toMatch(/^Menu\n1\. accounts: list, show, disable, update\n2\. login: Log in\n/);
    expect(said).toContain("limit: Rows at the most (number, default 500): ");
    expect(said).toMatch(/\n12\. +12 {2}Account 12 /);
    expect(said).not.toMatch(/\n13\. /);
    expect(said).toContain("Only 12 rows are shown.");
    expect(said).toContain("account 8\n1. accounts show: Show an account\n");
    expect(said).toMatch(/Account +two␊lines/);
    expect(said).not.toContain("\u001b");
    expect(exitCode).toBe(0);
  });

  test("asks again for what cannot be", async () => {
    const { said } = await converse(["9", "1", "2", "x", "", "7", "0", "0"]);
    expect(said).toContain("A number from 0 to 4 is expected.");
    expect(said).toContain("id: an id is digits only.");
    expect(said).toContain("id: is required.");
  });

  test("asks before what cannot be undone, and does it only when its id is typed", async () => {
    const no = await converse(["1", "3", "7", "default", "yes", "0"]);
    expect(no.said).toContain("Writes to profile default are off: type its name to turn them on");
    expect(no.said).toContain("Nothing was done.");
    expect(no.said).not.toContain("is disabled");
    const yes = await converse(["1", "3", "7", "default", "7", "0"]);
    expect(yes.said).toContain("Account 7 is disabled.");
    const slip = await converse(["1", "3", "7", "defualt", "0"]);
    expect(slip.said).toContain("That is not default: writes stay off, and nothing was sent.");
  });

  test("reads a secret without showing it, and says an error with what mends it", async () => {
    const { said, hidden } = await converse(["2", "ada", "hush", "1", "2", "999", "0"]);
    expect(said).toContain("ada has a password of 4 characters.");
    expect(hidden.filter(Boolean)).toHaveLength(1);
    expect(said).toContain("There is no account 999.\n\naccounts list\n");
  });

  test("ends with 130 when the input ends, and serves a terminal that cannot move its cursor", async () => {
    expect((await converse([])).exitCode).toBe(130);
    expect((await converse(["0"], { environment: { SIPNAV_ACCESSIBLE: "", TERM: "dumb" } })).exitCode).toBe(
      0,
    );
  });

  test("Ctrl-C cancels what runs, and the menu goes on", async () => {
    let open: AbortController | undefined;
    const onRun = (controller: AbortController) => {
      open = controller;
    };
    const interrupted = commands.map((command) => ({
      ...command,
      run(...given: Parameters<typeof command.run>) {
        if (command.path[0] === "wait") {
          setImmediate(() => open?.abort(new SipnavError("interrupted", "Interrupted.")));
        }
        return command.run(...given);
      },
    }));
    const answers = ["3", "1", "1", "5", "", "", "", "0"];
    const { said, exitCode } = await converse(answers, { onRun, registry: interrupted });
    expect(said).toContain("Working…\nInterrupted.\n");
    expect(said).toMatch(/Interrupted\.\nMenu\n1\. accounts/);
    expect(exitCode).toBe(0);
  });

  test("Ctrl-C leaves a command that is being filled in, and the menu goes on", async () => {
    let open: AbortController | undefined;
    const onRun = (controller: AbortController) => {
      open = controller;
    };
    const leave = () => {
      open?.abort(new SipnavError("interrupted", "Interrupted."));
      return "";
    };
    const { said, exitCode } = await converse(["1", "2", leave, "0"], { onRun });
    expect(said).toContain("accounts show: Show an account. Ctrl-C leads back.\nid: ");
    expect(said).toMatch(/Nothing was done\.\nMenu\n1\. accounts/);
    expect(said).not.toContain("Working…");
    expect(exitCode).toBe(0);
  });

  test("without a session the ways to one are offered; one that ends is opened again", async () => {
    const clock = { aheadMs: 0 };
    const platform = await openPlatform({ now: () => Date.now() + clock.aheadMs });
    const environment = { SIPNAV_BASE_URL: platform.url, SIPNAV_STORE: "memory" };
    const login = ["2", "", "", platform.username, platform.password, "", "", ""];
    const accounts = entriesOf(registry, 0).findIndex(({ label }) => label === "accounts") + 1;
    const list = Object.keys(
      registry.find(({ path }) => path.join(" ") === "accounts list")?.parameters ?? {},
    ).map(() => "");
    const endThen = (answer: string) => () => {
      clock.aheadMs += 9 * 3_600_000;
      return answer;
    };
    const answers = [...login, String(accounts), endThen("1"), ...list, platform.password, "", "0"];
    const { said, hidden, exitCode } = await converse(answers, { environment, registry });
    expect(said).toMatch(/^You are not logged in\.\n1\. demo: .*\n2\. login: Log in to a platform/);
    expect(said).toContain(`Logged in to ${platform.url} as ${platform.username}.`);
    expect(said).toContain("Log in again to go on with what was asked.\nPassword of operator: ");
    expect(said).toMatch(/\n1\. +\d+ +\S/);
    expect(hidden.filter(Boolean)).toHaveLength(2);
    expect(said).not.toContain("\u001b");
    expect(said).not.toContain(platform.password);
    expect(exitCode).toBe(0);
  });
});
