import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { openOutFile } from "../../src/host/outfile.ts";
import type { Column } from "../../src/sheets/document.ts";
import { openSheet } from "../../src/sheets/read.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { column, folder, readAll, readRows } from "./files.ts";

const columns: readonly Column[] = ["one", "two", "three"].map((name) => ({
  name,
  label: name,
  type: "text",
}));
/** A long run: FUZZ_TIMES=200 npx vitest run --config test/vitest.config.mts test/sheets/fuzz.test.ts */
const times = Number(process.env.FUZZ_TIMES ?? 1);
vi.setConfig({ testTimeout: 60_000 * times });
const caps = { sheetUnpackedBytesMax: 10_000_000 };

/** Cells that no reader takes for anything but themselves: not `="x"`, not `'0`, and no row of nothing. */
const cell = fc
  .oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...'ab",;|\t\r\n =é東😀') }))
  .filter((text) => !text.includes("\0") && !/^[='\ufeff]/.test(text));
const row = fc.tuple(fc.string({ unit: fc.constantFrom(..."abc"), minLength: 1 }), cell, cell);

/** The bytes in pieces of these sizes, over and over. */
function* pieces(bytes: Buffer, sizes: readonly number[]) {
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** The rows, or undefined when the file was refused in our own words. */
async function tryRead(bytes: Buffer) {
  try {
    const sheet = await openSheet({ name: "fuzz", stream: Readable.from([bytes]) }, { caps });
    try {
      return await readRows(sheet);
    } finally {
      await sheet.close();
    }
  } catch (error) {
    if (error instanceof SipnavError && (error.kind === "validation" || error.kind === "usage"))
      return undefined;
    throw error;
  }
}

describe("any text", () => {
  test("comes back from CSV as it was written, however the file is cut into chunks", async () => {
    const path = `${folder()}/x.csv`;
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), sizes, async (rows, cuts) => {
        const writer = await createWriter("csv", await openOutFile(path, true), columns);
        for (const cells of rows) await writer.write(cells);
        await writer.close();
        const known = { knownHeaders: ["one", "two", "three"], headerRow: 1 };
        const whole = await readAll(path, known);
        expect(whole.all.map(({ cells }) => cells)).toEqual(rows);
        const bytes = readFileSync(path);
        const stream = Readable.from(pieces(bytes, cuts));
        expect((await readAll({ name: "-", stream }, known)).all).toEqual(whole.all);
      }),
      { numRuns: 60 * times },
    );
  });
});

describe("any bytes are read or refused, never a crash", () => {
  test("as CSV", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
      fc
        .string({ unit: fc.constantFrom(..."a1,;\t|\"'=\r\n\0é\ufeff"), maxLength: 200 })
        .map((text) => Buffer.from(text)),
      fc.string({ maxLength: 100 }).map((text) => Buffer.from(`\ufeff${text}`, "utf16le")),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        if ((await tryRead(content)) === undefined) refused++;
      }),
      { numRuns: 300 * times },
    );
    expect(refused).toBeGreaterThan(0);
  });

  test("as a workbook with bytes changed", async () => {
    const original = await column(["<c><v>1</v></c>", '<c t="str"><v>x</v></c>', '<c t="s"><v>0</v></c>'], {
      strings: "<si><t>shared</t></si>",
      numberFormats: ["yyyy"],
    });
    const change = fc.record({ at: fc.nat(original.length - 1), byte: fc.nat(255) });
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const content = Buffer.from(original);
        for (const { at, byte } of changes) content[at] = byte;
        outcomes.add((await tryRead(content)) === undefined ? "refused" : "read");
      }),
      { numRuns: 200 * times },
    );
    expect(outcomes).toContain("refused");
  });

  test("as a workbook with XML of any shape", async () => {
    const tag = fc.constantFrom(
      "<row r='2'>",
      "</row>",
      "<c r='A2'>",
      "<c r='B2' t='s'>",
      "</c>",
      "<v>",
      "</v>",
      "<f>",
      "</f>",
      "<is>",
      "</is>",
      "<r>",
      "</r>",
      "<t>",
      "</t>",
      "9",
      "x",
      "&amp;",
      "&",
      "<",
      ">",
      " ",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(tag, { maxLength: 30 }), async (tags) => {
        const content = await column([`<c><v>1</v></c></row>${tags.join("")}<row r="9">`]);
        expect([undefined, Array]).toContain((await tryRead(content))?.constructor);
      }),
      { numRuns: 200 * times },
    );
  });
});
