import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accountHeader, type BulkWorld, newAccounts, openBulkWorld, printed } from "../services/bulk/desk.ts";
import { book } from "../sheets/files.ts";

const cell = (address: string, text: string) => `<c r="${address}" t="str"><v>${text}</v></c>`;

/** A workbook of accounts: a header, and these cells of XML for each row. */
function workbook(
  header: readonly string[],
  rows: readonly string[],
  parts: Parameters<typeof book>[0] = {},
) {
  const head = header.map((name, index) => cell(`${"ABCDE"[index]}1`, name)).join("");
  const body = rows.map((cells, index) => `<row r="${index + 2}">${cells}</row>`).join("");
  return book({ ...parts, rows: `<row r="1">${head}</row>${body}` });
}

const accountRow = (row: number, name: string, limit = "5") =>
  `${cell(`A${row}`, name)}${cell(`B${row}`, "2001")}<c r="C${row}"><v>${limit}</v></c>`;

const accountBook = (rows: readonly string[], parts?: Parameters<typeof book>[0]) =>
  workbook(accountHeader.split(","), rows, parts);

function place(world: BulkWorld, name: string, content: string | Uint8Array): string {
  writeFileSync(world.path(name), content);
  return world.path(name);
}

const csv = (...rows: string[]) => [accountHeader, ...rows, ""].join("\n");

