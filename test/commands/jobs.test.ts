import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openOutFile } from "../../src/host/outfile.ts";
import { openSheet } from "../../src/sheets/read.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { accountHeader, type BulkWorld, newAccounts, openBulkWorld, printed } from "../services/bulk/desk.ts";
import { readRows } from "../sheets/files.ts";

const someWrong = ["New 1,2001,1", "New 2,9999,02", "New 3,2001,3", "New 4,9998,4"];

describe("rejects", () => {
  test("are the rows that were not done, and can be imported as they are", async () => {
    const world = await openBulkWorld();
    await world.import(
      "accounts",
      world.writeSheet(
        "a.csv",
        `${accountHeader},Mood`,
        someWrong.map((row) => `${row},"a, b"`),
      ),
    );
    const path = world.path("rejects.csv");
    const ended = await world.run("jobs", "rejects", await world.job(), path);
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect(ended.out).toContain("rows\t2\n");
    const [header, ...rows] = readFileSync(path, "utf8").slice(1).trim().split("\n");
    expect(header).toBe("account_name,customer_id,channels_limit,Mood,error_code,error_message");
    expect(rows).toEqual([
      expect.stringMatching(/^New 2,9999,02,"a, b",rejected,\S/),
      expect.stringMatching(/^New 4,9998,4,"a, b",rejected,\S/),
    ]);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll(/999\d/g, "2001"));
    const again = await world.import("accounts", path);
    expect(again.code).toBe(0);
    expect(again.err).not.toContain("error_code");
    expect(printed(again)[0]).toMatchObject({ create: 2, ok: 2 });
    expect(await world.made()).toEqual(["New 1", "New 2", "New 3", "New 4"]);
  });

  test("of a workbook are a workbook, refused rows among them", async () => {
    const world = await openBulkWorld();
    const path = world.path("a.xlsx");
    const columns = accountHeader.split(",").map((name) => ({ name, label: name, type: "text" as const }));
    const writer = await createWriter("xlsx", await openOutFile(path, false), columns);
    for (const row of someWrong) await writer.write(row.split(","));
    await writer.close();
    await world.import("accounts", path, "--mode", "create");
    await world.import("accounts", path, "--mode", "create");
    const out = world.path("out.xlsx");
    expect(await world.run("jobs", "rejects", await world.job(), out)).toMatchObject({ code: 0 });
    const sheet = await openSheet(out);
    const cells = (await readRows(sheet)).map((row) => row.cells);
    await sheet.close();
    expect(sheet.format).toBe("xlsx");
    expect(cells.map(([name, , limit, code]) => [name, limit, code])).toEqual([
      ["New 1", "1", "conflict"],
      ["New 2", "02", "rejected"],
      ["New 3", "3", "conflict"],
      ["New 4", "4", "rejected"],
    ]);
  });

  test("of a sheet with decimal commas can be imported as they are, too", async () => {
    const world = await openBulkWorld();
    const rows = ["New 1;1,50;prepaid", "New 2;2,50;cash", "New 3;much;prepaid"];
    const sheet = world.writeSheet("a.csv", "Firma;Limit;Zahlart", rows);
    const map = ["customer_name=Firma", "credit_limit=Limit", "payment_type=Zahlart"];
    const words = [...map.flatMap((pair) => ["--map", pair]), "--save-mapping", "german"];
    expect(await world.import("companies", sheet, ...words)).toMatchObject({ code: 2 });
    const some = await world.import("companies", sheet, "--mapping", "german", "--skip-wrong");
    expect(printed(some)[0]).toMatchObject({ ok: 1, refused: 2 });
    const path = world.path("rejects.csv");
    await world.run("jobs", "rejects", await world.job(), path);
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace(";cash;", ";prepaid;").replace(";much;", ";3,50;"),
    );
    const again = await world.import("companies", path, "--mapping", "german");
    expect(again).toMatchObject({ code: 0 });
    const limits = (await world.table("companies")).slice(-2).map(({ credit_limit }) => Number(credit_limit));
    expect(limits.sort()).toEqual([2.5, 3.5]);
    // Of the first sheet two rows are wrong still, and said to be so one by one.
    const third = await world.run(
      "companies",
      "import",
      sheet,
      "--mapping",
      "german",
      "--skip-wrong",
      "--yes",
    );
    expect(third.code).toBe(9);
    expect(third.err).toContain("2 of 3 rows were refused, and the others are as wanted already.");
    expect(third.err).toContain("row 3: New 2: Zahlart: cash: one of prepaid, postpaid is expected");
  });

  test("are the command's result where no file is named", async () => {
    const world = await openBulkWorld();
    await world.import("accounts", world.writeSheet("a.csv", accountHeader, someWrong));
    const rows = await world.run("jobs", "rejects", await world.job(), "--json");
    expect(JSON.parse(rows.out)).toMatchObject([
      { account_name: "New 2", error_code: "rejected" },
      { account_name: "New 4", error_code: "rejected" },
    ]);
  });
});

