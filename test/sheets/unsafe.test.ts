import { describe, expect, test } from "vitest";
import { openSheet } from "../../src/sheets/read.ts";
import type { SheetCaps } from "../../src/sheets/sheet.ts";
import { book, column, file, readBook, readRows, refusal, zip } from "./files.ts";

const one = () => column(["<c><v>1</v></c>"]);
const text = (chars: number) => `<c t="str"><v>${"x".repeat(chars)}</v></c>`;

/** The archive with one number of the directory's entry for a part changed. */
function tamper(archive: Buffer, path: string, offset: number, value: number): Buffer {
  const entry = archive.lastIndexOf(path) - 46;
  expect(archive.readUInt32LE(entry)).toBe(0x02014b50);
  archive.writeUInt32LE(value, entry + offset);
  return archive;
}

const sheetPath = "xl/worksheets/sheet1.xml";
const unpackedSize = 24;
const checksum = 16;

describe("limits, each named when it is hit", () => {
  test.each<[keyof SheetCaps, () => Promise<Buffer>, Partial<SheetCaps>]>([
    ["sheetCellCharsMax", () => column([text(100_000)]), {}],
    ["sheetCellCharsMax", () => column([text(3_000_000)]), { sheetExpansionMax: 1e6 }],
    [
      "sheetCellCharsMax",
      () => column(['<c t="s"><v>0</v></c>'], { strings: `<si><t>${"x".repeat(100_000)}</t></si>` }),
      {},
    ],
    [
      "sheetColumnsMax",
      () => book({ rows: '<row r="1"><c r="ZZ1"><v>1</v></c></row>' }),
      { sheetColumnsMax: 700 },
    ],
    ["sheetRowsMax", () => column(Array.from({ length: 20 }, () => "<c><v>1</v></c>")), { sheetRowsMax: 10 }],
    ["sheetUnpackedBytesMax", one, { sheetUnpackedBytesMax: 500 }],
    ["sheetExpansionMax", () => book({ rows: " ".repeat(20_000_000) }), {}],
    [
      "sheetStringsBytesMax",
      () => column(['<c t="s"><v>0</v></c>'], { strings: `<si><t>${"x".repeat(2000)}</t></si>` }),
      { sheetStringsBytesMax: 1000 },
    ],
  ])("%s", async (limit, content, caps) => {
    const error = await refusal(readBook(await content(), { caps }));
    expect(error).toMatchObject({ kind: "validation", facts: { code: limit } });
    expect(error.message).toContain(`the limit ${limit} is`);
  });

  test("a part that is longer than it declares is refused as soon as it is", async () => {
    const content = tamper(await one(), sheetPath, unpackedSize, 100);
    expect((await refusal(readBook(content))).message).toContain(`${sheetPath} is longer than declared`);
  });

  test("entities are refused before any is replaced", async () => {
    const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>`;
    const worksheet = `<?xml version="1.0"?>${laughs}<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&lol2;</v></c></row></sheetData></worksheet>`;
    expect((await refusal(readBook(await book({ worksheet })))).message).toContain(
      "its XML has a document type",
    );
    const more = { "xl/sharedStrings.xml": `${laughs}<sst><si><t>&lol2;</t></si></sst>` };
    expect((await refusal(readBook(await book({ more })))).message).toContain("its XML has a document type");
  });
});

describe("damage", () => {
  test.each<[string, () => Promise<Buffer>, string]>([
    ["cut off", async () => (await one()).subarray(0, 900), "the workbook is damaged (it ends too early)"],
    [
      "a wrong checksum",
      async () => tamper(await one(), sheetPath, checksum, 1),
      `the checksum of ${sheetPath} is wrong`,
    ],
    ["a wrong place", async () => tamper(await one(), sheetPath, 42, 3), "is not where it should be"],
    ["an encrypted part", async () => tamper(await one(), sheetPath, 8, 0x80001), "a part is encrypted"],
    [
      "XML that is none",
      () => book({ rows: "<row r='1'><c r='A1'><v>1</c></row>" }),
      "it is damaged or not of its kind",
    ],
    [
      "cells without addresses",
      () => book({ rows: "<row r='1'><c><v>1</v></c></row>" }),
      "it is damaged or not of its kind",
    ],
    [
      "an address beyond Excel's",
      () => book({ rows: "<row r='1'><c r='ZZZZZ1'><v>1</v></c></row>" }),
      "it is damaged or not of its kind",
    ],
    [
      "rows without end",
      () => book({ worksheet: "<worksheet><sheetData><row r='1'>" }),
      "a sheet ends within its rows",
    ],
    [
      "bytes that are no text",
      () =>
        book({
          more: {
            [sheetPath]: Buffer.from(
              '<worksheet><sheetData><row r="1"><c r="A1"><v>\xff</v></c></row></sheetData></worksheet>',
              "latin1",
            ),
          },
        }),
      "not valid UTF-8",
    ],
    ["no sheet at all", () => book({ sheets: "" }), "it has no visible sheet"],
    ["another zip file", () => zip({ "a.txt": "x" }), "it is a zip file, but no Excel workbook"],
    ["OpenDocument", () => zip({ "content.xml": "x" }), "it is an OpenDocument file; save it as .xlsx"],
    [
      "a binary workbook",
      () => zip({ "xl/workbook.bin": "x" }),
      "it is a binary workbook (.xlsb); save it as .xlsx",
    ],
    ["an empty zip file", () => zip({}), "it is not a sheet"],
  ])("%s", async (_, content, message) => {
    const error = await refusal(readBook(await content()));
    expect(error.kind).toBe("validation");
    expect(error.message).toMatch(/^rows\.xlsx/);
    expect(error.message).toContain(message);
  });

  test("damage behind the rows is found at the end of the rows", async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `<c><v>${index}</v></c>`);
    const content = tamper(await column(rows), sheetPath, checksum, 1);
    const sheet = await openSheet(file("x.xlsx", content));
    expect((await refusal(readRows(sheet))).message).toContain("the checksum");
  });
});
