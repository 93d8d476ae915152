import { appendFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { limits } from "../../src/core/limits.ts";
import type { FaultKind } from "../../src/sandbox/faults.ts";
import { accountHeader, type BulkWorld, newAccounts, openBulkWorld, printed } from "../services/bulk/desk.ts";

const count = 60;
const sheetOf = (world: BulkWorld, rows = count) =>
  world.writeSheet("a.csv", accountHeader, newAccounts(rows));
const everyName = (rows = count) => newAccounts(rows).map((line) => line.split(",")[0]);
const faultOf = (kind: FaultKind, times: number) => ({ operation: "createAccount", kind, times }) as const;

/** Runs an import and does something when the platform has answered so many creations. */
async function importAndAfter(world: BulkWorld, creations: number, deed: () => unknown, ...words: string[]) {
  const running = world.import("accounts", sheetOf(world), ...words);
  const isDue = () => world.writes().length >= creations;
  while (!isDue()) await new Promise((resolve) => setImmediate(resolve));
  await deed();
  return running;
}

/** Runs an import that is asked to end after some creations. */
async function stopped(world: BulkWorld, kind: "interrupted" | "terminated", after = 10) {
  const end = new AbortController();
  const sheet = sheetOf(world);
  const running = world.runOn({ signal: end.signal }, "accounts", "import", sheet, "--yes", "--json");
  while (world.writes().length < after) await new Promise((resolve) => setImmediate(resolve));
  end.abort(new SipnavError(kind, "It was asked to end."));
  return running;
}

describe("a run whose answers go wrong", { timeout: 60_000 }, () => {
  test.each(["lost", "reset", "http500", "http503", "http429", "html", "cut"] as const)(
    "does every row once: %s",
    async (kind) => {
      const world = await openBulkWorld();
      world.sandbox.failNext(faultOf(kind, 6));
      const ended = await world.import("accounts", sheetOf(world));
      expect(ended).toMatchObject({ code: 0 });
      expect(printed(ended)[0]).toMatchObject({ ok: count, failed: 0, unknown: 0, left: 0 });
      expect(await world.made()).toEqual(everyName());
    },
  );

  test("does not send again what the platform does long after the client has given up", async () => {
    const world = await openBulkWorld();
    // Given up after a second and looked for at once, the row is done before the second look.
    const done = () => vi.waitFor(async () => expect(await world.made()).toEqual(everyName(3)), 30_000);
    const clock = world.clockOn(2 * limits.lookupMs, done);
    world.sandbox.failNext({ ...faultOf("slow", 1), delayMs: 4_000 });
    const words = ["accounts", "import", sheetOf(world, 3), "--yes", "--json", "--timeout", "1"];
    const ended = await world.runOn({ clock }, ...words);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.err).toContain("1 row has no answer: looking for what became of it.");
    expect(ended.err).toMatch(
      /1 not on the platform yet: looking again in \d+ s; what is absent then is sent again\./,
    );
    expect(printed(ended)[0]).toMatchObject({ ok: 3, unknown: 0 });
    expect(await world.made()).toEqual(everyName(3));
    expect(world.writes()).toHaveLength(3);
  });

  test("does every change once, though answers are lost and the platform fails", async () => {
    const world = await openBulkWorld();
    const before = await world.table("accounts");
    const rows = before.map(({ account_id }, index) => `${account_id},${index + 1},moved`);
    for (const kind of ["lost", "http500", "reset"] as const) {
      world.sandbox.failNext({ operation: "updateAccount", kind, times: 7 });
    }
    const ended = await world.import(
      "accounts",
      world.writeSheet("u.csv", "account_id,cps_limit,note", rows),
    );
    expect(ended).toMatchObject({ code: 0 });
    const after = await world.table("accounts");
    expect(after.map(({ cps_limit, note }) => [cps_limit, note])).toEqual(
      before.map((_, n) => [n + 1, "moved"]),
    );
    const kept = (table: typeof before) =>
      table.map(({ account_id, account_name, customer_id }) => [account_id, account_name, customer_id]);
    expect(kept(after)).toEqual(kept(before));
  });

  test("does every restriction once, though their writes go in the query and answers are lost", async () => {
    const world = await openBulkWorld();
    const rows = Array.from({ length: 30 }, (_, n) => `1,3120655501${String(n).padStart(2, "0")},new`);
    const before = (await world.table("restrictions")).length;
    const sheet = world.writeSheet("r.csv", "priority,dst_number,note", rows);
    world.sandbox.failNext({ operation: "createRestriction", kind: "lost", times: 5 });
    world.sandbox.failNext({ operation: "createRestriction", kind: "reset", times: 5 });
    expect(await world.import("restrictions", sheet)).toMatchObject({ code: 0 });
    expect(await world.table("restrictions")).toHaveLength(before + 30);
    const ids = (await world.table("restrictions")).slice(before).map(({ restriction_id }) => restriction_id);
    const changed = world.writeSheet(
      "s.csv",
      "restriction_id,note",
      ids.map((id) => `${id},changed`),
    );
    world.sandbox.failNext({ operation: "updateRestriction", kind: "lost", times: 5 });
    world.sandbox.failNext({ operation: "updateRestriction", kind: "http500", times: 5 });
    expect(await world.import("restrictions", changed)).toMatchObject({ code: 0 });
    const notes = (await world.table("restrictions")).slice(before).map(({ note }) => note);
    expect(notes).toEqual(Array.from({ length: 30 }, () => "changed"));
  });

  test("waits a platform out that fails for minutes", async () => {
    const world = await openBulkWorld();
    world.sandbox.failNext(faultOf("http500", 14));
    const ended = await world.import("accounts", sheetOf(world));
    expect(ended).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
  });

  test("gives up on a platform that stays down, and a resume does the rest", async () => {
    const world = await openBulkWorld();
    world.sandbox.failNext(faultOf("http503", 100_000));
    const ended = await world.import("accounts", sheetOf(world));
    expect(ended.code).toBe(11);
    const job = await world.job();
    expect(ended.err).toContain(`sipnav jobs resume ${job}`);
    const rejects = await world.run("jobs", "rejects", job, "--json");
    expect(rejects.err).toContain("The job is unfinished, and more may follow.");
    world.sandbox.setFaults("");
    world.pass(60_000);
    expect(await world.run("jobs", "resume", job, "--json")).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
  });

  test("leaves unknown what can't be decided: somebody else made one of that name", async () => {
    const world = await openBulkWorld();
    world.sandbox.failNext(faultOf("reset", 1));
    const sheet = world.writeSheet("a.csv", accountHeader, ["New 1,2001,5"]);
    const words = ["--account-name", "New 1", "--customer-id", "2001", "--channels-limit", "99"];
    const somebodyElse = () => world.runOn({}, "accounts", "create", ...words);
    const clock = world.clockOn(limits.lookupMs / 2, somebodyElse);
    const ended = await world.runOn({ clock }, "accounts", "import", sheet, "--yes", "--json");
    expect(ended.code).toBe(9);
    expect(printed(ended)[0]).toMatchObject({ ok: 0, unknown: 1 });
    expect(await world.made()).toEqual(["New 1"]);
  });

  test("stops with 10 at a limit that asks for a longer wait than allowed, and loses nothing", async () => {
    const world = await openBulkWorld({ sandbox: { rateLimit: "20/min" } });
    const ended = await world.import("accounts", sheetOf(world), "--max-wait", "2");
    expect(ended.code).toBe(10);
    const job = await world.job();
    expect(ended.err).toContain(`sipnav jobs resume ${job}`);
    world.pass(60_000);
    expect(await world.run("jobs", "resume", job)).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
  });
});