test("an error names the job that it left, for programs that go on with it", async () => {
  const world = await openBulkWorld();
  const sheet = world.writeSheet("a.csv", accountHeader, someWrong);
  const { err } = await world.run("accounts", "import", sheet, "--yes", "--error-format", "json");
  expect(JSON.parse(err.trim().split("\n").at(-1) ?? "").error).toMatchObject({
    kind: "partial",
    job: await world.job(),
  });
});

describe("a canary", () => {
  test("is applied and read back, and the rest waits for a yes", async () => {
    const world = await openBulkWorld({ columns: 120, typed: ["y", "n"] });
    const sheet = world.writeSheet("a.csv", accountHeader, newAccounts(20));
    const ended = await world.run("accounts", "import", sheet, "--canary", "3");
    expect(ended.code).toBe(130);
    expect(ended.err).toContain("3 rows were applied and read back as planned.");
    expect(ended.err).toContain("Apply the other 17? [y/N]");
    expect(await world.made()).toHaveLength(3);
    const job = await world.job();
    expect(ended.err).toContain(`sipnav jobs resume ${job}`);
    expect(await world.run("jobs", "resume", job)).toMatchObject({ code: 0 });
    expect(await world.made()).toHaveLength(20);
  });

  test("that fails stops the run, whatever was said", async () => {
    const world = await openBulkWorld();
    const rows = ["New 0,9999,1", ...newAccounts(20).slice(1)];
    const ended = await world.import(
      "accounts",
      world.writeSheet("a.csv", accountHeader, rows),
      "--canary",
      "2",
    );
    expect(ended.code).toBe(9);
    expect(ended.err).toContain("The canary failed");
    expect(await world.made()).toHaveLength(1);
  });
});

test("a run stops after so many errors, and can go on", async () => {
  const world = await openBulkWorld();
  const rows = newAccounts(60).map((row, index) => (index < 20 ? row.replace("2001", "9999") : row));
  const sheet = world.writeSheet("a.csv", accountHeader, rows);
  const ended = await world.import("accounts", sheet, "--stop-after-errors", "3", "--concurrency", "2");
  expect(ended.code).toBe(9);
  expect(ended.err).toContain("--stop-after-errors");
  expect(world.writes().length).toBeLessThan(10);
  const resumed = await world.run("jobs", "resume", await world.job(), "--json");
  expect(resumed.code).toBe(9);
  expect(printed(resumed)[0]).toMatchObject({ ok: 40, failed: 20, left: 0 });
});

