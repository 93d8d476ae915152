import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accountCommands } from "../../src/commands/accounts.ts";
import type { Command, Parameters } from "../../src/commands/define.ts";
import { jobFields } from "../../src/commands/jobs.ts";
import { account } from "../../src/domain/account.ts";
import { id, integer, present, text } from "../../src/domain/kinds.ts";
import { checkForm, cycleField, editField, moveField, openForm, rawOf } from "../../src/tui/model/form.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { layOut, targetAt, viewSheet } from "../../src/tui/model/sheet.ts";
import { entriesOf, keyOfEntry, lineOfEntry, menuLines } from "../../src/tui/model/tree.ts";
import { destination, type Move, moveTo, start } from "../../src/tui/model/window.ts";
import { commands } from "./program.ts";

const declare = (parameters: Parameters): Command => ({
  path: ["things", "make"],
  summary: "Make a thing",
  group: "tools",
  effect: "read",
  session: false,
  parameters,
  examples: [],
  run: async () => undefined,
  view: () => [],
});

describe("the window", () => {
  test("wherever moves lead, the cursor is in the list and on the screen", () => {
    const move = fc.constantFrom<Move>("up", "down", "pageUp", "pageDown", "first", "last");
    const world = [
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.array(move),
    ] as const;
    fc.assert(
      fc.property(...world, (count, rows, moves) => {
        let window = start;
        for (const one of moves) {
          window = moveTo(window, destination(one, window.cursor, count, rows), count, rows);
          expect(window.cursor).toBeGreaterThanOrEqual(0);
          expect(window.cursor).toBeLessThan(count);
          expect(window.top).toBeGreaterThanOrEqual(0);
          expect(window.cursor - window.top).toBeGreaterThanOrEqual(0);
          expect(window.cursor - window.top).toBeLessThan(rows);
          expect(window.top).toBeLessThanOrEqual(Math.max(0, count - rows));
        }
      }),
    );
  });

  test("scrolls by the edge, one row at a time", () => {
    const full = { cursor: 9, top: 0 };
    expect(moveTo(full, 10, 100, 10)).toEqual({ cursor: 10, top: 1 });
    expect(moveTo({ cursor: 10, top: 1 }, 9, 100, 10)).toEqual({ cursor: 9, top: 1 });
  });

  test("an empty list keeps its cursor at the beginning", () => {
    expect(moveTo(start, destination("last", 0, 0, 10), 0, 10)).toEqual({ cursor: 0, top: 0 });
  });
});

describe("the menu's tree", () => {
  test("commands with a common word stand behind it, a lone one stands for itself", () => {
    const entries = entriesOf(commands, 0);
    expect(entries.map(({ label }) => label)).toEqual(["accounts", "login", "wait", "crash"]);
    expect(entriesOf(entries[0]?.commands ?? [], 1).map(({ label }) => label)).toEqual([
      "list",
      "show",
      "disable",
      "update",
    ]);
  });

  test("a command added to the registry is in the menu", () => {
    const labels = entriesOf([...commands, declare({})], 0).map(({ label }) => label);
    expect(labels).toContain("things make");
  });

  test("groups have headings, and the first entry brings its heading into view", () => {
    const entries = entriesOf(commands, 0);
    const lines = menuLines(entries);
    expect(lines.filter((line) => "heading" in line)).toHaveLength(3);
    expect(lineOfEntry(lines, 0)).toBe(0);
    expect(lines[lineOfEntry(lines, 2)]).toMatchObject({ index: 2 });
  });

  test("keys of entries are unique and none of the menu's own", () => {
    const keys = Array.from({ length: 40 }, (_, index) => keyOfEntry(index, bindings)).filter(
      (key) => key !== undefined,
    );
    expect(new Set(keys).size).toBe(keys.length);
    const own = bindings.filter((binding) => binding.in.includes("menu")).flatMap(({ chords }) => chords);
    expect(keys.filter((key) => own.includes(key))).toEqual([]);
  });

  test("no key means two things on one screen", () => {
    for (const place of ["menu", "form", "sheet", "chooser"] as const) {
      const chords = bindings.filter((binding) => binding.in.includes(place)).flatMap((one) => one.chords);
      expect(chords.filter((chord, index) => chords.indexOf(chord) !== index)).toEqual([]);
    }
  });
});

