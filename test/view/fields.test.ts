import { expect, test } from "vitest";
import { allFields } from "../../src/domain/columns.ts";
import { id, text } from "../../src/domain/kinds.ts";
import type { Field } from "../../src/domain/noun.ts";
import type { TableBlock } from "../../src/view/blocks.ts";
import { renderData } from "../../src/view/data.ts";
import { catalogOf, pickBlocks } from "../../src/view/fields.ts";
import { textFormats } from "../../src/view/formats.ts";

const fields: readonly Field[] = [
  { name: "account_id", label: "ID", kind: id, priority: 1 },
  { name: "account_name", label: "Account", kind: text, priority: 9 },
  { name: "note", label: "Note", kind: text },
];
const block: TableBlock = {
  kind: "table",
  fields,
  rows: [
    { account_id: "7", account_name: "Acme", note: "hot", zone: "x" },
    { account_id: "8", last: 1 },
  ],
  idField: "account_id",
};
const pipe = { isTerminal: false, columnsMax: 80, colour: false };

test.each(textFormats.filter((format) => format !== "ids"))(
  "picked fields are the only ones, in their order, as %s",
  async (format) => {
    const shown = await renderData(pickBlocks([block], "+zone,note,account_id"), format, pipe);
    const places = ["x", "hot", "7"].map((value) => shown.indexOf(value, shown.indexOf("x")));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(shown).not.toContain("Acme");
    expect(shown).not.toContain("last");
  },
);

test("a record is picked from likewise, and other blocks are left alone", () => {
  const record = { kind: "record", fields, row: block.rows[0] ?? {} } as const;
  const note = { kind: "note", text: "hello" } as const;
  const [picked, kept] = pickBlocks([record, note], "note");
  expect(picked).toMatchObject({ row: { note: "hot" }, fields: [{ name: "note", priority: 1 }] });
  expect(Object.keys(picked?.kind === "record" ? picked.row : {})).toEqual(["note"]);
  expect(kept).toBe(note);
});

test("an unknown field is refused, and with a plus sign granted whatever the rows have", () => {
  expect(() => pickBlocks([block], "acount_id")).toThrow("There is no field acount_id.");
  expect(() => pickBlocks([block], "zone")).toThrow("There is no field zone.");
  const [picked] = pickBlocks([{ ...block, rows: [] }], "account_id, +zone");
  expect(picked?.kind === "table" && picked.fields.map(({ name }) => name)).toEqual(["account_id", "zone"]);
});

test("all fields are the known, then the others as they turn up", () => {
  expect(allFields(fields, block.rows).map(({ name }) => name)).toEqual([
    "account_id",
    "account_name",
    "note",
    "zone",
    "last",
  ]);
});

test("the catalog of fields is a table like any other", async () => {
  const shown = await renderData([catalogOf(fields)], "tsv", pipe);
  expect(shown).toBe("account_id\tID\tid\naccount_name\tAccount\ttext\nnote\tNote\ttext\n");
});