describe("a session that ends midway", () => {
  const revoke = async (world: BulkWorld) => {
    const token = JSON.parse(
      (await world.host.secrets("keychain", String).get("session:default")) ?? "",
    ).token;
    await fetch(`${world.sandbox.url}/api/logout`, {
      method: "POST",
      headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
    });
  };
  const logIn = async (world: BulkWorld, ...words: string[]) => {
    world.feed(`${world.sandbox.password}\n`);
    return world.run(
      "login",
      "--username",
      world.sandbox.username,
      "--password-stdin",
      "--store",
      "keychain",
      ...words,
    );
  };

  test("pauses the run with 4, and a resume after a login does the rest", async () => {
    const world = await openBulkWorld();
    const ended = await importAndAfter(world, 10, () => revoke(world));
    expect(ended.code).toBe(4);
    const job = await world.job();
    expect(JSON.parse(ended.err.trim().split("\n").at(-1) ?? "").error.hint).toContain(
      `sipnav jobs resume ${job}`,
    );
    expect((await world.made()).length).toBeLessThan(count);
    await logIn(world);
    expect(await world.run("jobs", "resume", job)).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
  });

  test("renews itself where the password is remembered", async () => {
    const world = await openBulkWorld();
    await logIn(world, "--remember", "--base-url", world.sandbox.url);
    expect(await importAndAfter(world, 10, () => revoke(world))).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
  });
});

