import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openOutFile } from "../../src/host/outfile.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { openBulkWorld, printed, type Row } from "../services/bulk/desk.ts";

const header = "Trunk;CUSTOMER-number;max channels;Mood";
const rows = ["New 1;2001;7;good", "New 2;x01;many;bad", "New 1;2001;7;", "New 4;2001;;"];

type Inspected = readonly [Row, readonly Row[], readonly Row[]];

async function inspect(words: readonly string[], sheetRows = rows) {
  const world = await openBulkWorld();
  const path = world.writeSheet("a.csv", header, sheetRows);
  const ended = await world.run("accounts", "import", path, "--inspect", "--json", ...words);
  const before = world.writes();
  return { world, ended, before, parts: ended.code === 0 ? (JSON.parse(ended.out) as Inspected) : undefined };
}

describe("an inspection", () => {
  test("tells columns with fields and samples, and every wrong row, and asks nothing of the platform", async () => {
    const { ended, before, parts } = await inspect([]);
    expect(ended).toMatchObject({ code: 0 });
    expect(parts?.[0]).toMatchObject({ header_line: 1, rows: 4, problems: 3, delimiter: ";" });
    expect(parts?.[1].map(({ column, field, samples, note }) => [column, field, samples, note])).toEqual([
      ["Trunk", "account_name", "New 1, New 2, New 4", null],
      ["CUSTOMER-number", "customer_id", "2001, x01", null],
      ["max channels", "channels_limit", "7, many", null],
      ["Mood", null, "good, bad", "not used"],
    ]);
    expect(parts?.[2]).toEqual([
      { line: 3, column: "CUSTOMER-number", value: "x01", reason: "an id is digits only" },
      { line: 3, column: "max channels", value: "many", reason: expect.stringContaining("whole number") },
      { line: 4, column: null, value: "New 1, 2001", reason: "is the same account as line 2" },
    ]);
    expect(before).toEqual([]);
  });

  test("answers columns that are missing, double or said wrongly, where an import would be refused", async () => {
    const lacking = await inspect([
      "--map",
      "account_name=",
      "--map",
      "note=Mood",
      "--map",
      "tech_prefix=Mod",
    ]);
    expect(lacking.ended.code).toBe(0);
    expect(lacking.ended.err).toContain("Mod: the sheet has no such column; did you mean Mood?");
    const columns = lacking.parts?.[1] ?? [];
    expect(columns[0]).toMatchObject({ column: "Trunk", field: null, note: "not used" });
    expect(columns[3]).toMatchObject({ column: "Mood", field: "note" });
    expect(columns.at(-1)).toMatchObject({ column: null, field: "account_name" });
    expect(lacking.parts?.[0]).toMatchObject({ rows: null });
    expect(lacking.parts?.[2]).toEqual([]);
  });

  test("of a workbook names its sheets and reads the one that is asked for", async () => {
    const world = await openBulkWorld();
    const path = world.path("a.xlsx");
    const writer = await createWriter(
      "xlsx",
      await openOutFile(path, false),
      ["account_name", "customer_id"].map((name) => ({ name, label: name, type: "text" as const })),
      { sheetName: "Trunks" },
    );
    await writer.write(["New 1", "2001"]);
    await writer.close();
    const { out } = await world.run("accounts", "import", path, "--inspect", "--json");
    expect((JSON.parse(out) as Inspected)[0]).toMatchObject({ sheet: "Trunks", sheets: ["Trunks"], rows: 1 });
    const other = await world.run("accounts", "import", path, "--inspect", "--sheet", "Rates");
    expect(other.code).toBe(2);
    expect(other.err).toContain('Its sheets: "Trunks".');
  });

  test("of a file that is no sheet fails as an import would", async () => {
    const { world } = await inspect([]);
    expect(await world.run("accounts", "import", world.path("none.csv"), "--inspect")).toMatchObject({
      code: 2,
    });
  });
});

describe("wrong rows", () => {
  test("are left out when that is asked for, and are rejects with their reasons", async () => {
    const world = await openBulkWorld();
    const path = world.writeSheet("a.csv", header, rows);
    const refused = await world.import("accounts", path);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      "The other 2 rows are in order: --skip-wrong goes on without the wrong ones.",
    );
    const ended = await world.import("accounts", path, "--skip-wrong");
    expect(ended.code).toBe(9);
    expect(printed(ended)[0]).toMatchObject({ create: 2, refused: 2, ok: 2 });
    expect(await world.made()).toEqual(["New 1", "New 4"]);
    const rejects = world.path("rejects.csv");
    await world.run("jobs", "rejects", await world.job(), rejects);
    const [, ...wrong] = readFileSync(rejects, "utf8").trim().split("\n");
    expect(wrong).toEqual([
      expect.stringMatching(
        /^New 2;x01;many;bad;validation;"CUSTOMER-number: x01: an id .*; max channels: many: /,
      ),
      expect.stringMatching(/^New 1;2001;7;;validation;New 1, 2001: is the same account as line 2/),
    ]);
  });

  test("beside one that is right: the way on is told in the singular", async () => {
    const world = await openBulkWorld();
    const path = world.writeSheet("a.csv", header, ["New 1;2001;7;", "New 2;2001;many;"]);
    expect((await world.import("accounts", path)).err).toContain("The other row is in order: --skip-wrong");
  });

  test("stay left out when a plan with them is applied later", async () => {
    const world = await openBulkWorld();
    const plan = world.path("plan.json");
    const path = world.writeSheet("a.csv", header, rows);
    await world.import("accounts", path, "--skip-wrong", "--plan-out", plan);
    expect(await world.run("jobs", "apply", plan, "--yes")).toMatchObject({ code: 9 });
    expect(await world.made()).toEqual(["New 1", "New 4"]);
  });

  test("that are too many to be known keep the sheet from being sent", async () => {
    const world = await openBulkWorld();
    const many = Array.from({ length: 1_100 }, (_, n) => `New ${n};2001;wrong;`);
    const path = world.writeSheet("a.csv", header, [...many, "New x;2001;1;"]);
    expect(await world.import("accounts", path, "--skip-wrong")).toMatchObject({ code: 2 });
    expect(world.writes()).toEqual([]);
  });
});