describe("a plan in a file", () => {
  const planned = async (world: BulkWorld, rows: readonly string[]) => {
    const plan = world.path("plan.json");
    const ended = await world.import(
      "accounts",
      world.writeSheet("a.csv", accountHeader, rows),
      "--plan-out",
      plan,
    );
    expect(ended).toMatchObject({ code: 0 });
    expect(world.writes()).toEqual([]);
    return plan;
  };

  test("is one JSON document, and is applied as it is", async () => {
    const world = await openBulkWorld();
    const plan = await planned(world, newAccounts(5));
    const { plan: facts, rows } = JSON.parse(readFileSync(plan, "utf8"));
    expect(facts).toMatchObject({ noun: "account", profile: "default", counts: { create: 5 } });
    expect(rows).toHaveLength(5);
    expect(await world.job()).toBe("");
    const applied = await world.run("jobs", "apply", plan, "--yes", "--json");
    expect(applied).toMatchObject({ code: 0 });
    expect(printed(applied)[0]).toMatchObject({ create: 5, ok: 5 });
    expect(await world.made()).toHaveLength(5);
  });

  test("is refused when the platform has moved, unless it is planned anew", async () => {
    const world = await openBulkWorld();
    const [first] = await world.table("accounts");
    const known = `${first?.account_name},${first?.customer_id},777`;
    const plan = await planned(world, [...newAccounts(2), known]);
    await world.run("accounts", "create", "--account-name", "New 000", "--customer-id", "2001");
    await world.run("accounts", "update", String(first?.account_id), "--channels-limit", "5");
    const sentBefore = world.writes().length;
    const refused = await world.run("jobs", "apply", plan, "--yes");
    expect(refused.code).toBe(7);
    expect(refused.err).toContain("row 2: New 000, 2001: create was planned, now it is update");
    expect(refused.err).toContain(
      `row 4: ${first?.account_name}, ${first?.customer_id}: channels_limit was changed since`,
    );
    expect(world.writes()).toHaveLength(sentBefore);
    const rebased = await world.run("jobs", "apply", plan, "--yes", "--rebase", "--json");
    expect(rebased).toMatchObject({ code: 0 });
    expect(printed(rebased)[0]).toMatchObject({ create: 1, update: 2, ok: 3 });
    expect(await world.made()).toEqual(["New 000", "New 001"]);
  });

  test("is refused on another platform, and when it is no plan", async () => {
    const world = await openBulkWorld();
    const plan = await planned(world, newAccounts(2));
    const text = readFileSync(plan, "utf8");
    writeFileSync(plan, text.replace(/"origin":"[^"]*"/, '"origin":"https://other.example"'));
    expect(await world.run("jobs", "apply", plan, "--yes")).toMatchObject({ code: 7 });
    writeFileSync(plan, text.slice(0, -20));
    expect(await world.run("jobs", "apply", plan, "--yes")).toMatchObject({ code: 2 });
    writeFileSync(plan, "{}\n");
    expect(await world.run("jobs", "apply", plan, "--yes")).toMatchObject({ code: 2 });
    const absent = await world.run("jobs", "apply", "/no/such/plan.json", "--yes");
    expect(absent.code).toBe(2);
    expect(absent.err).toContain("Cannot read /no/such/plan.json: there is no such file");
    expect(world.writes()).toEqual([]);
    expect(existsSync(plan)).toBe(true);
  });
});

describe("an undo", () => {
  test("puts old values back and disables what was created", async () => {
    const world = await openBulkWorld();
    const before = await world.table("accounts");
    const rows = before
      .slice(0, 5)
      .map(({ account_name, customer_id }) => `${account_name},${customer_id},777`);
    const sheet = world.writeSheet("a.csv", accountHeader, [...rows, ...newAccounts(3)]);
    expect(await world.import("accounts", sheet)).toMatchObject({ code: 0 });
    const job = await world.job();
    const undone = await world.run("jobs", "undo", job, "--yes", "--json");
    expect(undone).toMatchObject({ code: 0 });
    expect(undone.err).toContain("knows no deletion");
    expect(printed(undone)[0]).toMatchObject({ update: 8, ok: 8 });
    const after = await world.table("accounts");
    const limits = (table: typeof before) => table.map(({ channels_limit }) => channels_limit);
    expect(limits(after.slice(0, before.length))).toEqual(limits(before));
    expect(after.slice(before.length).map(({ enabled }) => enabled)).toEqual([0, 0, 0]);
    const again = await world.run("jobs", "undo", job, "--yes", "--json");
    expect(printed(again)[0]).toMatchObject({ update: 0, unchanged: 8 });
  });

  test("of restrictions disables them by their own call", async () => {
    const world = await openBulkWorld();
    const sheet = world.writeSheet("r.csv", "priority,dst_number", ["1,31206555001", "1,31206555002"]);
    await world.import("restrictions", sheet);
    const undone = await world.run("jobs", "undo", await world.job(), "--yes", "--json");
    expect(printed(undone)[0]).toMatchObject({ disable: 2, ok: 2 });
    const rows = (await world.table("restrictions")).slice(-2);
    expect(rows.map(({ enabled }) => enabled)).toEqual([0, 0]);
  });

  test("leaves alone what was changed again since", async () => {
    const world = await openBulkWorld();
    const [first] = await world.table("accounts");
    const sheet = world.writeSheet("a.csv", accountHeader, [
      `${first?.account_name},${first?.customer_id},777`,
    ]);
    await world.import("accounts", sheet);
    const job = await world.job();
    await world.run("accounts", "update", String(first?.account_id), "--channels-limit", "5");
    const undone = await world.run("jobs", "undo", job, "--yes");
    expect(undone.code).toBe(7);
    expect((await world.table("accounts"))[0]).toMatchObject({ channels_limit: 5 });
  });
});

test("jobs are listed with how far they are, and one that is not there is not found", async () => {
  const world = await openBulkWorld();
  expect(JSON.parse((await world.run("jobs", "list", "--json")).out)).toEqual([]);
  await world.import("accounts", world.writeSheet("a.csv", accountHeader, newAccounts(2)));
  await world.import("accounts", world.writeSheet("b.csv", accountHeader, someWrong));
  const jobs = JSON.parse((await world.run("jobs", "list", "--json")).out);
  expect(jobs).toMatchObject([
    { file: "b.csv", state: "partial", ok: 2, not_done: 2, left: 0 },
    { file: "a.csv", state: "done", ok: 2, not_done: 0, left: 0 },
  ]);
  const [summary, rows] = printed(await world.run("jobs", "show", await world.job(), "--rows", "--json"));
  expect(summary).toMatchObject({ file: "b.csv", create: 4, ok: 2, failed: 2 });
  expect(rows).toMatchObject([
    { line: 2, what: "New 1, 2001", step: "ok", id: expect.stringMatching(/^\d+$/), code: null },
    { line: 3, step: "failed", id: null, code: "rejected" },
    { line: 4, step: "ok" },
    { line: 5, step: "failed" },
  ]);
  for (const id of ["20990101-000000-0000", "../jobs"]) {
    expect(await world.run("jobs", "show", id)).toMatchObject({ code: 6 });
  }
});

describe("files of a job that are damaged", () => {
  const rows = newAccounts(3);

  async function openDamaged() {
    const world = await openBulkWorld();
    await world.import("accounts", world.writeSheet("a.csv", accountHeader, rows));
    const id = await world.job();
    const fileOf = (name: string) => join(world.host.folders.state, "jobs", id, name);
    return { world, id, fileOf };
  }

  test.each(["null", "[]", "{", '{"id":"x"}'])(
    "a job file of %s is named, and keeps nobody from the others",
    async (text) => {
      const { world, id, fileOf } = await openDamaged();
      writeFileSync(fileOf("job.json"), text);
      const list = await world.run("jobs", "list");
      expect(list).toMatchObject({ code: 0, out: "" });
      expect(list.err).toContain(`${fileOf("job.json")} is damaged`);
      expect(await world.run("jobs", "show", id)).toMatchObject({ code: 3 });
      expect(await world.run("jobs", "resume", id, "--yes")).toMatchObject({ code: 3 });
    },
  );

  test.each(["", "null", "{", '{"counts":5}'])("a report of %j counts as none", async (text) => {
    const { world, id, fileOf } = await openDamaged();
    writeFileSync(fileOf("report.json"), text);
    const list = await world.run("jobs", "list", "--json");
    expect(JSON.parse(list.out)).toEqual([expect.objectContaining({ job: id, state: "unfinished" })]);
    expect(await world.run("jobs", "show", id)).toMatchObject({ code: 0 });
  });

  test("a plan without some of its rows is not taken for done", async () => {
    const { world, id, fileOf } = await openDamaged();
    const [first] = readFileSync(fileOf("plan.ndjson"), "utf8").split("\n");
    writeFileSync(fileOf("plan.ndjson"), `${first}\n`);
    for (const words of [["show"], ["resume", "--yes"]]) {
      const [verb = "", ...flags] = words;
      const { code, err } = await world.run("jobs", verb, id, ...flags);
      expect(code).toBe(3);
      expect(err).toContain("plan.ndjson is damaged: it has 1 of 3 rows.");
    }
  });

  test.each(["plan.ndjson", "journal.ndjson"])("a line that is none is named: %s", async (name) => {
    const { world, id, fileOf } = await openDamaged();
    writeFileSync(fileOf(name), "null\n");
    const { code, err } = await world.run("jobs", "show", id);
    expect(code).toBe(3);
    expect(err).toContain(`${name}:1: it is no line of a journal.`);
  });
});
