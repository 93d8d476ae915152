import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openSheet } from "../../src/sheets/read.ts";
import { cellsOf, file, readAll, readCsv, readRows, refusal } from "./files.ts";

const table = "name,rate\nBrazil,0.5\nPeru,0.25\n";

describe("how a file is written", () => {
  test.each([",", ";", "\t", "|"])("delimiter %j", async (delimiter) => {
    const sheet = await readCsv(table.replaceAll(",", delimiter));
    expect(sheet).toMatchObject({ delimiter, headers: ["name", "rate"], headerLine: 1, format: "csv" });
    expect(cellsOf(sheet)).toEqual([
      ["Brazil", "0.5"],
      ["Peru", "0.25"],
    ]);
  });

  test("decimal commas are not taken for the delimiter, and are told", async () => {
    const sheet = await readCsv("code;inter;intra\n1201;0,5;0,7\n1202;0,25;0,75\n");
    expect(sheet).toMatchObject({ delimiter: ";", decimalComma: true, headers: ["code", "inter", "intra"] });
    expect((await readCsv(table)).decimalComma).toBe(false);
    expect((await readCsv("code;rate\n1;25.000,5\n2;1.000\n3;2.000\n")).decimalComma).toBe(true);
    expect((await readCsv("code;rate\n1;25,000.5\n2;1,000\n3;2,000\n")).decimalComma).toBe(false);
  });

  test.each([
    ["UTF-8", Buffer.from("name,rate\nCôte d’Ivoire,1\n"), "utf-8"],
    ["UTF-8 with mark", Buffer.from("\ufeffname,rate\nCôte d’Ivoire,1\n"), "utf-8"],
    ["UTF-16 LE", Buffer.from("\ufeffname,rate\nCôte d’Ivoire,1\n", "utf16le"), "utf-16le"],
    ["UTF-16 BE", Buffer.from("\ufeffname,rate\nCôte d’Ivoire,1\n", "utf16le").swap16(), "utf-16be"],
  ])("%s", async (_, content, encoding) => {
    const sheet = await readCsv(content);
    expect(sheet).toMatchObject({ encoding, headers: ["name", "rate"] });
    expect(cellsOf(sheet)).toEqual([["Côte d’Ivoire", "1"]]);
  });

  test.each(["\n", "\r\n", "\r"])("line end %j", async (lineEnd) => {
    const sheet = await readCsv('a,b\n1,2\n3,"x\ny"\n5,6\n'.replaceAll("\n", lineEnd));
    expect(sheet.all.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, "1", "2"],
      [3, "3", `x${lineEnd}y`],
      [5, "5", "6"],
    ]);
  });

  test("line ends of both kinds in one file", async () => {
    const sheet = await readCsv("a,b\r\n1,2\n3,4\r\n5,6");
    expect(cellsOf(sheet)).toEqual([
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
  });

  test("gzip, and a workbook or gzip whatever the name says", async () => {
    expect(cellsOf(await readCsv(gzipSync(table)))).toHaveLength(2);
    const sheet = await readAll(file("rates.xlsx", table));
    expect(sheet.notices).toContain("rates.xlsx is text, not Excel; it is read as CSV.");
    expect(cellsOf(sheet)).toHaveLength(2);
  });
});

