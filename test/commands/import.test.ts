import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openOutFile } from "../../src/host/outfile.ts";
import { openSheet } from "../../src/sheets/read.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { accountHeader, newAccounts, openBulkWorld, printed } from "../services/bulk/desk.ts";

describe("the columns of a sheet", () => {
  test("are found by name, label and synonym, whatever the case and punctuation", async () => {
    const world = await openBulkWorld();
    const sheet = world.writeSheet("a.csv", "Trunk; CUSTOMER-number ;max channels;Active;Remarks", [
      "New 1;2001;7;no;hello",
    ]);
    expect(await world.import("accounts", sheet)).toMatchObject({ code: 0 });
    const [made] = (await world.table("accounts")).slice(-1);
    expect(made).toMatchObject({
      account_name: "New 1",
      customer_id: "2001",
      channels_limit: 7,
      enabled: 0,
      note: "hello",
    });
  });

  test("are told by --map, saved under a name and used again", async () => {
    const world = await openBulkWorld();
    const sheet = world.writeSheet("a.csv", "What,Whose", ["New 1,2001"]);
    const map = ["--map", "account_name=What", "--map", "customer_id=whose"];
    expect(await world.import("accounts", sheet, ...map, "--save-mapping", "theirs")).toMatchObject({
      code: 0,
    });
    const other = world.writeSheet("b.csv", "What,Whose", ["New 2,2001"]);
    expect(await world.import("accounts", other)).toMatchObject({ code: 2 });
    expect(await world.import("accounts", other, "--mapping", "theirs")).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(["New 1", "New 2"]);
    const unknown = await world.import("accounts", other, "--mapping", "ours");
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.err).toContain("no mapping ours");
  });

  test("that are missing, unknown or double are told with suggestions, and nothing is sent", async () => {
    const world = await openBulkWorld();
    const missing = await world.import("accounts", world.writeSheet("a.csv", "acount_nam,note", ["x,y"]));
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("no column for account_name and customer_id");
    expect(missing.err).toContain("--map 'account_name=acount_nam'");
    const double = await world.import(
      "accounts",
      world.writeSheet("b.csv", "name,trunk,customer_id", ["x,y,2001"]),
    );
    expect(double.code).toBe(2);
    expect(double.err).toContain("--map account_name=COLUMN");
    const wrong = await world.import(
      "accounts",
      world.writeSheet("c.csv", accountHeader, ["x,2001,1"]),
      "--map",
      "acount_name=account_name",
    );
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('did you mean account_name?",');
    const unused = await world.import(
      "accounts",
      world.writeSheet("d.csv", `${accountHeader},Mood`, ["New 1,2001,1,good"]),
    );
    expect(unused.code).toBe(0);
    expect(unused.err).toContain("Column Mood is not used");
    expect(world.writes()).toHaveLength(1);
  });

  test("of a template are what an import takes", async () => {
    const world = await openBulkWorld();
    for (const plural of ["accounts", "carriers", "companies", "restrictions"]) {
      const path = world.path(`${plural}.xlsx`);
      expect(await world.run(plural, "import", "--template", path)).toMatchObject({ code: 0 });
      const { headers, close } = await openSheet(path, { headerRow: 1 });
      await close();
      expect(headers.length).toBeGreaterThan(8);
      const row: Record<string, string> = {
        account_name: "New 1",
        customer_id: plural === "companies" ? "" : "2001",
        carrier_name: "New 1",
        customer_name: "New 1",
        priority: "3",
        dst_number: "0123",
      };
      const columns = headers.map((name) => ({ name, label: name, type: "text" as const }));
      const filled = await createWriter("xlsx", await openOutFile(path, true), columns);
      await filled.write(headers.map((name) => row[name] ?? null));
      await filled.close();
      expect(await world.import(plural, path)).toMatchObject({ code: 0 });
    }
    expect(world.writes()).toHaveLength(4);
    // Leading zeros are digits too.
    expect((await world.table("restrictions")).at(-1)).toMatchObject({ dst_number: "0123" });
    const csv = world.path("t.csv");
    await world.run("accounts", "import", "--template", csv);
    expect(readFileSync(csv, "utf8")).toMatch(/^account_id,account_name,customer_id,/);
  });
});

test("a read-only profile shows plans and writes templates, and imports nothing", async () => {
  const world = await openBulkWorld();
  await world.run("config", "set", "readOnly", "yes");
  const sheet = world.writeSheet("a.csv", accountHeader, newAccounts(2));
  expect(await world.import("accounts", sheet, "--dry-run")).toMatchObject({ code: 0 });
  expect(await world.run("accounts", "import", "--template", world.path("t.csv"))).toMatchObject({ code: 0 });
  expect(await world.import("accounts", sheet)).toMatchObject({ code: 5 });
  expect(world.writes()).toEqual([]);
});

