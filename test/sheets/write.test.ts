import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import type { RowFormat } from "../../src/domain/formats.ts";
import { openOutFile } from "../../src/host/outfile.ts";
import type { Column, Value, WriteOptions } from "../../src/sheets/document.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { folder, openPlace, refusal } from "./files.ts";

const columns: readonly Column[] = [
  { name: "id", label: "Id", type: "text" },
  { name: "rate", label: "Rate, USD", type: "number" },
  { name: "open", label: "Open", type: "flag" },
];
const rows: readonly (readonly Value[])[] = [
  ["007", "0.0150", true],
  ['say "hi",\nthen go', 2, false],
  ["", null, null],
];

/** The text that a format makes of rows. */
async function written(format: RowFormat, values = rows, options: WriteOptions = {}): Promise<string> {
  const path = `${folder()}/out`;
  const writer = await createWriter(format, await openOutFile(path, false), columns, options);
  for (const row of values) await writer.write(row);
  const facts = await writer.close();
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(facts).toEqual({ rows: values.length, bytes: bytes.length, sha256 });
  return bytes.toString();
}

describe("formats", () => {
  test("CSV by RFC 4180, lines ending with LF", async () => {
    expect(await written("csv")).toBe(
      'Id,"Rate, USD",Open\n007,0.0150,true\n"say ""hi"",\nthen go",2,false\n,,\n',
    );
    expect(await written("csv", [])).toBe('Id,"Rate, USD",Open\n');
    expect(await written("csv", [], { bom: true })).toBe('\ufeffId,"Rate, USD",Open\n');
  });

  test("the guard marks formulas, and neither phone numbers nor negative amounts", async () => {
    const texts = ["=1+1", "+1(234)", "-x", "@sum", "\tx", "\rx", "+12345678901", "-0.5", "a=b"];
    const guarded = await written(
      "csv",
      texts.map((text) => [text, null, null]),
      { formulaGuard: true },
    );
    expect(guarded).toBe(
      "Id,\"Rate, USD\",Open\n'=1+1,,\n'+1(234),,\n'-x,,\n'@sum,,\n'\tx,,\n\"'\rx\",,\n+12345678901,,\n-0.5,,\na=b,,\n",
    );
    expect(await written("csv", [["=1+1", null, null]])).toContain("\n=1+1,");
  });

  test("NDJSON and JSON keep names and types", async () => {
    const objects = [
      { id: "007", rate: "0.0150", open: true },
      { id: 'say "hi",\nthen go', rate: 2, open: false },
      { id: "", rate: null, open: null },
    ];
    const ndjson = await written("ndjson");
    expect(ndjson.endsWith("\n")).toBe(true);
    expect(
      ndjson
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(objects);
    expect(JSON.parse(await written("json"))).toEqual(objects);
    expect(await written("ndjson", [])).toBe("");
    expect(JSON.parse(await written("json", []))).toEqual([]);
  });

  test("a long document is written in pages, in order", async () => {
    const many = Array.from({ length: 20_000 }, (_, index): Value[] => [String(index), index, true]);
    const lines = (await written("csv", many)).split("\n");
    expect(lines).toHaveLength(20_002);
    expect(lines.slice(1, -1).every((line, index) => line === `${index},${index},true`)).toBe(true);
  });
});

describe("a place", () => {
  test("is finished at the end and not before, and abandoned by an abort", async () => {
    const place = openPlace();
    const writer = await createWriter("csv", place, columns);
    for (let row = 0; row < 60_000; row++) await writer.write(["1", 2, true]);
    expect(place.end).toBe("open");
    expect(place.bytes).toBeGreaterThan(100_000);
    await writer.close();
    expect(place.end).toBe("finished");
    const second = openPlace();
    await (await createWriter("csv", second, columns)).abort();
    expect(second.end).toBe("abandoned");
  });

  test.each<RowFormat>(["csv", "json", "xlsx"])(
    "that is full while %s is written is abandoned, and its error is told",
    async (format) => {
      const place = openPlace(async () => {
        throw new SipnavError("truncated", "Cannot write x: no space is left on the device.");
      });
      const writer = await createWriter(format, place, columns);
      const write = async () => {
        for (let row = 0; row < 100_000; row++) await writer.write([`row ${row}`, Math.random(), true]);
        await writer.close();
      };
      expect((await refusal(write())).kind).toBe("truncated");
      expect(place.end).toBe("abandoned");
    },
  );

  test("that can't be finished is abandoned", async () => {
    const place = openPlace();
    place.finish = async () => {
      throw new SipnavError("usage", "x is there already.");
    };
    const writer = await createWriter("csv", place, columns);
    expect((await refusal(writer.close())).kind).toBe("usage");
    expect(place.end).toBe("abandoned");
  });

  test("that is slow holds the writer back", async () => {
    const slow = openPlace(() => setTimeout(2));
    const writer = await createWriter("csv", slow, columns);
    let sent = 0;
    let ahead = 0;
    for (let row = 0; row < 30_000; row++) {
      const text = "x".repeat(40);
      await writer.write([text, 1, true]);
      sent += text.length;
      ahead = Math.max(ahead, sent - slow.bytes);
    }
    await writer.close();
    expect(slow.bytes).toBeGreaterThan(sent);
    expect(ahead).toBeLessThan(2 * 64 * 1024);
  });

  test("rows keep their order when a caller does not wait", async () => {
    const path = `${folder()}/out.csv`;
    const writer = await createWriter("csv", await openOutFile(path, false), columns);
    const done: unknown[] = [];
    for (let row = 0; row < 50_000; row++) done.push(writer.write([String(row), row, null]));
    await Promise.all(done);
    await writer.close();
    const lines = readFileSync(path, "utf8").split("\n");
    expect(lines.slice(1, -1).every((line, index) => line === `${index},${index},`)).toBe(true);
    expect(lines).toHaveLength(50_002);
  });
});