describe("the form", () => {
  const command = declare({
    id: { kind: id, summary: "Id", positional: true, required: true },
    limit: { kind: integer(1), summary: "Limit", default: 100 },
    all: { kind: present, summary: "All" },
    where: { kind: text, summary: "Condition", repeats: true },
  });
  const type = (form: ReturnType<typeof openForm>, at: number, value: string) =>
    editField({ ...form, cursor: at }, value);

  test("starts at the first thing needed, and at Run when nothing is", () => {
    expect(openForm(command, {}).cursor).toBe(0);
    expect(openForm(command, { id: "7" }).cursor).toBe(4);
  });

  test("becomes what execute takes: empty fields left out, switches true, several values a list", () => {
    let form = openForm(command, { id: "7" });
    form = cycleField({ ...form, cursor: 2 }, 1);
    form = type(form, 3, "a eq 1; b eq 2 ;");
    expect(rawOf(form)).toEqual({ id: "7", all: true, where: ["a eq 1", "b eq 2"] });
    expect(rawOf(cycleField({ ...form, cursor: 2 }, 1))).not.toHaveProperty("all");
    expect(rawOf(type(form, 2, "no"))).not.toHaveProperty("all");
    expect(checkForm(type(form, 2, "no")).ready).toBe(true);
    expect(checkForm(type(form, 2, "maybe")).form.fields[2]?.problem).toBe("yes or no is expected");
  });

  test("a field that is left is checked, and mended by typing", () => {
    const bad = moveField(type(openForm(command, {}), 1, "0"), 2);
    expect(bad.fields[1]?.problem).toContain("whole number");
    expect(type(bad, 1, "5").fields[1]?.problem).toBeUndefined();
  });

  test("a limit that is emptied is taken away, where it may be; a company may not", () => {
    const update = accountCommands.find(({ path }) => path.at(-1) === "update") ?? command;
    const shown = { customerId: "7", channelsLimit: "30", note: "old" };
    const opened = openForm(update, { id: "1" }, shown);
    const at = (name: string) => opened.fields.findIndex((field) => field.name === name);
    const emptied = type(type(opened, at("channelsLimit"), ""), at("note"), "");
    expect(checkForm(emptied).ready).toBe(true);
    expect(rawOf(emptied)).toEqual({ id: "1", note: "", set: ["channels_limit="] });
    const more = type(emptied, at("set"), "cps_limit=4");
    expect(rawOf(more).set).toEqual(["cps_limit=4", "channels_limit="]);
    expect(
      checkForm(type(opened, at("customerId"), "")).form.fields[at("customerId")]?.problem,
    ).toBeDefined();
  });

  test("does not run with problems, and goes to the first", () => {
    const { form, ready } = checkForm(type(openForm(command, {}), 1, "x"));
    expect(ready).toBe(false);
    expect(form.cursor).toBe(0);
    expect(form.fields.map(({ problem }) => problem !== undefined)).toEqual([true, true, false, false]);
    expect(checkForm(openForm(command, { id: "7" })).ready).toBe(true);
  });
});

describe("the sheet", () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => ({
    account_id: String(index),
    get account_name() {
      touched.add(index);
      return `Account ${index}`;
    },
  }));
  const touched = new Set<number>();
  const table = { kind: "table", fields: account.fields, rows, idField: "account_id" } as const;

  test("formats visible rows only, and as many of the first as columns are measured by", () => {
    const sheet = layOut([table], 80);
    touched.clear();
    const { header, lines } = viewSheet(sheet, { cursor: 50_000, top: 50_000 }, 20);
    expect(lines).toHaveLength(20);
    expect(lines[0]).toContain("Account 50000");
    expect(header).toContain("Account");
    expect([...touched].filter((index) => index >= 100).length).toBe(20);
    expect(touched.size).toBeLessThanOrEqual(120);
  });

  test("puts blocks below each other, and knows what each line is", () => {
    const sheet = layOut([{ kind: "note", text: "Said." }, table], 80);
    expect(viewSheet(sheet, start, 3).lines).toEqual(["Said.", "", expect.stringContaining("Account 0")]);
    expect(viewSheet(sheet, start, 3).header).toBe("");
    expect(viewSheet(sheet, { cursor: 2, top: 0 }, 3).header).toContain("Account");
    expect(targetAt(sheet, 0)).toBeUndefined();
    expect(targetAt(sheet, 3)).toMatchObject({ isRow: true, row: { account_id: "1" } });
  });

  test("a record shows every field that came, unknown ones too, and cuts nothing", () => {
    const row = { account_id: "7", account_name: "long ".repeat(40).trim(), brand_new: "x" };
    const sheet = layOut([{ kind: "record", fields: account.fields, row }], 40);
    const { lines } = viewSheet(sheet, start, 100);
    expect(lines.join(" ").match(/long/g)).toHaveLength(40);
    expect(lines.at(-1)).toMatch(/^brand_new +x$/);
  });

  test("a list of jobs has room on 80 columns for what is left of each", () => {
    const row = {
      job: "20261121-192228961-8538",
      created_at: "2026-11-21T19:22:28.961Z",
      state: "unfinished",
      kind: "import",
      noun: "account",
      file: "trunks.csv",
      profile: "noc",
      ok: 1,
      not_done: 4,
      left: 2,
    };
    const sheet = layOut([{ kind: "table", fields: jobFields, rows: [row], idField: "job" }], 78);
    expect(viewSheet(sheet, start, 5)).toMatchObject({
      header: expect.stringMatching(/Done {2}Not done {2}Left/),
      lines: [expect.stringMatching(/^20261121-192228961-8538 .* 1 +4 +2$/)],
    });
  });

  test("an empty table says so", () => {
    const { lines } = viewSheet(layOut([{ ...table, rows: [] }], 80), start, 5);
    expect(lines).toEqual(["Nothing found."]);
  });
});
