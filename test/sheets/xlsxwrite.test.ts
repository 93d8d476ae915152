import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import exceljs from "exceljs";
import JSZip from "jszip";
import { describe, expect, test } from "vitest";
import { openOutFile } from "../../src/host/outfile.ts";
import type { Column, Value } from "../../src/sheets/document.ts";
import { writeTemplate } from "../../src/sheets/template.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { cellsOf, folder, openPlace, readAll, refusal } from "./files.ts";

const columns: readonly Column[] = [
  { name: "number", label: "Number", type: "text" },
  { name: "rate", label: "Rate", type: "number" },
  { name: "start", label: "Start", type: "date" },
  { name: "open", label: "Open", type: "flag" },
];

/** A workbook of these rows: its path, and how exceljs's other reader sees its only sheet. */
async function written(rows: readonly (readonly Value[])[]) {
  const path = `${folder()}/out.xlsx`;
  const writer = await createWriter("xlsx", await openOutFile(path, false), columns, { sheetName: "Calls" });
  try {
    for (const row of rows) await writer.write(row);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  expect((await writer.close()).rows).toBe(rows.length);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(path);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error("no sheet");
  return { path, sheet };
}

describe("cells", () => {
  test("are what they are: digits text, amounts numbers, times dates, flags true or false", async () => {
    const { path, sheet } = await written([
      ["0044", "0.0150", "2024-03-01T12:30:00-05:00", true],
      ["447700900123", -2, "2024-03-01", false],
      [null, null, null, null],
      ["+1", "0.1234567890123456789", "soon", null],
    ]);
    const values = [2, 3, 5].map((row) =>
      columns.map((_, index) => sheet.getRow(row).getCell(index + 1).value),
    );
    expect(values).toEqual([
      ["0044", 0.015, new Date("2024-03-01T12:30:00Z"), true],
      ["447700900123", -2, new Date("2024-03-01T00:00:00Z"), false],
      ["+1", "0.1234567890123456789", "soon", null],
    ]);
    expect(sheet.getCell("C2").numFmt).toBe("yyyy-mm-dd hh:mm:ss");
    expect(sheet.getCell("C3").numFmt).toBe("yyyy-mm-dd");
    expect(cellsOf(await readAll(path))).toEqual([
      ["0044", "0.015", "2024-03-01T12:30:00", "true"],
      ["447700900123", "-2", "2024-03-01", "false"],
      ["+1", "0.1234567890123456789", "soon", ""],
    ]);
  });

  test("control characters and what looks like their sign come back as they were", async () => {
    const texts = ["a\u0007b", "line\r\nend", "_x0041_", "\u001b[31mred", "<&>\"'"];
    const { path } = await written(texts.map((text) => [text, null, null, null]));
    expect(cellsOf(await readAll(path)).map(([text]) => text)).toEqual(texts);
  });

  test("more than a sheet holds is refused, not cut", async () => {
    const error = await refusal(written([["x".repeat(32_768), null, null, null]]));
    expect(error).toMatchObject({ kind: "validation", facts: { hint: "Write CSV instead." } });
    expect(error.message).toContain("32,767 characters");
  });
});

test("the header is bold and stays in sight", async () => {
  const { sheet } = await written([]);
  expect(sheet.name).toBe("Calls");
  expect(columns.map((_, index) => sheet.getRow(1).getCell(index + 1).value)).toEqual([
    "Number",
    "Rate",
    "Start",
    "Open",
  ]);
  expect(sheet.getCell("A1").font?.bold).toBe(true);
  expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
  expect(sheet.getColumn(3).width).toBe(20);
});

test("a slow place holds the writer back", async () => {
  const slow = openPlace(() => setTimeout(2));
  const writer = await createWriter("xlsx", slow, columns);
  let ahead = 0;
  let sent = 0;
  for (let row = 0; row < 6_000; row++) {
    // Random digits: about half a byte each, packed.
    const text = Array.from({ length: 100 }, () => Math.random().toString().slice(2)).join("");
    await writer.write([text, row, null, null]);
    sent += text.length * 0.4;
    ahead = Math.max(ahead, sent - slow.bytes);
  }
  const { bytes } = await writer.close();
  expect(slow.bytes).toBe(bytes);
  expect(bytes).toBeGreaterThan(3_000_000);
  // The archiver's own two buffers hold a megabyte each.
  expect(ahead).toBeLessThan(2_500_000);
}, 60_000);

test("a template has comments, choices and text columns, and no rows", async () => {
  const path = `${folder()}/template.xlsx`;
  await writeTemplate(await openOutFile(path, false), [
    { name: "account", label: "Account", type: "text", comment: "Its name, as on the invoice" },
    { name: "state", label: "State", type: "text", choices: ["open", "closed"] },
    { name: "city", label: "City", type: "text", choices: ["Washington, D.C.", "Lima"] },
    { name: "limit", label: "Limit", type: "number", comment: "USD" },
  ]);
  expect(await readAll(path)).toMatchObject({ headers: ["Account", "State", "City", "Limit"], all: [] });
  // By its XML: exceljs makes an object of each cell that a rule is for.
  const archive = await JSZip.loadAsync(readFileSync(path));
  const [sheet = "", comments = "", styles = ""] = await Promise.all(
    ["xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/styles.xml"].map((name) =>
      archive.file(name)?.async("text"),
    ),
  );
  expect(comments.match(/ref="A1".*?<t>Its name, as on the invoice<.*?ref="D1".*?<t>USD</s)).not.toBeNull();
  const rules = sheet.match(/<dataValidation .*?<\/dataValidation>/g);
  expect(rules).toHaveLength(1);
  expect(rules?.[0]).toMatch(/type="list".*sqref="B2:B10001".*<formula1>&quot;open,closed&quot;<\/formula1>/);
  const formats = Array.from(styles.matchAll(/<xf numFmtId="(\d+)"[^>]*xfId/g), ([, format]) => format);
  const [text, limit] = sheet.match(/<col [^>]*>/g) ?? [];
  expect(text).toContain('min="1" max="3"');
  expect(formats[Number(/style="(\d+)"/.exec(text ?? "")?.[1])]).toBe("49");
  expect(limit).not.toContain("style");
});
