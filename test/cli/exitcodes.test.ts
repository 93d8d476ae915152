import { spawn } from "node:child_process";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { exitCodes } from "../../src/core/errors.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openPlatform } from "../services/platform.ts";
import { runProgram, startProgram } from "./program.ts";

/** What a person finds: a platform, a home, a token for it. */
async function openSeat() {
  const sandbox = await openPlatform();
  const home = temporaryFolder();
  const environment = { SIPNAV_HOME: home, SIPNAV_TOKEN: sandbox.token, SIPNAV_BASE_URL: sandbox.url };
  return { sandbox, home, environment };
}
type Seat = Awaited<ReturnType<typeof openSeat>>;

const serveAlways = async (status: number, body: string): Promise<string> => {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const lacks = (operation: Parameters<Sandbox["failNext"]>[0]["operation"]) => ({
  ...(operation && { operation }),
  times: 1_000,
});

/** One way to each code: what leads there, and what the message has to say, the way out included. */
const ways: readonly {
  readonly code: number;
  readonly by: string;
  readonly words: readonly string[];
  readonly says: RegExp;
  readonly prepare?: (
    seat: Seat,
  ) => Promise<Record<string, string> | undefined> | Record<string, string> | undefined;
}[] = [
  {
    code: 0,
    by: "an empty list",
    words: ["accounts", "list", "--where", "account_name eq nobody"],
    says: /^$/,
  },
  { code: 2, by: "a slip of the finger", words: ["accounts", "lsit"], says: /Unknown command 'lsit'.*list/s },
  { code: 2, by: "a value", words: ["cdr", "search", "--from", "soon"], says: /--from: .*expected/ },
  {
    code: 3,
    by: "broken settings",
    words: ["accounts", "list"],
    says: /config\.json, line 2 is not JSON\.\n.*Mend it, or move it away\./s,
    prepare({ home }) {
      writeFileSync(join(home, "config.json"), "{\n  oops\n}");
      return undefined;
    },
  },
  {
    code: 3,
    by: "a profile that nobody made",
    words: ["accounts", "list", "--profile", "prod"],
    says: /no profile prod\.\nMake it: sipnav login --profile prod/,
  },
  {
    code: 4,
    by: "no session",
    words: ["accounts", "list"],
    says: /not logged in \(profile default\)\.\nLog in: sipnav login --profile default .*SIPNAV_TOKEN/,
    prepare: () => ({ SIPNAV_TOKEN: "" }),
  },
  {
    code: 5,
    by: "a read-only profile",
    words: ["restrictions", "disable", "5001", "--yes"],
    says: /Profile default is read-only: nothing was sent\.\n.*sipnav config set readOnly no --profile default/,
    async prepare({ environment }) {
      await runProgram(["config", "set", "readOnly", "yes"], { environment });
      return undefined;
    },
  },
  {
    code: 5,
    by: "a right that is lacking",
    words: ["accounts", "list"],
    says: /does not allow this.*\nAsk the platform's administrator/,
    prepare: async () => ({ SIPNAV_BASE_URL: await serveAlways(403, '{"message":"Forbidden"}') }),
  },
  {
    code: 6,
    by: "an id of nothing",
    words: ["accounts", "show", "99999"],
    says: /not have this.*\nRequest id: /,
  },
  {
    code: 7,
    by: "a name that is taken",
    words: ["profiles", "add", "sandbox"],
    says: /There is a profile sandbox already\.\nChange it: sipnav config set/,
  },
  {
    code: 9,
    by: "a row that cannot be decided",
    words: ["accounts", "import", "twins.csv", "--yes"],
    says: /sipnav jobs rejects/,
    async prepare({ home, environment }) {
      const twin = ["accounts", "create", "--account-name", "Twin", "--customer-id", "2001"];
      for (const limit of ["1", "2"]) await runProgram([...twin, "--channels-limit", limit], { environment });
      const rows = ["account_name,customer_id,channels_limit", "Twin,2001,9", "Other,2001,5"];
      writeFileSync(join(home, "twins.csv"), `${rows.join("\n")}\n`);
      return undefined;
    },
  },
  {
    code: 10,
    by: "a rate limit that asks for too long a wait",
    words: ["accounts", "list", "--max-wait", "0"],
    says: /limit.*\nTry again in \d+ s, at /,
    prepare({ sandbox }) {
      sandbox.failNext({ ...lacks("listAccounts"), kind: "http429" });
      return undefined;
    },
  },
  {
    code: 11,
    by: "a platform that is not there",
    words: ["accounts", "list"],
    says: /Nothing listens at the platform's address.*\nCheck the base URL/,
    prepare: () => ({ SIPNAV_BASE_URL: "http://127.0.0.1:9" }),
  },
  {
    code: 12,
    by: "a platform that fails",
    words: ["accounts", "list"],
    says: /The platform failed \(HTTP 500\).*\nRequest id: /s,
    prepare({ sandbox }) {
      sandbox.failNext({ ...lacks("listAccounts"), kind: "http500" });
      return undefined;
    },
  },
  {
    code: 13,
    by: "a request that the platform rejects",
    words: ["accounts", "create", "--account-name", "x", "--customer-id", "99999"],
    says: /The platform refused the request: .*customer/i,
  },
  {
    code: 14,
    by: "a check that comes out true",
    words: ["doctor"],
    says: /checks failed: answer, session/,
    prepare: () => ({ SIPNAV_BASE_URL: "http://127.0.0.1:9" }),
  },
];

describe("exit codes", () => {
  test.each(ways)(
    "$code by $by",
    async ({ code, words, says, prepare }) => {
      const seat = await openSeat();
      const change = await prepare?.(seat);
      const argv = words.map((word) => (word.endsWith(".csv") ? join(seat.home, word) : word));
      const ended = await runProgram(argv, { environment: { ...seat.environment, ...change } });
      expect(ended, ended.err).toMatchObject({ code, err: expect.stringMatching(says) });
      expect(ended.err).not.toMatch(/\bat .*\.[cm]?js:\d+/);
      if (code !== 0) expect(ended.err).toMatch(/^sipnav: /m);
      const json = await runProgram([...argv, "--error-format", "json"], {
        environment: { ...seat.environment, ...change },
      });
      if (code === 0 || code === 9 || code === 13) return;
      expect(JSON.parse(json.err)).toMatchObject({ error: { exit_code: code, message: expect.any(String) } });
    },
    60_000,
  );

  test("1 by a defect, which tells where to look", async () => {
    const { home, environment } = await openSeat();
    const mishap = join(home, "mishap.cjs");
    writeFileSync(mishap, 'setTimeout(() => Promise.reject(new TypeError("x is not a function")), 300)');
    const ended = await runProgram(["sandbox", "start", "--cdrs", "0"], {
      environment,
      node: ["--require", mishap],
    });
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/a defect of this program: x is not a function\nWith --debug it says where\./);
  }, 30_000);

  test("3 by a keychain that does not work, which names the way around it", async () => {
    const { sandbox, environment } = await openSeat();
    const login = ["login", "--username", sandbox.username, "--password-stdin", "--store", "keychain"];
    const ended = await runProgram(login, {
      environment: { ...environment, SIPNAV_TOKEN: "", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" },
      stdin: sandbox.password,
    });
    expect(ended).toMatchObject({ code: 3, err: expect.stringMatching(/keychain.*\n.*--store file/) });
  }, 30_000);

  test("7 by a lock that another process holds", async () => {
    const { home, environment } = await openSeat();
    const lock = join(home, "config.json.lock");
    mkdirSync(lock);
    // One that was not touched for ten seconds would be taken over.
    const touched = new Date("2100-01-01");
    utimesSync(lock, touched, touched);
    const ended = await runProgram(["config", "set", "output", "json"], { environment });
    expect(ended).toMatchObject({
      code: 7,
      err: expect.stringMatching(/holds the lock.*\nTry again when it has ended/),
    });
  }, 60_000);

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "%s ends a running command with %i",
    async (signal, code) => {
      const { sandbox, environment } = await openSeat();
      sandbox.failNext({ operation: "listAccounts", kind: "stall", times: 100 });
      const { child, ended } = startProgram(["accounts", "list"], { environment });
      await vi.waitFor(() => expect(sandbox.requests().length).toBeGreaterThan(0), 15_000);
      child.kill(signal);
      expect(await ended).toMatchObject({ code, out: "", err: expect.stringMatching(/^sipnav: /) });
    },
    30_000,
  );

  test("130 by a question that is answered no", async () => {
    const { environment } = await openSeat();
    const bin = join(import.meta.dirname, "../../bin/sipnav.js");
    const command = `'${process.execPath}' '${bin}' restrictions disable 5001`;
    const child = spawn("script", ["-qec", command, "/dev/null"], {
      env: { PATH: process.env.PATH, TERM: "dumb", ...environment },
    });
    let seen = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      seen += text;
    });
    await vi.waitFor(() => expect(seen).toContain("[y/N]"), 15_000);
    child.stdin.write("n\r");
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, seen }).toEqual({ code: 130, seen: expect.stringContaining("Nothing was done.") });
  }, 30_000);

  test("every code of the table is provoked here, but for what no command comes to yet", () => {
    const provoked = new Set([0, 1, 130, 143, ...ways.map(({ code }) => code)]);
    const open = Object.values(exitCodes).filter((code) => !provoked.has(code));
    expect([...new Set(open)]).toEqual([8]);
  });
});
