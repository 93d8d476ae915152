import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Readable } from "node:stream";
import exceljs from "exceljs";
import { describe, expect, test, vi } from "vitest";
import { openSheet } from "../../src/sheets/read.ts";
import { book, cellsOf, column, file, folder, readAll, readBook, readRows, refusal } from "./files.ts";

const data = new URL("../data/", import.meta.url);
const secondColumn = (sheet: Awaited<ReturnType<typeof readBook>>) => sheet.all.map(({ cells }) => cells[1]);
const faultsOf = (sheet: Awaited<ReturnType<typeof readBook>>) =>
  sheet.all.map(({ faults }) => faults.map(({ kind }) => kind).join());

/** Values of another program's reading: a Python script that walks the XML by itself. */
describe("a real deck of 18,254 rates", async () => {
  const path = new URL("airtel-az-2023.xlsx", data).pathname;
  const expected = JSON.parse(readFileSync(new URL("airtel-az-2023.json", data), "utf8"));

  test.each(["Pricing", "Numbering_plan"])("sheet %s is read to the last cell", async (name) => {
    const wanted = expected[name];
    const sheet = await readAll(path, name === "Pricing" ? {} : { sheet: name });
    expect(sheet).toMatchObject({
      format: "xlsx",
      sheetName: name,
      headerLine: wanted.headerLine,
      headers: wanted.headers,
    });
    expect(sheet.all).toHaveLength(wanted.rows);
    const hash = createHash("sha256");
    for (const { line, cells } of sheet.all) hash.update(`${[line, ...cells].join("\t")}\n`);
    expect(hash.digest("hex")).toBe(wanted.sha256);
    for (const [line, cells] of wanted.samples) {
      expect(sheet.all.find((row) => row.line === line)).toMatchObject({ cells, faults: [] });
    }
  });
});