describe("where things are", () => {
  test("lines are lines of the file, whatever is quoted or blank above", async () => {
    const sheet = await readCsv('a,b\n\n"1\n1\r\n1",2\n,\n3,4\n');
    expect(sheet.all.map(({ line, gap }) => [line, gap])).toEqual([
      [3, 1],
      [7, 1],
    ]);
  });

  test("the header is found below a preamble", async () => {
    const sheet = await readCsv(
      "Carrier Ltd.,,\nCurrency:,USD,\n\nDestination,Code,Rate\nBrazil,55,0.5\nPeru,51,0.25\n",
    );
    expect(sheet).toMatchObject({ headerLine: 4, headers: ["Destination", "Code", "Rate"] });
    expect(sheet.notices).toContain("The header is line 4; the rows above it are not data.");
  });

  test("the header's line can be named", async () => {
    const sheet = await readCsv("a,b\nc,d\n1,2\n", { headerRow: 2 });
    expect(sheet.headers).toEqual(["c", "d"]);
    expect(cellsOf(sheet)).toEqual([["1", "2"]]);
    expect((await refusal(readCsv("a,b\n1,2\n", { headerRow: 7 }))).message).toContain(
      "line 7 holds no header",
    );
  });

  test("known words decide between two rows of words", async () => {
    const text = "this list is,for you\nprefix,destination\nx,y\nz,w\n";
    expect((await readCsv(text)).headerLine).toBe(1);
    expect((await readCsv(text, { knownHeaders: ["Prefix", "Destination"] })).headerLine).toBe(2);
  });

  test("text that stands apart below the table is left out, and said so; a table that goes on is not", async () => {
    const sheet = await readCsv("a,b\n1,2\n\n\n3,4\n\n\nAll rates are secret.\nReally.\n");
    expect(cellsOf(sheet)).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
    expect(sheet.notices).toContain("Text below the table was left out: lines 8 to 9.");
  });

  test("a header alone is an empty table; numbers alone have no header", async () => {
    expect(await readCsv("name,rate\n")).toMatchObject({ headers: ["name", "rate"], all: [] });
    expect((await refusal(readCsv("1,2\n3,4\n"))).message).toContain("no row looks like a header");
  });
});

describe("cells", () => {
  test("digits that a spreadsheet was told to keep are unwrapped", async () => {
    const sheet = await readCsv('a,b,c\n="0123",\'0456,\'s-Hertogenbosch\n"=""07""",x,y\n');
    expect(cellsOf(sheet)).toEqual([
      ["0123", "0456", "'s-Hertogenbosch"],
      ["07", "x", "y"],
    ]);
  });

  test("a number that lost its digits is marked", async () => {
    const { all } = await readCsv("name,number\nBo,4.47E+11\nJo,447700900123\nMo,1E-05\n");
    expect(all.map(({ faults }) => faults.map(({ kind, column }) => [kind, column]))).toEqual([
      [["digits_lost", 1]],
      [],
      [],
    ]);
  });

  test("rows of another length than the header are marked; empty cells beyond it are not", async () => {
    const { all } = await readCsv("a,b,c\n1,2\n1,2,3,4\n1,2,3,\n");
    expect(all.map(({ cells, faults }) => [cells.slice(0, 3), faults.map(({ kind }) => kind)])).toEqual([
      [["1", "2", ""], ["ragged"]],
      [["1", "2", "3"], ["ragged"]],
      [["1", "2", "3"], []],
    ]);
  });

  test("where quotes may be loose, a cell that starts with one is not trusted", async () => {
    const { all } = await readCsv('a,b\n="01",x\n"open,2\n3,4\n"z",5\n');
    expect(all.flatMap(({ faults }) => faults.map(({ kind }) => kind))).toContain("broken_quote");
  });
});

describe("a stream", () => {
  test("is read like a file, whatever the size of its chunks", async () => {
    const path = file("x.csv", `name,rate\n${"Côte d’Ivoire,0.5\n".repeat(20_000)}`);
    const stream = createReadStream(path, { highWaterMark: 1001 });
    const sheet = await readAll({ name: "standard input", stream });
    expect(sheet.file).toBe("standard input");
    expect(sheet.all).toHaveLength(20_000);
    expect(sheet.all.at(-1)).toMatchObject({ line: 20_001, cells: ["Côte d’Ivoire", "0.5"] });
  });

  test("can be read once, a file again and again", async () => {
    const sheet = await openSheet({ name: "-", stream: Readable.from([Buffer.from(table)]) });
    expect(await readRows(sheet)).toHaveLength(2);
    expect((await refusal(readRows(sheet))).message).toContain("was read before");
    const again = await openSheet(file("t.csv", table));
    expect(await readRows(again)).toEqual(await readRows(again));
  });

  test("that breaks is told by its name", async () => {
    async function* broken() {
      yield Buffer.from(table.repeat(10_000));
      throw Object.assign(new Error("EIO"), { errno: -5, code: "EIO", syscall: "read" });
    }
    const sheet = await openSheet({ name: "standard input", stream: broken() });
    expect(await refusal(readRows(sheet))).toMatchObject({
      message: "Cannot read standard input: i/o error.",
      facts: { code: "EIO" },
    });
  });

  test("gzip in a stream", async () => {
    const stream = Readable.from([gzipSync(table)]);
    expect((await readAll({ name: "-", stream })).all).toHaveLength(2);
  });
});

