import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { temporaryFolder } from "../host/desk.ts";
import { accountHeader, newAccounts } from "../services/bulk/desk.ts";
import { bin } from "../system/program.ts";

// Each test starts up to three processes, which take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const count = 200;

/** A platform that takes its time, and a sheet for it. */
async function openPlace(options: SandboxOptions = { faults: "slow:20ms@1" }) {
  const sandbox = await startSandbox({ accounts: 20, carriers: 3, companies: 5, cdrs: 10, ...options });
  onTestFinished(() => sandbox.close());
  const home = temporaryFolder();
  const sheet = join(home, "a.csv");
  writeFileSync(sheet, `${[accountHeader, ...newAccounts(count)].join("\n")}\n`);
  return { sandbox, home, sheet, job: () => readdirSync(join(home, "state", "jobs"))[0] ?? "" };
}

/** Starts the built program; `blocks` of 512 bytes are the most that it can write to one file. */
function start({ url, token }: Sandbox, home: string, words: readonly string[], blocks = "unlimited") {
  const line = `ulimit -f ${blocks}; exec "$@"`;
  const child = spawn("/bin/sh", ["-c", line, "sh", process.execPath, bin, ...words], {
    env: { PATH: process.env.PATH, SIPNAV_HOME: home, SIPNAV_BASE_URL: url, SIPNAV_TOKEN: token },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let err = "";
  child.stderr.on("data", (part) => {
    err += part;
  });
  const ended = new Promise<{ code: number | null; err: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, err }));
  });
  child.stdout.resume();
  return { child, ended };
}

const creations = (sandbox: Sandbox) =>
  sandbox.requests().filter(({ operation }) => operation === "createAccount").length;

async function untilSent(sandbox: Sandbox, rows: number) {
  while (creations(sandbox) < rows) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The signals that were sent to a process and have not reached it, as a mask (proc(5)). */
function pendingSignals({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number.parseInt(/^ShdPnd:\s+(\w+)$/m.exec(status)?.[1] ?? "", 16);
}

async function made({ url }: Sandbox): Promise<string[]> {
  const table = (await (await fetch(`${url}/__sandbox/tables/accounts`)).json()) as {
    account_name: string;
  }[];
  return table
    .map(({ account_name }) => account_name)
    .filter((name) => name.startsWith("New "))
    .sort();
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s lets what is under way end, and says how to go on", async (signal, code) => {
  const { sandbox, home, sheet, job } = await openPlace();
  const { child, ended } = start(sandbox, home, ["accounts", "import", sheet, "--yes"]);
  await untilSent(sandbox, 20);
  child.kill(signal);
  const end = await ended;
  expect(end.code).toBe(code);
  expect(end.err).toContain(`sipnav jobs resume ${job()}`);
  const answered = await made(sandbox);
  expect(answered).toHaveLength(creations(sandbox));
  expect(answered.length).toBeLessThan(count);
  const resumed = await start(sandbox, home, ["jobs", "resume", job()]).ended;
  expect(resumed.code).toBe(0);
  expect(await made(sandbox)).toEqual(newAccounts(count).map((row) => row.split(",")[0]));
  expect(creations(sandbox)).toBe(count);
});

test("SIGINT does not wait for what waits for the platform's limit", async () => {
  const { sandbox, home, sheet, job } = await openPlace({ rateLimit: "60/min" });
  const { child, ended } = start(sandbox, home, ["accounts", "import", sheet, "--yes"]);
  await untilSent(sandbox, 3);
  const sent = creations(sandbox);
  child.kill("SIGINT");
  const end = await ended;
  expect(end.code).toBe(130);
  // Eight rows are under way, most of which wait to be sent, one a second.
  expect(creations(sandbox) - sent).toBeLessThan(4);
  const shown = start(sandbox, home, ["jobs", "show", job(), "--json"]);
  let out = "";
  shown.child.stdout.on("data", (part) => {
    out += part;
  });
  await shown.ended;
  const answered = await made(sandbox);
  expect(answered).toHaveLength(creations(sandbox));
  expect(JSON.parse(out)[0]).toMatchObject({
    ok: answered.length,
    unknown: 0,
    left: count - answered.length,
  });
});

test("a second SIGINT leaves at once", async () => {
  const { sandbox, home, sheet } = await openPlace();
  sandbox.setFaults("slow:30000ms@1");
  sandbox.failNext({ operation: "listAccounts", kind: "slow", delayMs: 1, times: 5 });
  const { child, ended } = start(sandbox, home, ["accounts", "import", sheet, "--yes"]);
  await untilSent(sandbox, 8);
  child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 200));
  // A second signal that meets the first one still on its way would be one with it.
  await expect.poll(() => pendingSignals(child), { timeout: 30_000 }).toBe(0);
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
});

test("a journal that can't be written stops the run at once, and nothing is lost", async () => {
  const { sandbox, home, sheet, job } = await openPlace();
  const first = start(sandbox, home, ["accounts", "import", sheet, "--yes"]);
  await untilSent(sandbox, 20);
  first.child.kill("SIGINT");
  await first.ended;
  const before = creations(sandbox);
  const full = await start(sandbox, home, ["jobs", "resume", job()], "16").ended;
  expect(full.code).toBe(3);
  expect(full.err).toContain(join(job(), "journal.ndjson"));
  expect(full.err).toContain("file too large");
  // Room for some 8,000 bytes is room for less than a hundred rows: what had no line was not sent.
  expect(creations(sandbox) - before).toBeLessThan(100);
  const resumed = await start(sandbox, home, ["jobs", "resume", job()]).ended;
  expect(resumed.code).toBe(0);
  expect(await made(sandbox)).toEqual(newAccounts(count).map((row) => row.split(",")[0]));
});