describe("a file that can't be imported is refused with 2, and nothing is sent", () => {
  test.each<[string, string, () => string | Uint8Array | Promise<Uint8Array>, readonly string[], string]>([
    ["empty", "a.csv", () => "", [], "it is empty"],
    [
      "with two columns of one header",
      "a.csv",
      () => "account_name,customer_id,account_name\nA,2001,B\n",
      [],
      "account_name: two columns have this header",
    ],
    [
      "with two columns of one header that is named",
      "a.csv",
      () => "What,customer_id,What\nA,2001,B\n",
      ["--map", "account_name=What"],
      "What: two columns have this header",
    ],
    ["with ragged rows", "a.csv", () => csv("New 1,2001"), [], "row 2"],
    ["with a huge cell", "a.csv", () => csv(`${"x".repeat(100_000)},2001,1`), [], "sheetCellCharsMax"],
    ["with a zero byte", "a.csv", () => csv("New\0 1,2001,1"), [], "zero byte"],
    ["that is a picture", "a.csv", () => Buffer.from("89504e470d0a1a0a0000", "hex"), [], "a.csv"],
    ["that is JSON", "a.json", () => '[\n{"account_name":"A"}\n]\n', [], "it is JSON, not a sheet"],
    ["that is NDJSON", "a.csv", () => '{"account_name":"A"}\n', [], "it is JSON, not a sheet"],
    ["that is a web page", "a.xlsx", () => "<html><table><tr><td>1</table>", [], "web page"],
    [
      "with a password",
      "a.xlsx",
      () => Buffer.from("d0cf11e0a1b11ae1", "hex"),
      [],
      "protected by a password",
    ],
    [
      "that is damaged",
      "a.xlsx",
      async () => (await accountBook([accountRow(2, "New 1")])).subarray(0, 700),
      [],
      "the workbook is damaged",
    ],
    ["that is a zip bomb", "a.xlsx", () => book({ rows: " ".repeat(20_000_000) }), [], "sheetExpansionMax"],
    [
      "without the sheet that is named",
      "a.xlsx",
      () => accountBook([accountRow(2, "New 1")]),
      ["--sheet", "Konten"],
      "Rates",
    ],
    [
      "with a formula that was never calculated",
      "a.xlsx",
      () => accountBook([`${cell("A2", "New 1")}<c r="B2"><f>A1+1</f></c>`]),
      [],
      "the formula was never calculated",
    ],
    [
      "with an id as Excel shows large numbers",
      "a.csv",
      () => csv("New 1,4.47E+11,1"),
      [],
      "has lost its digits",
    ],
    [
      "with one account twice",
      "a.csv",
      () => csv("New 1,2001,1", "New 1,2001,2"),
      [],
      "same account as line 2",
    ],
    ["in an old encoding", "a.csv", () => Buffer.from(csv("S\xe3o Paulo,2001,1"), "latin1"), [], "CSV UTF-8"],
  ])("%s", async (_, name, content, words, said) => {
    const world = await openBulkWorld();
    const { code, err, out } = await world.run(
      "accounts",
      "import",
      place(world, name, await content()),
      "--yes",
      ...words,
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(said);
    expect(world.writes()).toEqual([]);
    expect(existsSync(join(world.host.folders.state, "jobs"))).toBe(false);
  });

  test("with a phone number as Excel shows large numbers", async () => {
    const world = await openBulkWorld();
    const sheet = place(world, "r.csv", "priority,dst_number\n1,4.47701E+11\n1,447701000000\n");
    const { code, err } = await world.run("restrictions", "import", sheet, "--yes");
    expect(code).toBe(2);
    expect(err).toContain("r.csv, row 2, column dst_number: 4.47701E+11 has lost its digits");
    expect(err).not.toContain("row 3");
    expect(world.writes()).toEqual([]);
  });
});

describe("a file that is odd and right", () => {
  test("with a header alone plans nothing", async () => {
    const world = await openBulkWorld();
    const ended = await world.import("accounts", place(world, "a.csv", csv()));
    expect(ended).toMatchObject({ code: 0 });
    expect(printed(ended)).toMatchObject([{ create: 0, update: 0, unchanged: 0, refused: 0 }, []]);
    expect(ended.err).toContain("no rows");
  });

  test.each(["a.csv", "a.txt", "a"])("is a workbook whatever its name says: %s", async (name) => {
    const world = await openBulkWorld();
    const content = await accountBook([accountRow(2, "New 1")]);
    expect(await world.import("accounts", place(world, name, content))).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(["New 1"]);
  });

  test("with macros, which are not run", async () => {
    const world = await openBulkWorld();
    const content = await accountBook([accountRow(2, "New 1")], { more: { "xl/vbaProject.bin": "x" } });
    const { code, err } = await world.import("accounts", place(world, "a.xlsm", content));
    expect({ code, made: await world.made() }).toEqual({ code: 0, made: ["New 1"] });
    expect(err).toContain("macros are not run");
  });

  test("with dates that count from 1904, digits that begin with 0, and a formula's result", async () => {
    const world = await openBulkWorld();
    const rows = ['<c r="A2"><f>1+1</f><v>2</v></c>', cell("B2", "0044"), '<c r="C2" s="1"><v>45097</v></c>'];
    const content = await workbook(["priority", "dst_number", "restriction_start"], [rows.join("")], {
      numberFormats: ["yyyy-mm-dd"],
      workbookPr: '<workbookPr date1904="1"/>',
    });
    expect(await world.import("restrictions", place(world, "r.xlsx", content))).toMatchObject({ code: 0 });
    expect((await world.table("restrictions")).at(-1)).toMatchObject({
      priority: 2,
      dst_number: "0044",
      restriction_start: "2027-06-21 00:00:00",
    });
  });

  test("with decimal commas, hard spaces and a preamble; a point there is no thousand by guess", async () => {
    const world = await openBulkWorld();
    const lines = ["Voice GmbH;;", "Stand: 31.01.2026;;", "Name;Credit;Notes"];
    const rows = ["New 1\u00a0;1000,50;x", "New 2;7,25;\u00a0y"];
    const right = place(world, "a.csv", `${[...lines, ...rows].join("\r\n")}\r\n`);
    expect(await world.import("companies", right)).toMatchObject({ code: 0 });
    const names = (row: Record<string, unknown>) => String(row.customer_name);
    const made = (await world.table("companies")).slice(-2).sort((a, b) => names(a).localeCompare(names(b)));
    expect(made).toMatchObject([
      { customer_name: "New 1", note: "x" },
      { customer_name: "New 2", note: "y" },
    ]);
    expect(made.map(({ credit_limit }) => Number(credit_limit))).toEqual([1000.5, 7.25]);
    const wrong = place(world, "b.csv", `${[...lines, ...rows, "New 3;1.000;z"].join("\r\n")}\r\n`);
    const { code, err } = await world.import("companies", wrong);
    expect(code).toBe(2);
    expect(err).toContain("a point may part thousands");
  });

  test.each([
    ["25.000", ";"],
    ["25,000", ";"],
    ["25,000", "\t"],
    ["1.000", "|"],
  ])("with an amount that may be thousands or not, %s, which is refused", async (amount, delimiter) => {
    const world = await openBulkWorld();
    const rows = [
      ["Name", "Credit"],
      ["New 1", amount],
      ["New 2", "7"],
    ];
    const sheet = place(world, "c.csv", rows.map((cells) => cells.join(delimiter)).join("\n"));
    const { code, err } = await world.import("companies", sheet);
    expect(code).toBe(2);
    expect(err).toContain(`${amount}: nobody can tell thousands from decimals`);
    expect(world.writes()).toEqual([]);
  });

  test("with merged cells, whose value the others lack: their rows are refused", async () => {
    const world = await openBulkWorld();
    const rows = ["New 2", "New 3", "New 4", "New 5"].map((name, index) => {
      const row = index + 2;
      const limit = row === 2 || row === 5 ? `<c r="C${row}"><v>${row}</v></c>` : `<c r="C${row}"/>`;
      return `<row r="${row}">${cell(`A${row}`, name)}${cell(`B${row}`, "2001")}${limit}</row>`;
    });
    const head = accountHeader.split(",").map((name, index) => cell(`${"ABC"[index]}1`, name));
    const merges = '<mergeCells count="2"><mergeCell ref="C2:C4"/><mergeCell ref="D2:D5"/></mergeCells>';
    const worksheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${head.join("")}</row>${rows.join("")}</sheetData>${merges}</worksheet>`;
    const sheet = place(world, "m.xlsx", await book({ worksheet }));
    const { code, err } = await world.import("accounts", sheet);
    expect(code).toBe(2);
    const details = [3, 4].map((row) => ({
      file: "m.xlsx",
      row,
      column: "channels_limit",
      message: "it is merged with C2, which alone has the value: unmerge it",
    }));
    expect(JSON.parse(err).error.details).toEqual(details);
    expect(printed(await world.import("accounts", sheet, "--skip-wrong"))[0]).toMatchObject({ ok: 2 });
    const made = (await world.table("accounts")).slice(-2);
    expect(made.map((row) => [row.account_name, row.channels_limit]).sort()).toEqual([
      ["New 2", 2],
      ["New 5", 5],
    ]);
  });

  test("with spaces that nobody sees: it is no other object, and they are no change", async () => {
    const world = await openBulkWorld();
    await world.import("accounts", place(world, "a.csv", csv("New one,2001,5", "New two,2001,5")));
    const listed = (await world.table("accounts")).slice(-2);
    const two = listed.find((row) => row.account_name === "New two");
    await world.run("accounts", "update", String(two?.account_id), "--account-name", "New two ", "--yes");
    const rows = ["\u200bNew\u00a0one\u202f,2001,6", "New  two,2001,6", "\u200b,2001,1"];
    const wrong = await world.import("accounts", place(world, "b.csv", csv(...rows)));
    expect(JSON.parse(wrong.err).error.details).toMatchObject([{ row: 4, message: "is required" }]);
    const done = await world.import("accounts", place(world, "c.csv", csv(...rows.slice(0, 2))));
    expect(printed(done)[0]).toMatchObject({ create: 0, update: 2, ok: 2 });
    const now = (await world.table("accounts")).slice(-2);
    expect(now.map((row) => [row.account_name, row.channels_limit]).sort()).toEqual([
      ["New one", 6],
      ["New two ", 6],
    ]);
    expect(await world.run("accounts", "export", "--out", world.path("e.csv"))).toMatchObject({ code: 0 });
    const again = await world.import("accounts", world.path("e.csv"), "--dry-run");
    expect(printed(again)[0]).toMatchObject({ create: 0, update: 0, refused: 0 });
  });

  test("with two wrong keys, which are not the same for that", async () => {
    const world = await openBulkWorld();
    const lines = [
      "priority,dst_number,note",
      "1,4.47E+11,a",
      "1,tel:1,b",
      "1,19005550100,c",
      "1,19005550100,d",
    ];
    const { err } = await world.import("restrictions", place(world, "r.csv", `${lines.join("\n")}\n`));
    const told = JSON.parse(err).error.details.map((one: { row: number; message: string }) => [
      one.row,
      one.message.replace(/^.*: (?=is the same)/, ""),
    ]);
    expect(told).toEqual([
      [2, "4.47E+11 has lost its digits"],
      [3, "tel:1: a phone number is up to 16 digits"],
      [5, "is the same restriction as line 4"],
    ]);
  });

  test("with a line of totals, which is no carrier", async () => {
    const world = await openBulkWorld();
    const sheet = place(world, "t.csv", "Carrier;Channels\nTotal Telecom;30\nNew 2;40\nGrand total;70\n");
    const { code, err } = await world.import("carriers", sheet);
    expect(code).toBe(2);
    const { details } = JSON.parse(err.slice(err.indexOf("{"))).error;
    const message = "Grand total: looks like a line of totals; if it is a name, give the id too";
    expect(details).toEqual([{ file: "t.csv", row: 4, column: "Carrier", message }]);
    expect(printed(await world.import("carriers", sheet, "--skip-wrong"))[0]).toMatchObject({ ok: 2 });
  });

  test("with zeros before ids, which mean the same objects", async () => {
    const world = await openBulkWorld();
    const header = "account_id,account_name,customer_id,channels_limit";
    await world.import("accounts", world.writeSheet("a.csv", accountHeader, newAccounts(1)));
    const [made] = (await world.table("accounts")).slice(-1);
    const rows = [`,${made?.account_name},00${made?.customer_id},77`, "0010001,,,78"];
    const again = await world.import("accounts", world.writeSheet("b.csv", header, rows));
    expect(printed(again)[0]).toMatchObject({ create: 0, update: 2, ok: 2 });
    const [first, last] = [(await world.table("accounts"))[0], (await world.table("accounts")).at(-1)];
    expect(first).toMatchObject({ account_id: 10001, channels_limit: 78 });
    expect(last).toEqual({ ...made, channels_limit: 77, updated_at: last?.updated_at });
  });

  test("tells of the lines below the table that it leaves out", async () => {
    const world = await openBulkWorld();
    const sheet = place(world, "c.csv", "Carrier,Host\nNew 1,a.example\n\n\nNew 2,\nNew 3,\n");
    const { code, err } = await world.import("carriers", sheet);
    expect(code).toBe(0);
    expect(err).toContain("Text below the table was left out: lines 5 to 6.");
  });

  test("has rows that are there already: nothing is done to them", async () => {
    const world = await openBulkWorld();
    await world.import("accounts", world.writeSheet("a.csv", accountHeader, newAccounts(2)));
    const more = await world.import("accounts", world.writeSheet("b.csv", accountHeader, newAccounts(3)));
    expect(printed(more)[0]).toMatchObject({ create: 1, unchanged: 2, ok: 1 });
    expect(world.writes()).toHaveLength(3);
  });
});

test("a restriction of all calls is refused, unless its row says that all are meant", async () => {
  const world = await openBulkWorld();
  const header = "priority,dst_number,account_id,note";
  const aimless = world.writeSheet("r.csv", header, ["1,1900,,in order", "1,,,aimless"]);
  const refused = await world.import("restrictions", aimless);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("would hold for all calls: give one of dst_number");
  expect(world.writes()).toEqual([]);
  const meant = world.writeSheet("s.csv", header, ["1,,0,meant"]);
  expect(await world.import("restrictions", meant)).toMatchObject({ code: 0 });
});
