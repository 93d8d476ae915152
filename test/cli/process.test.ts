import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/server.ts";
import { temporaryFolder } from "../host/desk.ts";
import { runProgram, startProgram } from "./program.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ accounts: 300, carriers: 10, companies: 10, cdrs: 100 });
});
afterAll(() => sandbox.close());

const loggedIn = (url = sandbox.url) => ({
  SIPNAV_HOME: temporaryFolder(),
  SIPNAV_TOKEN: sandbox.token,
  SIPNAV_BASE_URL: url,
});

/** Runs a line of bash in which `"$0" "$@"` is the program with its words. */
async function runInBash(
  line: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const bin = join(import.meta.dirname, "../../bin/sipnav.js");
  const { stdout, stderr } = await promisify(execFile)(
    "bash",
    ["--norc", "-c", line, process.execPath, bin, ...words],
    { env: { PATH: process.env.PATH, ...environment } },
  );
  return { out: stdout, err: stderr };
}

/** A platform that takes every request and answers none. */
async function openSilence() {
  let requests = 0;
  const server = createServer(() => {
    requests += 1;
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

describe("what needs no platform", () => {
  const loaded = { node: ["--require", join(import.meta.dirname, "loaded.cjs")] };

  test.each([
    { words: ["--version"], says: /^\d+\.\d+\.\d+\n$/ },
    { words: ["--help"], says: /Usage: sipnav/ },
    { words: ["accounts", "list", "--help"], says: /Usage: sipnav accounts list/ },
    { words: ["__complete", "--", "accounts", "l"], says: /^list\t/ },
    { words: ["completion", "bash"], says: /complete -F/ },
    { words: ["help", "exit-codes"], says: /130/ },
  ])(
    "$words runs without a home, and loads no library for the platform, files or the screen",
    async ({ words, says }) => {
      const { code, out, err } = await runProgram(words, loaded);
      expect(code).toBe(0);
      expect(out).toMatch(says);
      const names = err.split("\n");
      expect(names.some((name) => name.endsWith("sipnav.js"))).toBe(true);
      const heavy =
        /got|conf\.cjs|keytar|exceljs|csv-parse|ink|tui\.cjs|hono|luxon|yaml|lockfile|node:(?:https?|net|tls|crypto|child_process)/;
      expect(names.filter((name) => heavy.test(name.replace(/.*(?=\/)/, "")))).toEqual([]);
    },
  );

  test("shell and list of commands run without a home, too", async () => {
    expect((await runProgram(["commands", "-o", "ids"])).out).toContain("accounts list\n");
    expect((await runProgram(["shell"], { stdin: "help\n" })).out).toContain("exit-codes");
  });
});

describe("surroundings", () => {
  test.each([{ TERM: "dumb" }, { NO_COLOR: "1" }, { CI: "true" }, { LC_ALL: "C" }, { COLUMNS: "20" }])(
    "%o change no result, and bring no escape sequence",
    async (environment) => {
      const { code, out, err } = await runProgram(["accounts", "list", "--limit", "5", "--json"], {
        environment: { ...loggedIn(), ...environment },
      });
      expect({ code, rows: JSON.parse(out).length, escapes: /\u001b/.test(out + err) }).toEqual({
        code: 0,
        rows: 5,
        escapes: false,
      });
    },
  );

  test("a closed standard input answers no question", async () => {
    const { code, err } = await runProgram(["restrictions", "disable", "1"], { environment: loggedIn() });
    expect(code).toBe(2);
    expect(err).toContain("--yes");
    const login = await runProgram(["login", "--base-url", sandbox.url, "--store", "file"], {
      environment: { SIPNAV_HOME: temporaryFolder() },
    });
    expect(login.code).toBe(2);
    expect(login.err).toContain("--username");
  });

  test("a reader that leaves early ends it quietly with 0", async () => {
    const line = '"$0" "$@" | head -n 1; echo "$PIPESTATUS"';
    const ended = await runInBash(line, ["accounts", "list", "--all", "--json"], loggedIn());
    expect(ended).toEqual({ out: "[\n0\n", err: "" });
  });

  test("a full disk behind standard output is told", async () => {
    const { out, err } = await runInBash('"$0" "$@" > /dev/full; echo "$?"', ["help", "output"], {});
    expect(out).toBe("9\n");
    expect(err).toBe("sipnav: Cannot write standard output: no space is left on the device.\n");
  });
});

test("a promise that nobody catches is told in a few words, and ends it with 1", async () => {
  const mishap = join(temporaryFolder(), "mishap.cjs");
  writeFileSync(mishap, 'setTimeout(() => Promise.reject(new TypeError("x is not a function")), 300)');
  const { code, err } = await runProgram(["sandbox", "start", "--cdrs", "0"], {
    node: ["--require", mishap],
  });
  expect({ code, err }).toEqual({
    code: 1,
    err: "sipnav: a defect of this program: x is not a function\nWith --debug it says where.\n",
  });
});

describe("signals", () => {
  test.each([
    ["SIGINT", 130, "The call was interrupted."],
    ["SIGTERM", 143, "Terminated."],
    ["SIGHUP", 143, "Terminated."],
  ] as const)("%s during a request ends it with %i", async (signal, code, message) => {
    const silence = await openSilence();
    const { child, ended } = startProgram(["accounts", "list"], { environment: loggedIn(silence.url) });
    await vi.waitFor(() => expect(silence.requests()).toBe(1), 15_000);
    child.kill(signal);
    const end = await ended;
    expect(end).toMatchObject({ code, out: "" });
    expect(end.err).toMatch(`sipnav: ${message}`);
  });

  test("a shell's script ends with the command that was interrupted", async () => {
    const silence = await openSilence();
    const { child, ended } = startProgram(["shell", "--keep-going"], {
      environment: loggedIn(silence.url),
      stdin: "accounts list\nhelp\n",
    });
    await vi.waitFor(() => expect(silence.requests()).toBe(1), 15_000);
    child.kill("SIGINT");
    const end = await ended;
    expect(end).toMatchObject({ code: 130, out: "" });
    expect(end.err).toMatch("sipnav: Line 1: The call was interrupted.");
  });
});
