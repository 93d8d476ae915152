import { execFile, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { width } from "../../src/core/text.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/server.ts";
import { temporaryFolder } from "../host/desk.ts";
import { hasTmux } from "../tui/tmux.ts";
import { runProgram } from "./program.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ accounts: 300, carriers: 5, companies: 5, cdrs: 100 });
});
afterAll(() => sandbox.close());

const bin = join(import.meta.dirname, "../../bin/sipnav.js");
const loggedIn = (url = sandbox.url) => ({
  PATH: process.env.PATH ?? "",
  SIPNAV_HOME: temporaryFolder(),
  SIPNAV_TOKEN: sandbox.token,
  SIPNAV_BASE_URL: url,
});

/** Runs a line of bash in which `"$0" "$@"` is the program with its words. */
async function bash(line: string, words: readonly string[], environment: Readonly<Record<string, string>>) {
  const { stdout, stderr } = await promisify(execFile)(
    "bash",
    ["--norc", "-c", line, process.execPath, bin, ...words],
    { env: { ...environment }, maxBuffer: 1e8 },
  );
  return { out: stdout, err: stderr };
}

const hostile = [
  "\u001b[2J\u001b]0;owned\u0007red \u001b[31m",
  "abc\u202edcba\u2066",
  "one\ntwo\ttab\r",
  "x".repeat(5_000),
  "東京電話株式会社テレコム第二",
  "Ame\u0301lie Te\u0301le\u0301com 🏴‍☠️👩‍👩‍👧",
];

/** A platform whose accounts have whatever names. */
async function openNames() {
  const server = createServer((_, response) => {
    const data = hostile.map((account_name, index) => ({ account_id: index + 1, account_name }));
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({ success: true, message: "", data: { data, total: data.length, last_page: 1 } }),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What stands in a terminal of so many columns when a line has run in it, with no environment but this one. */
async function inTerminal(columns: number, line: string, env: Readonly<Record<string, string>>) {
  const socket = join(temporaryFolder(), "tmux");
  const tmux = (...words: string[]) =>
    spawnSync("tmux", ["-S", socket, "-f", "/dev/null", ...words], { env: { ...env }, encoding: "utf8" })
      .stdout;
  const command = `${line}; echo "ended $?"; sleep 60`;
  tmux("new-session", "-d", "-x", String(columns), "-y", "60", "bash", "--norc", "-c", command);
  onTestFinished(() => void tmux("kill-server"));
  await vi.waitFor(() => expect(tmux("capture-pane", "-p")).toMatch(/ended \d/), 15_000);
  return {
    lines: tmux("capture-pane", "-p")
      .split("\n")
      .filter((text) => text.trim() !== ""),
    styled: tmux("capture-pane", "-p", "-e"),
    title: tmux("display-message", "-p", "#{pane_title}"),
  };
}

describe.skipIf(!hasTmux)("a real terminal", () => {
  test.each([20, 40, 80])(
    "of %i columns holds a table of any names, unbroken and unharmed",
    async (columns) => {
      const environment = { ...loggedIn(await openNames()), LC_ALL: "C.UTF-8", TERM: "tmux-256color" };
      const line = `${process.execPath} ${bin} accounts list --fields account_id,account_name`;
      const { lines, title } = await inTerminal(columns, line, environment);
      expect(lines[0]).toMatch(/^ID +Account/);
      expect(lines.slice(1, -1).map((text) => text.trim().slice(0, 1))).toEqual([
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
      ]);
      expect(lines.every((text) => width(text) <= columns)).toBe(true);
      expect(lines.at(-1)).toBe("ended 0");
      expect(lines[1]).toContain("␛[2J");
      expect(title).not.toContain("owned");
    },
  );

  test.each([
    ["TERM=dumb", false],
    ["NO_COLOR=1", false],
    ["TERM=tmux-256color", true],
  ])("with %s has a bold heading: %o", async (variable, isBold) => {
    const line = `${variable} ${process.execPath} ${bin} accounts list --limit 2`;
    const { styled } = await inTerminal(100, line, loggedIn());
    expect(styled).toMatch(/ID .*Account/);
    expect(styled.includes("\u001b[1m")).toBe(isBold);
  });
});

test.each([{ LC_ALL: "C" }, { LANG: "en_US.ISO-8859-1" }, { TERM: "dumb" }])(
  "in a pipe the same bytes come out under %o",
  async (given) => {
    const environment = loggedIn(await openNames());
    const words = ["accounts", "list", "--fields", "account_name", "-o", "ndjson"];
    const { out } = await runProgram(words, { environment: { ...environment, ...given } });
    const names = out.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).account_name]));
    expect(names).toEqual(hostile);
    expect(out).not.toContain("\u001b");
  },
);

