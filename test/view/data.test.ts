import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { width } from "../../src/core/text.ts";
import { account } from "../../src/domain/account.ts";
import { flag, id, money, text } from "../../src/domain/kinds.ts";
import type { Field, Row } from "../../src/domain/noun.ts";
import type { Block, RecordBlock, TableBlock } from "../../src/view/blocks.ts";
import { notesOf, renderData } from "../../src/view/data.ts";
import { type TextFormat, textFormats } from "../../src/view/formats.ts";

const fields: readonly Field[] = [
  { name: "account_id", label: "ID", kind: id, priority: 1 },
  { name: "account_name", label: "Account", kind: text, priority: 1 },
  { name: "enabled", label: "Enabled", kind: flag, priority: 2 },
  { name: "balance", label: "Balance", kind: money, priority: 3 },
  { name: "note", label: "Note", kind: text },
];
const rows: readonly Row[] = [
  { account_id: "7", account_name: "Acme", enabled: true, balance: "10.50", note: "hot", extra: { a: 1 } },
  { account_id: "1010", account_name: "東京, Ltd", enabled: false, balance: "-3", note: null },
];
const table: TableBlock = { kind: "table", fields, rows, idField: "account_id" };
const empty: TableBlock = { ...table, rows: [] };
const record: RecordBlock = { kind: "record", fields, row: rows[0] ?? {}, idField: "account_id" };
const hostile = "a\u001b[2J\u001b]0;x\u0007\u009b\u202eb\tc\r\nd\u007f\ufeff";

const pipe = { isTerminal: false, columnsMax: Number.POSITIVE_INFINITY, colour: false };
const screen = { isTerminal: true, columnsMax: 80, colour: false };
const render = (block: Block | readonly Block[], format: TextFormat, surface = pipe) =>
  renderData([block].flat(), format, surface);
const tableOf = (...names: string[]): TableBlock => ({
  ...empty,
  rows: names.map((account_name, index) => ({ account_id: String(index), account_name })),
});

describe("a table", () => {
  test("for people: numbers to the right, wide characters counted, no rest fields", async () => {
    expect(await render(table, "table", screen)).toBe(
      [
        "  ID  Account    Enabled  Balance",
        "   7  Acme       yes        10.50",
        "1010  東京, Ltd  no            -3",
        "",
      ].join("\n"),
    );
  });

  test("in plain columns: no header, nothing cut", async () => {
    expect(await render(table, "tsv")).toBe("7\tAcme\tyes\t10.50\n1010\t東京, Ltd\tno\t-3\n");
    const long = "x".repeat(5_000);
    expect(await render(tableOf(long), "tsv")).toBe(`0\t${long}\t\t\n`);
  });

  test("in plain columns beside one without rows: no line for what is not there", async () => {
    const rowsOnly = await render(table, "tsv");
    expect(await render([empty, table], "tsv")).toBe(rowsOnly);
    expect(await render([table, empty], "tsv")).toBe(rowsOnly);
  });

  test("as CSV: every field, quoted where it must be", async () => {
    expect(await render(table, "csv")).toBe(
      [
        "account_id,account_name,enabled,balance,note,extra",
        '7,Acme,yes,10.50,hot,"{""a"":1}"',
        '1010,"東京, Ltd",no,-3,,',
        "",
      ].join("\n"),
    );
  });

  test("as JSON: the fields in their order, then the rest, amounts as written", async () => {
    const shuffled = { ...table, rows: [{ extra: 1, balance: "10.50", account_id: "7" }] };
    const json = await render(shuffled, "json");
    expect(json).toContain('"balance": "10.50"');
    expect(Object.keys(JSON.parse(json)[0])).toEqual([...fields.map(({ name }) => name), "extra"]);
    expect(JSON.parse(await render(table, "json"))).toEqual(rows);
    expect(json.endsWith("]\n")).toBe(true);
  });

  test("as lines of JSON", async () => {
    const lines = (await render(table, "ndjson")).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
  });

  test("as YAML", async () => {
    const yaml = await render(table, "yaml");
    expect(yaml).toContain(
      '- account_id: "7"\n    account_name: Acme\n    enabled: true\n'.replaceAll("\n    ", "\n  "),
    );
    expect(parseYaml(yaml)).toEqual(rows);
  });

  test("as ids", async () => {
    expect(await render(table, "ids")).toBe("7\n1010\n");
  });

  test.each<[TextFormat, string]>([
    ["table", "ID  Account  Enabled  Balance\n"],
    ["tsv", ""],
    ["csv", "account_id,account_name,enabled,balance,note\n"],
    ["json", "[]\n"],
    ["ndjson", ""],
    ["yaml", "[]\n"],
    ["ids", ""],
  ])("without rows as %s is %j", async (format, expected) => {
    expect(await render(empty, format)).toBe(expected);
  });
});

