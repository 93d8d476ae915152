import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parse } from "csv-parse/sync";
import exceljs from "exceljs";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../host/desk.ts";
import { openWorld, type World } from "../world.ts";

type Row = Record<string, unknown>;

const place = (name: string) => join(temporaryFolder(), name);

/** The rows of a workbook's only sheet, by header, as another reader finds them. */
async function readWorkbook(path: string) {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  const [sheet, ...others] = book.worksheets;
  expect(others).toEqual([]);
  const table: unknown[][] = [];
  sheet?.eachRow((row) => {
    table.push([...(row.values as unknown[]).slice(1)]);
  });
  const [header = [], ...rows] = table;
  return {
    name: sheet?.name,
    header,
    rows: rows.map((cells) => Object.fromEntries(header.map((label, index) => [label, cells[index]]))),
  };
}

const readCsv = (text: string): Row[] => parse(text, { columns: true });
const readLines = (text: string): Row[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** A value as a cell of text. */
const cell = (value: unknown) =>
  value === null ? "" : typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
const cells = (row: Row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));

const requestsFor = ({ sandbox }: World, path: string) =>
  sandbox.requests().filter((request) => request.path.startsWith(path));

async function createOdd(world: World, row: Row): Promise<void> {
  world.feed(JSON.stringify({ customer_id: "2001", ...row }));
  const { code, err } = await world.run("accounts", "create", "--json-file", "-");
  expect({ code, err }).toMatchObject({ code: 0 });
}