describe("values", () => {
  test("numbers are their shortest decimals, never with an exponent", async () => {
    const values = ["0.28499999999999998", "1.0000000000000001E-5", "-0.5", "447700900123", "100", "0"];
    const sheet = await readBook(await column(values.map((value) => `<c><v>${value}</v></c>`)));
    expect(secondColumn(sheet)).toEqual(["0.285", "0.00001", "-0.5", "447700900123", "100", "0"]);
    expect(faultsOf(sheet)).toEqual(["", "", "", "", "", ""]);
  });

  test("a number of more than 15 digits has lost some", async () => {
    const values = ["1E+21", "12345678901234567", "0.30000000000000004", "1.2345678901234567E-7"];
    const sheet = await readBook(await column(values.map((value) => `<c><v>${value}</v></c>`)));
    expect(secondColumn(sheet)).toEqual([
      "1000000000000000000000",
      "12345678901234568",
      "0.3",
      "0.000000123456789012346",
    ]);
    expect(new Set(faultsOf(sheet))).toEqual(new Set(["digits_lost"]));
  });

  test("codes with as many digits as their format shows", async () => {
    const values = ["2109", "12345678", "0", "1.5", "-7"];
    const cells = values.map((value) => `<c s="1"><v>${value}</v></c>`);
    const sheet = await readBook(
      await column([...cells, '<c s="2"><v>7</v></c>'], { numberFormats: ["00000", "0"] }),
    );
    expect(secondColumn(sheet)).toEqual(["02109", "12345678", "00000", "1.5", "-7", "7"]);
  });

  test("what stands for a character stands for itself in a text", async () => {
    const strings = "<si><t>&amp;amp; &lt;b&gt;</t></si>";
    const cells = [
      '<c t="inlineStr"><is><t>&lt;b>&amp;amp;&amp;lt; AT&amp;T &amp;amp;amp; &#38;gt;</t></is></c>',
      '<c t="str"><v>&amp;quot; &quot;x&quot;</v></c>',
      '<c t="s"><v>0</v></c>',
    ];
    const sheet = await readBook(await column(cells, { strings }));
    expect(secondColumn(sheet)).toEqual(["<b>&amp;&lt; AT&T &amp;amp; &gt;", '&quot; "x"', "&amp; <b>"]);
  });

  test("a formula whose result is empty was never calculated", async () => {
    const sheet = await readBook(await column(["<c><f>SUM(A1:A2)</f><v></v></c>", "<c><f>A1+1</f><v/></c>"]));
    const message = "it has no number: if it is a formula, open the file in Excel and save it";
    expect(sheet.all.flatMap(({ faults }) => faults.map((fault) => fault.message))).toEqual([
      message,
      message,
    ]);
  });

  test("dates and times by the cell's format, in UTC", async () => {
    const numberFormats = [
      "yyyy-mm-dd hh:mm",
      "[$-409]d\\-mmm\\-yy;@",
      "h:mm:ss",
      "0.00\\ \\m\\i\\n",
      '0 "days"',
      "[h]:mm",
    ];
    const cell = (style: number, value: string) => `<c s="${style}"><v>${value}</v></c>`;
    const cells = [
      cell(1, "45055.481261574103"),
      cell(2, "45097"),
      cell(3, "0.25"),
      cell(4, "1.5"),
      cell(5, "3"),
      cell(6, "1.5"),
    ];
    const sheet = await readBook(await column(cells, { numberFormats }));
    expect(secondColumn(sheet)).toEqual(["2023-05-09T11:33:01", "2023-06-20", "06:00:00", "1.5", "3", "1.5"]);
  });

  test.each([
    ["1", "2027-06-21"],
    ["true", "2027-06-21"],
    ["0", "2023-06-20"],
  ])("days counted from 1904: date1904=%s", async (flag, date) => {
    const parts = { numberFormats: ["yyyy-mm-dd"], workbookPr: `<workbookPr date1904="${flag}"/>` };
    expect(secondColumn(await readBook(await column(['<c s="1"><v>45097</v></c>'], parts)))).toEqual([date]);
  });

  test("a date that cannot be, and a date in ISO 8601", async () => {
    const cells = ['<c s="1"><v>1E+30</v></c>', '<c s="1" t="d"><v>2024-02-29T00:00:00</v></c>'];
    const sheet = await readBook(await column(cells, { numberFormats: ["yyyy-mm-dd"] }));
    expect(secondColumn(sheet)).toEqual(["", "2024-02-29T00:00:00"]);
    expect(faultsOf(sheet)).toEqual(["excel_error", ""]);
  });

  test("formulas by their stored result, of whatever type; without one the cell is marked", async () => {
    const cells = [
      '<c t="str"><f>A1&amp;"x"</f><v>text</v></c>',
      "<c><f>1-1</f><v>0</v></c>",
      '<c><f t="shared" si="0"/><v>0.5</v></c>',
      '<c t="b"><f>A1=A1</f><v>1</v></c>',
      '<c s="1"><f>TODAY()</f><v>45097</v></c>',
      '<c t="str"><f t="shared" si="0"/><v></v></c>',
      "<c><f>A1+1</f></c>",
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c t="e"><v>#N/A</v></c>',
    ];
    const sheet = await readBook(await column(cells, { numberFormats: ["d/m/yyyy"] }));
    expect(secondColumn(sheet)).toEqual(["text", "0", "0.5", "true", "2023-06-20", "", "", "", ""]);
    expect(faultsOf(sheet)).toEqual(["", "", "", "", "", "", "no_result", "excel_error", "excel_error"]);
    expect(sheet.all[8]?.faults).toEqual([{ kind: "excel_error", column: 1, message: "it holds #N/A" }]);
  });

  test("texts: shared, formatted, with reading aids, in the cell, escaped", async () => {
    const strings = `<si>
        <t>plain</t>
      </si><si><r><t>two </t></r><r><rPr><b/></rPr><t>runs</t></r></si>
      <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>`;
    const cells = [
      '<c t="s"><v>0</v></c>',
      '<c t="s"><v>1</v></c>',
      '<c t="s"><v>2</v></c>',
      '<c t="inlineStr"><is><r><t>in </t></r><r><rPr><i/></rPr><t xml:space="preserve">the cell</t></r></is></c>',
      '<c t="inlineStr"><is><t>a &lt; b</t></is></c>',
      '<c t="str"><v>line_x000D_end</v></c>',
      '<c t="b"><v>0</v></c>',
    ];
    const sheet = await readBook(await column(cells, { strings }));
    expect(secondColumn(sheet)).toEqual([
      "plain",
      "two runs",
      "東京",
      "in the cell",
      "a < b",
      "line\rend",
      "false",
    ]);
  });

  test("characters of several bytes are whole wherever the file is cut", async () => {
    const texts = Array.from({ length: 4000 }, (_, index) => `Côte d’Ivoire 東京 😀 ${index}`);
    const inCells = await readBook(await column(texts.map((text) => `<c t="str"><v>${text}</v></c>`)));
    expect(secondColumn(inCells)).toEqual(texts);
    const shared = texts.map((_, index) => `<c t="s"><v>${index}</v></c>`);
    const strings = texts.map((text) => `<si><t>${text}</t></si>`).join("");
    expect(secondColumn(await readBook(await column(shared, { strings })))).toEqual(texts);
  });

  test("names with a prefix, as .NET writes them, on lines of their own", async () => {
    const worksheet = `<?xml version="1.0"?>
      <x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
      <x:sheetData>
      <x:row r="1"><x:c r="A1" t="str"><x:v>Name</x:v></x:c><x:c r="B1" t="str"><x:v>Rate</x:v></x:c></x:row>
      <x:row r="2">
        <x:c r="A2" t="str">
          <x:v>Peru</x:v>
        </x:c>
        <x:c r="B2"><x:v>0.5</x:v></x:c>
      </x:row></x:sheetData></x:worksheet>`;
    expect(cellsOf(await readBook(await book({ worksheet })))).toEqual([["Peru", "0.5"]]);
  });
});