describe("a table on a terminal", () => {
  const wideRows = {
    ...table,
    rows: rows.map((row) => ({ ...row, account_name: "Long Name ".repeat(500) })),
  };

  test.each([1, 5, 12, 20, 40, 80, 200])("of %i columns never breaks", async (columnsMax) => {
    for (const block of [wideRows, table, empty]) {
      const shown = await render(block, "table", { ...screen, columnsMax });
      if (columnsMax >= 20)
        for (const line of shown.split("\n"))
          expect(width(line)).toBeLessThanOrEqual(Math.max(columnsMax, 0));
      expect(shown).not.toContain("undefined");
    }
  });

  test("of 20 columns keeps what matters and cuts the text", async () => {
    expect(await render(wideRows, "table", { ...screen, columnsMax: 20 })).toBe(
      ["  ID  Account", "   7  Long Name Lon…", "1010  Long Name Lon…", ""].join("\n"),
    );
  });

  test("too narrow for two columns shows a block a row", async () => {
    expect(await render(table, "table", { ...screen, columnsMax: 9 })).toBe(
      [
        "ID: 7\nAccount: Acme\nEnabled: yes\nBalance: 10.50\n",
        "ID: 1010\nAccount: 東京, Ltd\nEnabled: no\nBalance: -3\n",
      ].join("\n"),
    );
  });

  test("has bold headings only where colour is on", async () => {
    const bold = await render(table, "table", { ...screen, colour: true });
    expect(bold).toContain("\u001b[1m  ID  Account    Enabled  Balance\u001b[22m\n");
    expect(await render(table, "table", screen)).not.toContain("\u001b");
    expect(await render(record, "table", { ...screen, colour: true })).toContain(
      "\u001b[1mID          \u001b[22m".replace("          ", "     "),
    );
  });

  test("of a shape without numbers or with 100,000 cells is quick", async () => {
    const many = {
      ...table,
      fields: account.fields,
      rows: Array.from(
        { length: 8_000 },
        (_, index): Row => ({
          account_id: String(index),
          account_name: index % 2 ? "Télécom Sud" : "東京電話",
          customer_name: "Plain Name Ltd",
        }),
      ),
    };
    const startMs = performance.now();
    expect((await render(many, "table", { ...screen, columnsMax: 200 })).split("\n")).toHaveLength(8_002);
    expect(performance.now() - startMs).toBeLessThan(3_000);
  });
});

describe("a record", () => {
  test.each<[TextFormat, string]>([
    ["table", 'ID       7\nAccount  Acme\nEnabled  yes\nBalance  10.50\nNote     hot\nextra    {"a":1}\n'],
    ["tsv", 'account_id\t7\naccount_name\tAcme\nenabled\tyes\nbalance\t10.50\nnote\thot\nextra\t{"a":1}\n'],
    ["csv", 'account_id,account_name,enabled,balance,note,extra\n7,Acme,yes,10.50,hot,"{""a"":1}"\n'],
    ["ndjson", `${JSON.stringify(rows[0])}\n`],
    ["json", `${JSON.stringify(rows[0], null, 2)}\n`],
    ["ids", "7\n"],
  ])("as %s", async (format, expected) => {
    expect(await render(record, format)).toBe(expected);
  });

  test("as YAML, and without an id as ids", async () => {
    expect(parseYaml(await render(record, "yaml"))).toEqual(rows[0]);
    const { idField: _, ...nameless } = record;
    expect(await render(nameless, "ids")).toBe("");
  });
});

