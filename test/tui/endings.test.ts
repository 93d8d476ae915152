import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../../src/core/limits.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { buildProgram, hasTmux, isAlive, openTerminal, patient, removeProgram, whole } from "./tmux.ts";

type Terminal = Awaited<ReturnType<typeof openTerminal>>;

/** In the middle of what a person may be in. */
const situations = {
  "a command runs": async (terminal: Terminal) => {
    terminal.send("3");
    await terminal.appears("Esc stops");
  },
  "a question waits": async (terminal: Terminal) => {
    terminal.send("2");
    await terminal.appears("[ Run ]");
    terminal.send("x", "Enter", "Enter");
    await terminal.appears("Password");
  },
} as const;

const endings: readonly (readonly [string, number, (terminal: Terminal) => void])[] = [
  ["SIGTERM", 143, (terminal) => process.kill(terminal.pid(), "SIGTERM")],
  ["SIGHUP", 129, (terminal) => process.kill(terminal.pid(), "SIGHUP")],
];

const names = Object.keys(situations) as (keyof typeof situations)[];
const cases = names.flatMap((name) => endings.map(([what, code, end]) => [what, name, code, end] as const));

describe.skipIf(!hasTmux)("an end in the middle", patient, () => {
  beforeAll(buildProgram, patient.timeout);
  afterAll(removeProgram);

  test.each(cases)("%s while %s leaves the terminal whole", async (_, name, code, end) => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await situations[name](terminal);
    end(terminal);
    expect(await terminal.ended()).toBe(code);
    expect(terminal.restored()).toEqual(whole);
    expect(terminal.show("#{history_size}")).toBe("0");
  });

  test.each([
    ["throw", 1],
    ["reject", 1],
    ["exit", 7],
  ] as const)("%s while a question waits leaves the terminal whole", async (how, code) => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    const rights = ["throw", "reject", "exit"].indexOf(how) + 1;
    await terminal.press("4", ...Array.from({ length: rights }, () => "Right"), "Enter", "Right", "Enter");
    terminal.send("Enter");
    await terminal.appears("Go on?");
    process.kill(terminal.pid(), "SIGUSR2");
    expect(await terminal.ended()).toBe(code);
    expect(terminal.restored()).toEqual(whole);
    expect(terminal.errors()).toContain(code === 1 ? "nobody caught this" : "");
  });

  test.each(names)("a terminal that vanishes while %s takes the program with it", async (name) => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    const pid = terminal.pid();
    await situations[name](terminal);
    terminal.tmux("kill-server");
    await terminal.until("the end of the process", () => (isAlive(pid) ? undefined : true));
    expect(terminal.errors()).toBe("");
  });

  test("Ctrl-C ends what runs, then a question, then the program", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await situations["a command runs"](terminal);
    terminal.send("C-c");
    await terminal.appears("Cancelled.");
    await situations["a question waits"](terminal);
    terminal.send("C-c");
    await terminal.appears("Nothing was answered.");
    terminal.send("C-c");
    expect(await terminal.ended()).toBe(130);
    expect(terminal.restored()).toEqual(whole);
  });

  test.each(names)("Ctrl-Z while %s, and fg, leads back to where one was", async (name) => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await situations[name](terminal);
    const before = terminal.screen().split("\n").at(-1);
    terminal.send("C-z");
    await terminal.appears("Stopped");
    expect(terminal.show("#{alternate_on} #{cursor_flag}")).toBe("0 1");
    terminal.tmux("send-keys", "fg", "Enter");
    await terminal.until("the screen", () => (terminal.show("#{alternate_on}") === "1" ? true : undefined));
    await terminal.appears(before?.trim() ?? "none");
    terminal.send("Escape");
    await terminal.until("the end of it", () =>
      terminal.screen().includes("q quit") || terminal.screen().includes("F1 help") ? true : undefined,
    );
  });
});

/** In the middle of an import of 300 accounts at 20 a second, from the whole program's menu. */
async function importing() {
  const sandbox = await startSandbox({
    accounts: 20,
    carriers: 5,
    companies: 5,
    cdrs: 100,
    faults: "slow:300ms@1",
  });
  onTestFinished(() => sandbox.close());
  const terminal = await openTerminal(80, 24);
  const sheet = join(terminal.folder, "new.csv");
  const rows = Array.from({ length: 300 }, (_, n) => `New ${n},2001`);
  writeFileSync(sheet, `account_name,customer_id\n${rows.join("\n")}\n`);
  const variables = `SIPNAV_BASE_URL=${sandbox.url} SIPNAV_TOKEN=${sandbox.token}`;
  terminal.launchWhole("", variables);
  await terminal.appears("Platform");
  await terminal.choose("accounts");
  await terminal.choose("import");
  await terminal.type(sheet);
  await terminal.press("NPage", "Enter");
  await terminal.appears("n plan");
  await terminal.press("n");
  await terminal.appears("n apply");
  terminal.send("n");
  await terminal.appears("Enter answer");
  terminal.write("default");
  terminal.send("Enter");
  await terminal.appears("type 300 for yes");
  terminal.write("300");
  terminal.send("Enter");
  await terminal.appears("Apply the other 299?");
  await sleep(limits.dialogDeafMs + 50);
  terminal.send("y");
  await terminal.appears("of 300 rows");
  return { ...terminal, sandbox };
}

/** What the only job's journal has of rows that were sent, and how many of the accounts there are. */
async function traces({ folder, sandbox }: Awaited<ReturnType<typeof importing>>) {
  const jobs = join(folder, "state", "jobs");
  const [job = ""] = readdirSync(jobs);
  const lines = readFileSync(join(jobs, job, "journal.ndjson"), "utf8")
    .trim()
    .split("\n");
  const entries = lines.map((line) => JSON.parse(line) as { row: number; step: string });
  sandbox.setFaults("");
  const table = await fetch(`${sandbox.url}/__sandbox/tables/accounts`);
  const names = ((await table.json()) as { account_name: string }[]).map(({ account_name }) => account_name);
  return {
    sent: new Set(entries.filter(({ step }) => step === "sent").map(({ row }) => row)).size,
    made: names.filter((name) => name.startsWith("New ")).length,
  };
}

describe.skipIf(!hasTmux)("an end in the middle of an import", patient, () => {
  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("by %s leaves the terminal whole, and a job that knows what was sent", async (signal, code) => {
    const run = await importing();
    process.kill(run.pid(), signal);
    expect(await run.ended()).toBe(code);
    expect(run.restored()).toEqual(whole);
    const { sent, made } = await traces(run);
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(300);
    expect(sent).toBeGreaterThanOrEqual(made);
  });

  test("by Esc finishes what is under way, says how to go on, and goes on to the end", async () => {
    const run = await importing();
    run.send("Escape");
    await run.appears("n go on");
    expect(run.screen()).toContain("import stopped");
    expect(run.screen()).toMatch(/rows are left/);
    const { made } = await traces(run);
    expect(made).toBeLessThan(300);
    run.send("n");
    await run.appears("[ Run ]");
    run.send("Enter");
    await run.until("the whole of it", () => (/Done +300/.test(run.screen()) ? true : undefined));
    expect((await traces(run)).made).toBe(300);
    run.send("q");
    expect(await run.ended()).toBe(0);
  });

  test("by Ctrl-C twice leaves at once, and the terminal is whole", async () => {
    const run = await importing();
    run.send("C-c", "C-c");
    expect(await run.ended()).toBe(130);
    expect(run.restored()).toEqual(whole);
    const { sent, made } = await traces(run);
    expect(sent).toBeGreaterThanOrEqual(made);
  });
});