describe("which sheet and which rows", () => {
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
  const header = '<c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Rate</v></c>';
  const rates = `<worksheet xmlns=""><sheetData><row r="1">${header}</row><row r="2"><c r="A2" t="str"><v>Peru</v></c><c r="B2"><v>1</v></c></row></sheetData></worksheet>`;
  const several = {
    rows: '<row r="1"><c r="A1" t="str"><v>Read me</v></c></row>',
    sheets: `<sheet name="Cover" sheetId="7" r:id="r7"/><sheet name="Empty" sheetId="4" r:id="r4"/>
      <sheet name="Old" sheetId="2" r:id="r2" state="hidden"/><sheet name="New &amp; good" sheetId="9" r:id="r9"/>
      <sheet name="Chart" sheetId="10" r:id="r10"/>`,
    rels: `<Relationship Id="r9" Type="${office}" Target="/xl/worksheets/new.xml"/>
      <Relationship Id="r2" Type="${office}" Target="worksheets/sheet2.xml"/>
      <Relationship Id="r7" Type="${office}" Target="worksheets/sheet1.xml"/>
      <Relationship Id="r4" Type="${office}" Target="worksheets/sheet4.xml"/>
      <Relationship Id="r10" Type="${office}" Target="chartsheets/sheet1.xml"/>`,
    more: {
      "xl/worksheets/new.xml": rates,
      "xl/worksheets/sheet2.xml": rates.replace("Peru", "Chile"),
      "xl/worksheets/sheet4.xml": '<worksheet xmlns=""><sheetData/></worksheet>',
      "xl/chartsheets/sheet1.xml": "<chartsheet/>",
    },
  };

  test("the one that looks like a table, by its own name, hidden ones aside", async () => {
    const sheet = await readBook(await book(several));
    expect(sheet).toMatchObject({ sheetName: "New & good", headers: ["Name", "Rate"] });
    expect(sheet.notices).toContain("The sheet is New & good, of Cover, Empty, New & good.");
    expect(cellsOf(sheet)).toEqual([["Peru", "1"]]);
  });

  test("the one that is named, hidden or not; one that is not there is told with the names that are", async () => {
    expect(cellsOf(await readBook(await book(several), { sheet: "Old" }))).toEqual([["Chile", "1"]]);
    const error = await refusal(readBook(await book(several), { sheet: "Rates" }));
    expect(error.message).toBe("rows.xlsx: it has no sheet Rates.");
    expect(error.facts.hint).toBe('Its sheets: "Cover", "Empty", "Old", "New & good".');
  });

  test("line numbers are Excel's; blank rows are left out and counted; text below is told", async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="str"><v>${text}</v></c>`;
    const rows = `<row r="1">${cell("A1", "Name")}${cell("B1", "Rate")}${cell("C1", "Note")}</row>
      <row r="4">${cell("A4", "Peru")}${cell("B4", "1")}</row><row r="5"/><row r="6"><c r="A6"/></row>
      <row r="7">${cell("A7", "Chile")}${cell("C7", "new")}</row><row r="12">${cell("A12", "Secret!")}</row>`;
    const sheet = await readBook(await book({ rows }));
    expect(sheet.all).toEqual([
      { line: 4, cells: ["Peru", "1", ""], faults: [], gap: 2 },
      { line: 7, cells: ["Chile", "", "new"], faults: [], gap: 2 },
    ]);
    expect(sheet.notices).toEqual(["Text below the table was left out: line 12."]);
  });

  test("hidden rows are read, and said so", async () => {
    const row = (number: number, more = "") =>
      `<row r="${number}"${more}><c r="A${number}" t="str"><v>n${number}</v></c><c r="B${number}"><v>1</v></c></row>`;
    const head = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Rate</v></c></row>';
    const hidden = row(3, ' spans="1:2" ht="15" customHeight="1" hidden="1"') + row(4, ' hidden="true"');
    const rows = head + row(2) + hidden + row(5, ' hidden="0" ht="15"');
    const sheet = await readBook(await book({ rows }));
    expect(cellsOf(sheet)).toEqual([2, 3, 4, 5].map((number) => [`n${number}`, "1"]));
    expect(sheet.notices).toEqual(["Hidden rows are read like all others: lines 3 to 4."]);
  });

  test("a workbook of macros is read, and said so", async () => {
    const content = await book({ rows: several.rows, more: { "xl/vbaProject.bin": "x" } });
    expect((await readAll(file("m.xlsm", content))).notices).toEqual(["The workbook's macros are not run."]);
  });

  test("whatever the name says, and from a stream, which leaves nothing on the disk", async () => {
    const content = await column(["<c><v>1</v></c>"]);
    const sheet = await readAll(file("rates.csv", content));
    expect(sheet).toMatchObject({
      format: "xlsx",
      notices: ["rates.csv is an Excel workbook in spite of its name."],
    });
    // A temporary folder of its own: other tests make and remove theirs at the same time.
    const place = folder();
    vi.stubEnv("TMPDIR", place);
    const streamed = await openSheet({ name: "-", stream: Readable.from([content]) });
    expect(await readRows(streamed)).toEqual(await readRows(streamed));
    expect(readdirSync(place)).toHaveLength(1);
    await streamed.close();
    expect(readdirSync(place)).toEqual([]);
  });

  test("what exceljs writes, whichever way", async () => {
    const path = `${folder()}/x.xlsx`;
    const workbook = new exceljs.stream.xlsx.WorkbookWriter({
      filename: path,
      useSharedStrings: true,
      useStyles: true,
    });
    const sheet = workbook.addWorksheet("Données");
    sheet.addRow(["Name", "Rate", "From", "Link"]).commit();
    const link = { text: "a link", hyperlink: "https://example.com/" };
    sheet.addRow(["Pérou", 0.125, new Date("2024-03-01T00:00:00Z"), link]).commit();
    await workbook.commit();
    const read = await readAll(path);
    expect(read.sheetName).toBe("Données");
    expect(cellsOf(read)).toEqual([["Pérou", "0.125", "2024-03-01", "a link"]]);
    expect(existsSync(path)).toBe(true);
  });
});