describe("hostile text", () => {
  test.each<TextFormat>(["table", "tsv", "ids"])(
    "is visible signs as %s, and a row stays a line",
    async (format) => {
      const block = { ...tableOf(hostile), idField: "account_name" };
      for (const surface of [pipe, screen]) {
        const shown = await render(block, format, surface);
        expect(shown.split("\n")).toHaveLength(format === "table" ? 3 : 2);
        expect(shown.replaceAll(/[\n\t]/g, "")).not.toMatch(/[\p{Cc}\u202e\ufeff]/u);
        expect(shown).toContain("a␛[2J␛]0;x␇<U+009B><U+202E>b␉c␍␊d␡<U+FEFF>");
      }
      expect((await render(block, "tsv")).split("\t")).toHaveLength(4);
    },
  );

  test.each<TextFormat>(["json", "ndjson", "yaml"])(
    "is exact as %s, and nothing in it acts on a terminal",
    async (format) => {
      const row = { account_id: "0", account_name: hostile, [hostile]: hostile };
      const shown = await render({ ...empty, rows: [row] }, format);
      expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e\ufeff]/u);
      const read = format === "yaml" ? parseYaml(shown) : [JSON.parse(shown)].flat();
      expect(read[0]).toMatchObject(row);
    },
  );

  test("is exact as CSV in a pipe, and visible on a terminal", async () => {
    const [, exact] = parse(await render(tableOf(hostile), "csv"));
    expect(exact?.[1]).toBe(hostile);
    const shown = await render(tableOf(hostile), "csv", screen);
    expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e\ufeff]/u);
  });

  test("in labels, notes and bodies cannot act either", async () => {
    const strange = { ...record, row: { [hostile]: "x" } };
    for (const format of ["table", "tsv"] as const) {
      expect(await render(strange, format)).toContain("a␛[2J");
      expect(await render(strange, format)).not.toContain("\u001b");
    }
    expect(notesOf([{ kind: "note", text: hostile }, table])).toEqual([
      "a␛[2J␛]0;x␇<U+009B><U+202E>b␉c␍␊d␡<U+FEFF>",
    ]);
    const raw: Block = { kind: "raw", text: `{"a":"\u001b"}\n` };
    expect(await render(raw, "table", screen)).toBe('{"a":"␛"}\n');
    expect(await render(raw, "json")).toBe(`{"a":"\u001b"}\n`);
  });
});

test("any text survives CSV, JSON and YAML", async () => {
  const anyRow = fc.record({
    account_id: fc.stringMatching(/^\d{1,9}$/),
    account_name: fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("no", "1_000", "0o7", "12:30:45", "~", " x", "=1", "'"),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 5 }), async (given) => {
      const block = { ...empty, fields: fields.slice(0, 2), rows: given };
      expect(JSON.parse(await render(block, "json"))).toEqual(given);
      expect(parseYaml(await render(block, "yaml"))).toEqual(given);
      expect(parseYaml(await render(block, "yaml"), { version: "1.1" })).toEqual(given);
      const read = parse(await render(block, "csv"), { columns: true });
      expect(read).toEqual(given);
    }),
    { numRuns: 60 },
  );
});

test("a CSV of one empty column keeps its rows", async () => {
  const block = { ...empty, fields: fields.slice(4), rows: [{ note: "" }, { note: null }] };
  expect(parse(await render(block, "csv"))).toEqual([["note"], [""], [""]]);
});

test("several results are one document", async () => {
  const both = [table, { kind: "note", text: "hello" }, record] as const;
  expect(JSON.parse(await render(both, "json"))).toEqual([rows, rows[0]]);
  expect(parseYaml(await render(both, "yaml"))).toEqual([rows, rows[0]]);
  expect((await render(both, "ndjson")).trim().split("\n")).toHaveLength(3);
  expect(await render(both, "ids")).toBe("7\n1010\n7\n");
  expect((await render(both, "table")).split("\n\n")).toHaveLength(2);
});

test.each(textFormats)("a document is one line of JSON and notes are nothing as %s", async (format) => {
  const blocks: Block[] = [
    { kind: "note", text: "x" },
    { kind: "document", data: { url: "\u202e" } },
  ];
  expect(await render(blocks, format)).toBe('{"url":"\\u202E"}\n');
});