describe("a run that is asked to end", () => {
  test.each([
    ["interrupted", 130],
    ["terminated", 143],
  ] as const)("takes no new row, says how to go on, and loses nothing: %s", async (kind, code) => {
    const world = await openBulkWorld();
    const ended = await stopped(world, kind);
    const job = await world.job();
    expect(ended.code).toBe(code);
    expect(ended.err).toContain(`sipnav jobs resume ${job}`);
    const made = (await world.made()).length;
    expect(made).toBeLessThan(count);
    // Every write that was begun has its answer in the journal: nothing is left to be looked up.
    const [summary] = printed(await world.run("jobs", "show", job, "--json"));
    expect(summary).toMatchObject({ ok: made, unknown: 0, left: count - made });
    const resumed = await world.run("jobs", "resume", job, "--json");
    expect(resumed).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
    expect(world.writes()).toHaveLength(count);
  });
});

describe("a job on the disk", () => {
  const files = (world: BulkWorld, job: string) => (name: string) =>
    join(world.host.folders.state, "jobs", job, name);

  test("goes on after a journal that was torn in the middle of a line", async () => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    const job = await world.job();
    const journal = files(world, job)("journal.ndjson");
    appendFileSync(journal, '{"at":"2026-01-31T00:00:00.000Z","row":59,"st');
    expect(await world.run("jobs", "resume", job)).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
    const whole = readFileSync(journal, "utf8");
    expect(whole).not.toContain('"st{');
    expect(whole.endsWith("\n")).toBe(true);
  });

  test("looks up every row whose answer was not written down", async () => {
    const world = await openBulkWorld();
    expect(await world.import("accounts", sheetOf(world))).toMatchObject({ code: 0 });
    const job = await world.job();
    const journal = files(world, job)("journal.ndjson");
    const sent = readFileSync(journal, "utf8")
      .split("\n")
      .filter((line) => line.includes('"sent"'));
    writeFileSync(journal, `${sent.join("\n")}\n`);
    const resumed = await world.run("jobs", "resume", job, "--json");
    expect(resumed).toMatchObject({ code: 0 });
    expect(printed(resumed)[0]).toMatchObject({ ok: count, unknown: 0 });
    expect(await world.made()).toEqual(everyName());
    expect(world.writes()).toHaveLength(count);
  });

  test("names the line of a journal that is damaged, and sends nothing", async () => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    const job = await world.job();
    const sentBefore = world.writes().length;
    const journal = files(world, job)("journal.ndjson");
    const text = readFileSync(journal, "utf8");
    truncateSync(journal);
    writeFileSync(journal, text.replace(/^.*\n/, "garbage\n"));
    const { code, err } = await world.run("jobs", "resume", job);
    expect(code).toBe(3);
    expect(err).toContain("journal.ndjson:1");
    expect(world.writes()).toHaveLength(sentBefore);
  });

  test("is resumed by one process at a time", async () => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    const job = await world.job();
    const both = await Promise.all([
      world.runOn({}, "jobs", "resume", job),
      world.runOn({}, "jobs", "resume", job),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 7]);
    expect(both.find(({ code }) => code === 7)?.err).toContain("under way already");
    expect(await world.made()).toEqual(everyName());
  });

  test.each([
    ["origin", "https://other.example"],
    ["platform_id", "9"],
    ["profile", "other"],
  ])("refuses to go on elsewhere: another %s", async (name, value) => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    const job = await world.job();
    const sentBefore = world.writes().length;
    const path = files(world, job)("job.json");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), [name]: value }));
    const { code, err } = await world.run("jobs", "resume", job);
    expect(code).toBe(7);
    expect(err).toContain(value);
    expect(world.writes()).toHaveLength(sentBefore);
  });

  test("does not double what somebody else has made since", async () => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    const job = await world.job();
    const made = await world.made();
    const other = everyName().find((name) => !made.includes(name ?? "")) ?? "";
    await world.run("accounts", "create", "--account-name", other, "--customer-id", "2001");
    const ended = await world.run("jobs", "resume", job, "--json");
    expect(ended.code).toBe(9);
    expect(printed(ended)[1]).toMatchObject([{ code: "stale", step: "failed" }]);
    expect(await world.made()).toEqual(everyName());
  });

  test("is not made of a sheet that is saved anew while it is read", async () => {
    const world = await openBulkWorld();
    const sheet = sheetOf(world);
    world.sandbox.failNext({ operation: "listAccounts", kind: "slow", delayMs: 200 });
    const running = world.import("accounts", sheet);
    while (!world.sandbox.requests().some(({ fault }) => fault === "slow"))
      await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(sheet, `${accountHeader}\nOther,2001,1\n`);
    const ended = await running;
    expect(ended.code).toBe(7);
    expect(ended.err).toContain("was changed while it was read; nothing was sent");
    expect(world.writes()).toEqual([]);
    expect(await world.job()).toBe("");
  });

  test("is all that a crash leaves for long: other folders go a day later", async () => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    const job = await world.job();
    const { state } = world.host.folders;
    const leave = (parent: string, name: string) => {
      mkdirSync(join(state, parent, name), { recursive: true });
      writeFileSync(join(state, parent, name, "plan.ndjson"), "{}\n");
    };
    leave("jobs", "20200131-130502123-0001");
    leave("inputs", "20200131-130502123-0002");
    const young = `${job.slice(0, -4)}ffff`;
    leave("jobs", young);
    await world.import("accounts", world.writeSheet("b.csv", accountHeader, ["New b,2001,1"]));
    const names = readdirSync(join(state, "jobs"));
    expect(names).toEqual(expect.arrayContaining([job, young]));
    expect(names).toHaveLength(3);
    expect(readdirSync(join(state, "inputs"))).toEqual([]);
  });

  test("that is damaged is named, and keeps nobody from the others", async () => {
    const world = await openBulkWorld();
    await world.import("accounts", sheetOf(world, 1));
    const job = await world.job();
    writeFileSync(files(world, job)("job.json"), '{"id":"2026');
    const other = await world.import("accounts", world.writeSheet("b.csv", accountHeader, ["New b,2001,1"]));
    expect(other).toMatchObject({ code: 0, err: expect.stringContaining(`${job}/job.json is damaged`) });
    const listed = await world.run("jobs", "list", "--json");
    expect(listed).toMatchObject({ code: 0, err: expect.stringContaining(`${job}/job.json is damaged`) });
    expect(JSON.parse(listed.out)).toMatchObject([{ file: "b.csv" }]);
    expect(await world.run("jobs", "show", job)).toMatchObject({ code: 3 });
  });

  test("needs no sheet to go on", async () => {
    const world = await openBulkWorld();
    await stopped(world, "interrupted");
    writeFileSync(world.path("a.csv"), "gone\n");
    expect(await world.run("jobs", "resume", await world.job())).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName());
  });
});