test("a time without offset is one of the profile's zone", async () => {
  const world = await openBulkWorld({ environment: { SIPNAV_ZONE: "America/New_York" } });
  const sheet = world.writeSheet("r.csv", "priority,dst_number,restriction_start", [
    "1,442071838750,2026-07-01 08:00",
    "1,442071838751,2026-07-01T08:00:00Z",
  ]);
  expect(await world.import("restrictions", sheet)).toMatchObject({ code: 0 });
  const sent = (await world.table("restrictions"))
    .slice(-2)
    .map(({ restriction_start }) => restriction_start);
  expect(sent.sort()).toEqual(["2026-07-01 04:00:00", "2026-07-01 08:00:00"]);
  const again = await world.import("restrictions", sheet);
  expect(printed(again)[0]).toMatchObject({ create: 0, unchanged: 2 });
});

describe("a sheet that is wrong", () => {
  test("is refused with every problem of every row, and nothing is sent", async () => {
    const world = await openBulkWorld();
    const sheet = world.writeSheet("bad.csv", "account_name,customer_id,channels_limit,enabled", [
      "New 1,2001,5,yes",
      "New 2,4.47E+11,5,yes",
      ",2001,many,perhaps",
      "New 1,2001,6,no",
      "New 4,x1,5,yes",
    ]);
    const { code, err, out } = await world.run(
      "accounts",
      "import",
      sheet,
      "--yes",
      "--error-format",
      "json",
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
    const { message, details } = JSON.parse(err.trim().split("\n").at(-1) ?? "").error;
    expect(message).toContain("6 problems");
    const told = details.map((one: { row: number; column?: string; message: string }) => [
      one.row,
      one.column ?? "",
      one.message,
    ]);
    expect(told).toEqual([
      [3, "customer_id", expect.stringContaining("lost its digits")],
      [4, "channels_limit", expect.stringContaining("many: a whole number")],
      [4, "enabled", expect.stringContaining("perhaps: yes or no")],
      [4, "account_name", "is required"],
      [5, "", expect.stringContaining("is the same account as line 2")],
      [6, "customer_id", expect.stringContaining("x1: an id is digits only")],
    ]);
    expect(world.writes()).toEqual([]);
  });

  test("lists problems up to a cap, and counts the others", async () => {
    const world = await openBulkWorld();
    const rows = Array.from({ length: 1_500 }, (_, n) => `New ${n},2001,wrong`);
    const { code, err } = await world.import("accounts", world.writeSheet("bad.csv", accountHeader, rows));
    expect(code).toBe(2);
    expect(JSON.parse(err).error).toMatchObject({ message: expect.stringContaining("1,500 problems") });
    expect(JSON.parse(err).error.details).toHaveLength(1_000);
    expect(JSON.parse(err).error.hint).toContain(
      "1,000 rows have the same problem in column channels_limit: a whole number",
    );
  });
});

describe("a plan", () => {
  const seeded = async (world: Awaited<ReturnType<typeof openBulkWorld>>) => {
    const [first, second] = await world.table("accounts");
    if (first === undefined || second === undefined) throw new Error("the platform is empty");
    return { first, second };
  };

  test("says what is created, changed, left and refused, and sends nothing", async () => {
    const world = await openBulkWorld();
    const { first, second } = await seeded(world);
    const sheet = world.writeSheet("a.csv", "account_id,account_name,customer_id,channels_limit", [
      ",New 1,2001,5",
      `,${first.account_name},${first.customer_id},777`,
      `${second.account_id},,,${second.channels_limit}`,
      "99999999,,,5",
    ]);
    const ended = await world.run("accounts", "import", sheet, "--dry-run", "--json");
    expect(ended.code).toBe(0);
    const [summary, rows] = printed(ended);
    expect(summary).toMatchObject({ job: null, create: 1, update: 1, unchanged: 1, refused: 1, left: 2 });
    expect(rows).toMatchObject([
      { line: 2, action: "create", after: { account_name: "New 1", channels_limit: 5 } },
      {
        line: 3,
        action: "update",
        id: String(first.account_id),
        before: { channels_limit: first.channels_limit },
        after: { channels_limit: 777 },
        changes: `channels_limit: ${first.channels_limit ?? "(none)"} → 777`,
      },
      { line: 5, action: "refused", reason: "The platform has no account 99999999." },
    ]);
    expect(world.writes()).toEqual([]);
    expect(existsSync(join(world.host.folders.state, "jobs"))).toBe(false);
  });

  test("only creates, or only updates, when told so", async () => {
    const world = await openBulkWorld();
    const { first } = await seeded(world);
    const known = `${first.account_name},${first.customer_id},777`;
    const sheet = world.writeSheet("a.csv", accountHeader, ["New 1,2001,5", known]);
    const plan = async (mode: string) =>
      printed(await world.run("accounts", "import", sheet, "--dry-run", "--json", "--mode", mode))[0];
    expect(await plan("create")).toMatchObject({ create: 1, update: 0, refused: 1 });
    expect(await plan("update")).toMatchObject({ create: 0, update: 1, refused: 1 });
  });

  test("refuses a row that two of the platform's objects fit, and goes on with the others", async () => {
    const world = await openBulkWorld();
    for (const limit of ["1", "2"]) {
      await world.run(
        "accounts",
        "create",
        "--account-name",
        "Twin",
        "--customer-id",
        "2001",
        "--channels-limit",
        limit,
      );
    }
    const sheet = world.writeSheet("a.csv", accountHeader, ["Twin,2001,9", "New 1,2001,5"]);
    const ended = await world.import("accounts", sheet);
    expect(ended.code).toBe(9);
    const [summary, misses] = printed(ended);
    expect(summary).toMatchObject({ create: 1, refused: 1, ok: 1, failed: 0 });
    expect(misses).toMatchObject([{ line: 2, step: "refused", code: "conflict" }]);
    expect(await world.made()).toEqual(["New 1"]);
  });

  test("is asked about with counts, and a no leaves nothing behind", async () => {
    const world = await openBulkWorld({ columns: 100, typed: ["n"] });
    const { first } = await seeded(world);
    const known = `${first.account_name},${first.customer_id},777`;
    const sheet = world.writeSheet("a.csv", accountHeader, [...newAccounts(3), known]);
    const { code, err } = await world.run("accounts", "import", sheet);
    expect(code).toBe(130);
    expect(err).toContain("Create 3 accounts, update 1? [y/N]");
    expect(world.writes()).toEqual([]);
    expect(readdirSync(join(world.host.folders.state, "jobs"))).toEqual([]);
  });

  test("tells how long it takes under the platform's limit, and that the session will not last", async () => {
    const world = await openBulkWorld({
      columns: 100,
      typed: ["n", "n"],
      sandbox: { rateLimit: "60/min" },
    });
    const sheet = world.writeSheet("a.csv", accountHeader, newAccounts(180));
    const early = await world.run("accounts", "import", sheet);
    expect(early.err).toContain("Create 180 accounts (about 3 min at 60 requests a minute)? [y/N]");
    expect(early.err).not.toContain("The session ends");
    const dry = await world.run("accounts", "import", sheet, "--dry-run");
    expect(dry.err).toContain("What is left to do takes about 3 min at 60 requests a minute.");
    const { expires_at } = await world.json<{ expires_at: string }>("whoami");
    world.pass(Date.parse(expires_at) - world.host.clock.nowMs() - 90_000);
    const late = await world.run("accounts", "import", sheet);
    expect(late.err).toContain("The session ends in 1 min, and this takes about 3 min");
    world.feed(`${world.sandbox.password}\n`);
    const words = ["--username", world.sandbox.username, "--password-stdin", "--remember"];
    await world.run("login", ...words, "--base-url", world.sandbox.url, "--store", "keychain");
    world.pass(8 * 3_600_000 - 60_000);
    const renewing = await world.run("accounts", "import", sheet, "--dry-run");
    expect(renewing).toMatchObject({ code: 0, err: expect.not.stringContaining("The session ends") });
  });

  test("needs somebody to ask, or --yes", async () => {
    const world = await openBulkWorld();
    const { code, err } = await world.run(
      "accounts",
      "import",
      world.writeSheet("a.csv", accountHeader, newAccounts(1)),
    );
    expect(code).toBe(2);
    expect(err).toContain("--yes");
    expect(world.writes()).toEqual([]);
  });

  test("does nothing on a read-only profile, whatever is said", async () => {
    const world = await openBulkWorld({ environment: { SIPNAV_READ_ONLY: "1" } });
    await world.run("config", "set", "readOnly", "yes");
    const sheet = world.writeSheet("a.csv", accountHeader, newAccounts(1));
    expect(await world.import("accounts", sheet)).toMatchObject({ code: 5 });
    expect(world.writes()).toEqual([]);
  });
});

describe("an import", () => {
  test.each([
    ["carriers", "carrier_name,host,port", ["New 1,192.0.2.1,5060", "New 2,192.0.2.2,"]],
    ["companies", "customer_name,credit_limit,payment_type", ["New 1,100.50,prepaid", "New 2,7,postpaid"]],
    [
      "restrictions",
      "priority,dst_number,account_id,note,restriction_start",
      ["1,+1 (212) 555-0100,0,fraud,2026-01-31T10:00:00Z", "2,0044,,test,"],
    ],
    ["accounts", accountHeader, newAccounts(2)],
  ])("of %s is done once: a second one says so and changes nothing", async (plural, header, rows) => {
    const world = await openBulkWorld();
    const sheet = world.writeSheet("sheet.csv", header, rows);
    const first = await world.import(plural, sheet);
    expect(first).toMatchObject({ code: 0 });
    expect(printed(first)[0]).toMatchObject({ create: 2, ok: 2, failed: 0, unknown: 0, left: 0 });
    const before = await world.table(plural);
    const second = await world.import(plural, sheet);
    expect(second.code).toBe(0);
    expect(second.err).toContain("This very file was imported before");
    expect(printed(second)[0]).toMatchObject({ create: 0, update: 0, unchanged: 2, ok: 0 });
    expect(await world.table(plural)).toEqual(before);
    expect(world.writes()).toHaveLength(2);
  });

  test("of what was exported changes nothing", async () => {
    const world = await openBulkWorld();
    for (const plural of ["accounts", "carriers", "companies", "restrictions"]) {
      const path = world.path(`${plural}.csv`);
      expect(await world.run(plural, "export", "--out", path)).toMatchObject({ code: 0 });
      const ended = await world.import(plural, path);
      expect(ended).toMatchObject({ code: 0 });
      expect(printed(ended)[0]).toMatchObject({ create: 0, update: 0, refused: 0 });
    }
    expect(world.writes()).toEqual([]);
  });

  test("says that a file has changed since it was imported", async () => {
    const world = await openBulkWorld();
    await world.import("accounts", world.writeSheet("a.csv", accountHeader, newAccounts(1)));
    const { err } = await world.import("accounts", world.writeSheet("a.csv", accountHeader, newAccounts(2)));
    expect(err).toContain("has changed since: this is a new job");
    expect(await world.made()).toHaveLength(2);
  });

  test("changes only what the sheet says, and keeps what this program does not know", async () => {
    const world = await openBulkWorld();
    world.feed(
      JSON.stringify({ account_name: "New 1", customer_id: "2001", x_hint: { a: 1 }, note: "kept" }),
    );
    await world.json("accounts", "create", "--json-file", "-");
    await world.import("accounts", world.writeSheet("a.csv", accountHeader, ["New 1,2001,44"]));
    expect((await world.table("accounts")).at(-1)).toMatchObject({
      note: "kept",
      channels_limit: 44,
      x_hint: { a: 1 },
    });
  });

  test("tells what the platform refuses, row by row; where all fail alike, with that reason's code", async () => {
    const world = await openBulkWorld();
    const some = await world.import(
      "accounts",
      world.writeSheet("a.csv", accountHeader, ["New 1,2001,1", "New 2,9999,1"]),
    );
    expect(some.code).toBe(9);
    expect(printed(some)[0]).toMatchObject({ ok: 1, failed: 1 });
    expect(printed(some)[1]).toMatchObject([
      { line: 3, step: "failed", code: "rejected", message: expect.stringContaining("customer id") },
    ]);
    const all = await world.import(
      "accounts",
      world.writeSheet("b.csv", accountHeader, ["New 3,9999,1", "New 4,9999,1"]),
    );
    expect(all.code).toBe(13);
  });

  test.each(["--inspect", "--dry-run", "--yes"])(
    "reads a pipe too, which can be read only once: %s",
    async (flag) => {
      const world = await openBulkWorld();
      const pipe = world.path("pipe.csv");
      execFileSync("mkfifo", [pipe]);
      const fed = writeFile(pipe, `${accountHeader}\nNew 1,2001,5\n`);
      const { code, err } = await world.run("accounts", "import", pipe, flag);
      await fed;
      expect({ code }, err).toEqual({ code: 0 });
      expect(await world.made()).toEqual(flag === "--yes" ? ["New 1"] : []);
      expect(readdirSync(join(world.host.folders.state, "inputs"))).toEqual([]);
    },
  );

  test("reads standard input too, and keeps no copy of it", async () => {
    const world = await openBulkWorld();
    world.feed(`${accountHeader}\nNew 1,2001,5\n`);
    expect(await world.import("accounts", "-")).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(["New 1"]);
    expect(readdirSync(join(world.host.folders.state, "inputs"))).toEqual([]);
    world.feed(`${accountHeader}\nNew 2,2001,5\n`);
    const next = await world.run("accounts", "import", "-");
    expect(next.err).toContain("Create 1 account?");
    expect(next.err).not.toContain("was imported before");
  });

  test("needs a file with something in it", async () => {
    const world = await openBulkWorld();
    const path = world.path("empty.csv");
    writeFileSync(path, "");
    expect(await world.import("accounts", path)).toMatchObject({ code: 2 });
    const none = await world.run("accounts", "import");
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain("--template");
  });
});