describe.each(["accounts", "carriers", "companies", "restrictions"])("%s", (plural) => {
  test("are in every form what list shows", async () => {
    const world = await openWorld();
    const listed = await world.json<Row[]>(plural, "list", "--all");
    expect(listed.length).toBeGreaterThan(5);
    const read = async (name: string) => {
      const path = place(name);
      const { code, out, err } = await world.run(plural, "export", "--out", path);
      expect({ code, out, err: err.split(",")[0] }).toEqual({
        code: 0,
        out: "",
        err: `Wrote ${listed.length} rows to ${path}`,
      });
      expect(err).toContain(createHash("sha256").update(readFileSync(path)).digest("hex"));
      return path;
    };
    expect(JSON.parse(readFileSync(await read("a.json"), "utf8"))).toEqual(listed);
    expect(readLines(readFileSync(await read("a.ndjson"), "utf8"))).toEqual(listed);
    expect(readCsv(readFileSync(await read("a.CSV"), "utf8"))).toEqual(listed.map(cells));
    const book = await readWorkbook(await read("a.xlsx"));
    expect(book.name).toBe(plural);
    const [idLabel] = book.header;
    expect(book.rows.map((row) => row[String(idLabel)])).toEqual(listed.map((row) => Object.values(row)[0]));
    expect((await world.run(plural, "export", "-o", "ndjson")).out).toBe(
      listed.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  });

  test("are nothing in every form when there are none", async () => {
    const world = await openWorld({ sandbox: { accounts: 0, carriers: 0, companies: 0 } });
    const none = ["--where", "note eq 'no such note'"];
    const exported = async (format: string) => {
      const { code, out, err } = await world.run(plural, "export", "-o", format, ...none);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      return out;
    };
    expect(JSON.parse(await exported("json"))).toEqual([]);
    expect(await exported("ndjson")).toBe("");
    expect(await exported("csv")).toMatch(/^\w+_id,[\w,]+\n$/);
    const path = place("x.xlsx");
    expect((await world.run(plural, "export", "--out", path, ...none)).code).toBe(0);
    expect(await readWorkbook(path)).toMatchObject({ rows: [] });
  });
});

describe("cells of a workbook", () => {
  test("are text for ids and flags, numbers for counts, times as the clock shows them", async () => {
    const world = await openWorld();
    const [listed] = await world.json<Row[]>("accounts", "list", "--limit", "1");
    const path = place("x.xlsx");
    await world.run("accounts", "export", "--out", path);
    const { rows } = await readWorkbook(path);
    expect(rows[0]).toMatchObject({
      ID: listed?.account_id,
      "Company ID": listed?.customer_id,
      Enabled: listed?.enabled ? "yes" : "no",
      Channels: listed?.channels_limit,
      Created: new Date(String(listed?.created_at)),
    });
  });
});

describe("what the platform said", () => {
  const name = '=1+1,\u202e"x"\n\u001b[31mé漢';

  test("is exact in JSON, fields that the program does not know included", async () => {
    const world = await openWorld();
    await createOdd(world, { account_name: name, x_hint: { a: [1, "é"] }, x_more: "00123" });
    const [row] = readLines(
      (await world.run("accounts", "export", "-o", "ndjson", "--where", "note eq ''")).out,
    ).filter(({ account_name }) => account_name === name);
    expect(row).toMatchObject({ x_hint: { a: [1, "é"] }, x_more: "00123" });
    expect(row).toEqual(
      (await world.json<Row[]>("accounts", "list", "--all")).find(
        ({ account_name }) => account_name === name,
      ),
    );
  });

  test("has columns of its own in CSV and Excel", async () => {
    const world = await openWorld();
    await createOdd(world, { account_name: "Odd", x_hint: { a: 1 } });
    const { out } = await world.run("accounts", "export");
    expect(readCsv(out).at(-1)).toMatchObject({ account_name: "Odd", x_hint: '{"a":1}' });
    const picked = await world.run(
      "accounts",
      "export",
      "--fields",
      "+x_hint",
      "--where",
      "account_name eq Odd",
    );
    expect(picked.out).toBe('x_hint\n"{""a"":1}"\n');
  });

  test("is no formula in CSV, unless it may be", async () => {
    const world = await openWorld();
    for (const account_name of ["=1+1", "@sum", "+12125550100", "-3"])
      await createOdd(world, { account_name });
    const words = [
      "accounts",
      "export",
      "--fields",
      "account_name",
      "--sort",
      "account_id:desc",
      "--limit",
      "4",
    ];
    expect((await world.run(...words)).out).toBe("account_name\n-3\n+12125550100\n'@sum\n'=1+1\n");
    expect((await world.run(...words, "--no-guard")).out).toBe(
      "account_name\n-3\n+12125550100\n@sum\n=1+1\n",
    );
  });

  test("cannot act on a terminal, and is exact elsewhere", async () => {
    const shown = await openWorld({ columns: 80 });
    await createOdd(shown, { account_name: name });
    for (const format of ["csv", "json", "ndjson"]) {
      const { out } = await shown.run("accounts", "export", "-o", format);
      expect(out).toContain("é漢");
      expect(out).not.toMatch(/[\u001b\u202e]/);
    }
    const path = place("x.csv");
    await shown.run("accounts", "export", "--out", path, "--no-guard");
    expect(readCsv(readFileSync(path, "utf8")).at(-1)).toMatchObject({ account_name: name });
  });

  test("keeps a row that has nothing in its only field", async () => {
    const world = await openWorld({ sandbox: { accounts: 3 } });
    const { out } = await world.run(
      "accounts",
      "export",
      "--fields",
      "+x_none",
      "--where",
      "account_id eq 0",
    );
    expect(out).toBe("x_none\n");
    const rows = (await world.run("accounts", "export", "--fields", "tech_prefix")).out;
    expect(parse(rows)).toHaveLength(4);
  });
});

describe("which rows", () => {
  test("is said by filters, conditions, order and limit", async () => {
    const world = await openWorld();
    const filters = ["--company", "2001", "--where", "enabled eq yes", "--sort", "account_name:desc"];
    const listed = await world.json<Row[]>("accounts", "list", "--all", ...filters);
    expect(listed.length).toBeGreaterThan(1);
    expect(readLines((await world.run("accounts", "export", "-o", "ndjson", ...filters)).out)).toEqual(
      listed,
    );
    const cut = await world.run("accounts", "export", "--limit", "5", "--sort", "account_id:desc", "--json");
    const all = await world.json<Row[]>("accounts", "list", "--all");
    expect(JSON.parse(cut.out)).toEqual(all.toReversed().slice(0, 5));
    expect(cut).toMatchObject({ code: 0, err: "Cut at 5 rows (--limit); there are more.\n" });
    const exact = await world.run("accounts", "export", "--limit", String(all.length), "-o", "ndjson");
    expect(exact).toMatchObject({ code: 0, err: "" });
    expect(readLines(exact.out)).toHaveLength(all.length);
  });

  test("is, with --history, what was changed on restrictions", async () => {
    const world = await openWorld();
    const [first] = await world.json<Row[]>("restrictions", "list", "--limit", "1");
    await world.run("restrictions", "update", String(first?.restriction_id), "--note", "audited");
    const listed = await world.json<Row[]>("restrictions", "history", "--all");
    expect(listed.length).toBeGreaterThan(0);
    const { out } = await world.run("restrictions", "export", "--history", "--json");
    expect(JSON.parse(out)).toEqual(listed);
    const both = await world.run("restrictions", "export", "--history", "--account", "7");
    expect(both).toMatchObject({ code: 2, out: "" });
  });

  test("fields are listed on request, and a wrong one leaves no file", async () => {
    const world = await openWorld();
    const help = await world.run("accounts", "export", "--fields", "help");
    expect(help.out).toMatch(/^account_id\tID\tid\naccount_name\t/);
    const path = place("x.csv");
    const wrong = await world.run("accounts", "export", "--out", path, "--fields", "acount_id");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("did you mean account_id?");
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});

describe("the form", () => {
  test("may stand before the verb, as for any command", async () => {
    const world = await openWorld({ sandbox: { accounts: 2 } });
    expect(readLines((await world.run("-o", "ndjson", "accounts", "export")).out)).toHaveLength(2);
    const path = place("x.json");
    expect((await world.run("accounts", "--out", path, "export")).out).toBe("");
    expect(JSON.parse(readFileSync(path, "utf8"))).toHaveLength(2);
  });

  test.each([
    [["--out", "/tmp/x.dat"], "says no form"],
    [["-o", "xlsx"], "--out FILE"],
    [["-o", "yaml"], "one of csv, ndjson, json, xlsx"],
    [["--manifest"], "--out FILE"],
    [["--raw"], "--raw has no place"],
    [["--json", "-o", "csv"], "cannot be given together"],
  ])("that cannot be is refused before anything is sent: %j", async (words, part) => {
    const world = await openWorld();
    const { code, out, err } = await world.run("accounts", "export", ...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(part);
    expect(requestsFor(world, "/api/accounts")).toEqual([]);
  });
});

describe("the file", () => {
  test("is its owner's alone, with nothing left beside it", async () => {
    const world = await openWorld();
    const path = place("x.csv");
    await world.run("accounts", "export", "--out", path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(["x.csv"]);
  });

  test("that is there is kept, unless it may be replaced", async () => {
    const world = await openWorld();
    const path = place("x.csv");
    const link = join(dirname(path), "link.csv");
    writeFileSync(path, "old");
    symlinkSync(path, link);
    for (const out of [path, link]) {
      const kept = await world.run("accounts", "export", "--out", out);
      expect(kept.code).toBe(2);
      expect(kept.err).toContain("--force");
    }
    expect(requestsFor(world, "/api/accounts")).toEqual([]);
    expect(readFileSync(path, "utf8")).toBe("old");
    expect((await world.run("accounts", "export", "--out", link, "--force")).code).toBe(0);
    expect(readCsv(readFileSync(path, "utf8"))).toHaveLength(60);
    expect(readdirSync(dirname(path)).toSorted()).toEqual(["link.csv", "x.csv"]);
  });

  test.each([
    ["in no folder", "/no/such/folder/x.csv"],
    ["below a file", "/etc/hostname/x.csv"],
    ["in a place that takes no files", "/proc/x.csv"],
  ])("%s is refused before anything is sent", async (_, path) => {
    const world = await openWorld();
    const { code, err } = await world.run("accounts", "export", "--out", path);
    expect({ code, told: err.includes(path) }).toEqual({ code: 2, told: true });
    expect(requestsFor(world, "/api/accounts")).toEqual([]);
  });

  test("may be a device, and a full one is told", async () => {
    const world = await openWorld();
    expect((await world.run("accounts", "export", "-o", "csv", "--out", "/dev/null")).code).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    const { code, err } = await world.run("accounts", "export", "-o", "csv", "--out", "/dev/full");
    expect(code).toBe(9);
    expect(err).toContain("Cannot write /dev/full: no space is left on the device.");
  });
});

describe("a manifest", () => {
  test("tells what is in the file", async () => {
    const world = await openWorld();
    const path = place("x.csv");
    const words = ["accounts", "export", "--out", path, "--manifest", "--fields", "account_id,note"];
    const { code } = await world.run(...words, "--company", "2001", "--limit", "2");
    expect(code).toBe(0);
    const manifest = JSON.parse(readFileSync(`${path}.manifest.json`, "utf8"));
    const content = readFileSync(path);
    expect(manifest).toEqual({
      file: basename(path),
      format: "csv",
      rows: 2,
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      complete: true,
      notices: ["Cut at 2 rows (--limit); there are more."],
      fields: ["account_id", "note"],
      formula_guard: true,
      query: {
        operation: "listAccounts",
        company_id: "2001",
        where: [],
        limit: 2,
        fields: "account_id,note",
      },
      profile: expect.any(String),
      platform: { base_url: world.sandbox.url, platform_id: null },
      zone: "UTC",
      started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      finished_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(Date.parse(manifest.finished_at)).toBeGreaterThanOrEqual(Date.parse(manifest.started_at));
  });

  test("that is there is kept too, and then no file is written", async () => {
    const world = await openWorld();
    const path = place("x.csv");
    writeFileSync(`${path}.manifest.json`, "old");
    const words = ["accounts", "export", "--out", path, "--manifest"];
    expect((await world.run(...words)).code).toBe(2);
    expect(existsSync(path)).toBe(false);
    expect((await world.run(...words, "--force")).code).toBe(0);
    expect(JSON.parse(readFileSync(`${path}.manifest.json`, "utf8"))).toMatchObject({ rows: 60 });
  });
});

describe("a workbook of any command's table", () => {
  test("is written by its name or by -o", async () => {
    const world = await openWorld();
    const [path, other] = [place("x.xlsx"), place("y")];
    expect(await world.run("carriers", "list", "--limit", "3", "--out", path)).toMatchObject({
      code: 0,
      out: "",
    });
    const { header, rows } = await readWorkbook(path);
    expect(header.slice(0, 2)).toEqual(["ID", "Carrier"]);
    expect(rows).toHaveLength(3);
    const id = String(rows[0]?.ID);
    const words = ["carriers", "show", id, "-o", "xlsx", "--out", other, "--fields", "carrier_id,port"];
    expect(await world.run(...words)).toMatchObject({ code: 0 });
    expect(await readWorkbook(other)).toMatchObject({ header: ["ID", "Port"], rows: [{ ID: id }] });
    expect(statSync(other).mode & 0o777).toBe(0o600);
  });

  test("needs a file, and a table", async () => {
    const world = await openWorld();
    const screen = await world.run("carriers", "list", "-o", "xlsx");
    expect(screen).toMatchObject({ code: 2, out: "" });
    expect(requestsFor(world, "/api/carriers")).toEqual([]);
    const path = place("x.xlsx");
    const draft = await world.run(
      "accounts",
      "create",
      "--account-name",
      "A",
      "--customer-id",
      "2001",
      "--dry-run",
      "--out",
      path,
    );
    expect(draft.code).toBe(9);
    expect(existsSync(path)).toBe(false);
  });
});