describe("a reader that leaves", () => {
  test.each([
    ["at once", "true", ["accounts", "list", "--all", "-o", "csv"]],
    ["after a line of rows", "head -n 2", ["accounts", "list", "--all", "-o", "ndjson"]],
    ["in the middle of an export", "head -c 5000", ["accounts", "export", "-o", "csv"]],
    ["in the middle of a long help", "head -n 1", ["help", "reference"]],
    ["in the middle of help", "head -n 1", ["accounts", "list", "--help"]],
    ["in the middle of a completion", "head -n 1", ["__complete", "--", ""]],
    ["in the middle of a record", "head -n 1", ["accounts", "show", "10001"]],
  ])("%s ends it quietly with 0", async (_, reader, words) => {
    const line = `"$0" "$@" | ${reader} > /dev/null; echo "$PIPESTATUS"`;
    expect(await bash(line, words, loggedIn())).toEqual({ out: "0\n", err: "" });
  });

  test("of the errors changes nothing about the exit code", async () => {
    const { out } = await bash(
      '"$0" "$@" 2> >(true); echo "$?"',
      ["accounts", "show", "99999999"],
      loggedIn(),
    );
    expect(out).toBe("6\n");
  });
});

describe("streams that are closed", () => {
  test.each([
    ["standard input", "<&-", 0],
    ["standard error", "2>&-", 0],
  ])("%s: a list is printed all the same", async (_, redirection, code) => {
    const line = `"$0" "$@" ${redirection}; echo "$?"`;
    const { out } = await bash(line, ["accounts", "list", "--limit", "2", "-o", "ids"], loggedIn());
    expect(out).toBe(`10001\n10002\n${code}\n`);
  });

  test("an empty standard input answers no question and is no script", async () => {
    const environment = loggedIn();
    const disabled = await bash(
      '"$0" "$@" < /dev/null; echo "$?"',
      ["restrictions", "disable", "1"],
      environment,
    );
    expect(disabled.out).toBe("2\n");
    expect(disabled.err).toContain("Nobody can be asked here.");
    expect((await bash('"$0" "$@" < /dev/null; echo "$?"', ["shell"], environment)).out).toBe("0\n");
  });

  test("a full disk says the same of a file and of standard output", async () => {
    const environment = loggedIn();
    const words = ["accounts", "list", "--limit", "2"];
    const stream = await bash('"$0" "$@" -q > /dev/full; echo "$?" >&2', words, environment);
    const file = await bash('"$0" "$@" -q --out /dev/full; echo "$?" >&2', words, environment);
    expect(stream.err).toBe("sipnav: Cannot write standard output: no space is left on the device.\n9\n");
    expect(file.err).toBe("sipnav: Cannot write /dev/full: no space is left on the device.\n9\n");
  });
});

test("cron's environment is enough for a list, a show and a create", async () => {
  const { SIPNAV_HOME: HOME, ...given } = loggedIn();
  const environment = { ...given, HOME };
  const id = (
    await runProgram(["accounts", "list", "--limit", "1", "-o", "ids"], { environment })
  ).out.trim();
  expect(id).toBe("10001");
  expect((await runProgram(["accounts", "show", id, "--json"], { environment })).code).toBe(0);
  const words = ["accounts", "create", "--account-name", "From cron", "--customer-id", "2001"];
  expect(await runProgram(words, { environment })).toMatchObject({ code: 0 });
});
