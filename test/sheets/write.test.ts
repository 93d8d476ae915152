import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { RowFormat } from "../../src/domain/formats.ts";
import type { Column, Value, WriteOptions } from "../../src/sheets/document.ts";
import { openSink } from "../../src/sheets/sink.ts";
import { createWriter } from "../../src/sheets/write.ts";
import { folder, refusal } from "./files.ts";

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
  const writer = await createWriter(format, path, columns, options);
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

describe("files", () => {
  test("nothing has the name before the end, and nothing is left after an abort", async () => {
    const path = `${folder()}/out.csv`;
    const writer = await createWriter("csv", path, columns, { mode: 0o600 });
    for (let row = 0; row < 20_000; row++) await writer.write(["1", 2, true]);
    const names = readdirSync(dirname(path));
    expect(names).toEqual([expect.stringMatching(/^out\.csv\.[0-9a-f]{12}\.part$/)]);
    await writer.close();
    expect(readdirSync(dirname(path))).toEqual(["out.csv"]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = await createWriter("csv", path, columns, { force: true });
    await second.write(["1", 2, true]);
    await second.abort();
    expect(readdirSync(dirname(path))).toEqual(["out.csv"]);
    expect(readFileSync(path, "utf8").length).toBeGreaterThan(1000);
  });

  test("a file that is there is replaced by force alone, even when it came meanwhile", async () => {
    const path = `${folder()}/out.csv`;
    const early = await createWriter("csv", path, columns);
    writeFileSync(path, "mine");
    expect(await refusal(createWriter("csv", path, columns))).toMatchObject({
      kind: "usage",
      message: `${path} is there already.`,
      facts: { hint: "Replace it with --force." },
    });
    expect((await refusal(early.close())).message).toBe(`${path} is there already.`);
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(readdirSync(dirname(path))).toEqual(["out.csv"]);
    await (await createWriter("csv", path, columns, { force: true })).close();
    expect(readFileSync(path, "utf8")).toBe('Id,"Rate, USD",Open\n');
  });

  test("a folder that is not there", async () => {
    expect(await refusal(createWriter("csv", "/nowhere/x.csv", columns))).toMatchObject({
      kind: "usage",
      message: "Cannot write /nowhere/x.csv: no such file or directory.",
    });
  });

  test("a full disk is told, and nothing is left", async () => {
    const { message, facts } = await refusal(
      (async () => {
        const sink = await openSink(openFull());
        await sink.write(Buffer.from("x"));
      })(),
    );
    expect(message).toBe("Cannot write to the stream: no space left on device.");
    expect(facts.code).toBe("ENOSPC");
  });

  test.each<RowFormat>(["csv", "json", "xlsx"])(
    "a full disk while writing %s ends the writing",
    async (format) => {
      const writer = await createWriter(format, openFull(), columns);
      const write = async () => {
        for (let row = 0; row < 100_000; row++) await writer.write([`row ${row}`, Math.random(), true]);
        await writer.close();
      };
      expect((await refusal(write())).facts.code).toBe("ENOSPC");
    },
  );
});

/** What the system answers when the disk is full. */
function openFull(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) =>
      done(Object.assign(new Error("ENOSPC"), { errno: -28, code: "ENOSPC" })),
  });
}

describe("streams", () => {
  test("a slow reader holds the writer back", async () => {
    let taken = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _, done) {
        taken += chunk.length;
        setTimeout(done, 2);
      },
    });
    const writer = await createWriter("csv", slow, columns);
    let sent = 0;
    let ahead = 0;
    for (let row = 0; row < 30_000; row++) {
      const text = "x".repeat(40);
      await writer.write([text, 1, true]);
      sent += text.length;
      ahead = Math.max(ahead, sent - taken);
    }
    await writer.close();
    expect(taken).toBeGreaterThan(sent);
    expect(ahead).toBeLessThan(2 * 64 * 1024);
    expect(slow.writableEnded).toBe(false);
  });

  test("rows keep their order when a caller does not wait", async () => {
    const path = `${folder()}/out.csv`;
    const writer = await createWriter("csv", path, columns);
    const done: unknown[] = [];
    for (let row = 0; row < 50_000; row++) done.push(writer.write([String(row), row, null]));
    await Promise.all(done);
    await writer.close();
    const lines = readFileSync(path, "utf8").split("\n");
    expect(lines.slice(1, -1).every((line, index) => line === `${index},${index},`)).toBe(true);
    expect(lines).toHaveLength(50_002);
  });
});