describe("what cannot be read says where and why", () => {
  test.each([
    ["an open quote", 'a,b\n1,2\n3,"4\n5,6\n', "rows.csv, line 3: a quote is opened and never closed."],
    ["a quote within", 'a,b\n1,2\n3,x"y\n', "rows.csv, line 3: a quote stands in the middle of a cell."],
    ["text after a quote", 'a,b\n1,"2"x\n', "rows.csv, line 2: a quote stands in the middle of a cell."],
    [
      "a zero byte",
      "a,b\n1,2\n3,\0\n",
      "rows.csv, line 3: there is a zero byte, so this is not a text file.",
    ],
    [
      "Latin-1",
      Buffer.from("a,b\n1,2\nS\xe3o,3\n", "latin1"),
      "rows.csv, line 3: the text is not valid UTF-8.",
    ],
    [
      "a cut character",
      Buffer.from("a,b\n1,\xc3", "latin1"),
      "rows.csv, line 2: the text is not valid UTF-8.",
    ],
    ["half a pair", Buffer.from("\ufeffa,b\n1,\ud800x\n", "utf16le"), "the text is not valid utf-16le"],
    ["nothing", "", "rows.csv: it is empty."],
    [
      "an old workbook",
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      "it is protected by a password, or an old .xls file",
    ],
    ["a web page", "<html><table><tr><td>1</table>", "it is a web page or XML, not a sheet"],
    ["broken gzip", gzipSync(table).subarray(0, 30), "it is damaged or not of its kind"],
  ])("%s", async (_, content, message) => {
    const error = await refusal(readCsv(content));
    expect(error.kind).toBe("validation");
    expect(error.message).toContain(message);
    expect(error.facts.details?.[0]).toMatchObject({ file: "rows.csv" });
  });

  test("what is named a workbook and is neither one nor text", async () => {
    const damaged = await refusal(openSheet(file("rates.xlsx", Buffer.from("\0\0\0\0broken\0"))));
    expect(damaged).toMatchObject({
      kind: "validation",
      message: "rates.xlsx: it is no Excel workbook, though its name says so.",
    });
    expect(damaged.facts.hint).toContain("damaged or cut off");
    const wide = await readAll(file("rates.xlsx", Buffer.from(`\ufeff${table}`, "utf16le")));
    expect(wide.all).toHaveLength(2);
  });

  test("a fault far down is found while reading, with its line", async () => {
    const path = file("x.csv", `a,b\n${"name,2\n".repeat(40_000)}3,"4\n`);
    const sheet = await openSheet(path);
    const error = await refusal(readRows(sheet));
    expect(error.facts.details).toEqual([
      { file: "x.csv", row: 40_002, message: "a quote is opened and never closed" },
    ]);
  });

  test("a quote that swallows the file is not held in memory", async () => {
    const error = await refusal(readCsv(`a,b\n1,"2\n${"name,2\n".repeat(300_000)}`));
    expect(error.message).toMatch(/^rows.csv, line 2: the row is longer than 1048576 characters/);
  });

  test.each([
    ["sheetColumnsMax", `a,b\n${",x".repeat(1_000)}\n`, {}],
    ["sheetCellCharsMax", `a,b\n1,${"x".repeat(100_000)}\n`, {}],
    ["sheetRowsMax", table.repeat(5), { sheetRowsMax: 8 }],
    ["sheetUnpackedBytesMax", gzipSync(Buffer.alloc(300_000, "a,b\n")), { sheetUnpackedBytesMax: 200_000 }],
  ])("the limit %s", async (limit, content, caps) => {
    const error = await refusal(readCsv(content, { caps }));
    expect(error).toMatchObject({ kind: "validation", facts: { code: limit } });
    expect(error.message).toContain(`the limit ${limit} is`);
  });

  test("a path that is not there, or a folder", async () => {
    expect(await refusal(openSheet("/nowhere/x.csv"))).toMatchObject({
      kind: "usage",
      message: "Cannot read /nowhere/x.csv: there is no such file or folder.",
    });
    expect((await refusal(openSheet("/"))).message).toBe("Cannot read /: it is a folder.");
  });
});
