import { describe, expect, test } from "vitest";
import type { Command, Parameters } from "../../src/commands/define.ts";
import {
  execute,
  flagOf,
  parseValues,
  problemsOf,
  type RawValues,
  refuse,
} from "../../src/commands/execute.ts";
import {
  choice,
  condition,
  fieldNames,
  id,
  integer,
  money,
  present,
  sorting,
  text,
  time,
} from "../../src/domain/kinds.ts";

const parameters = {
  id: { kind: id, summary: "Id", positional: true, required: true },
  perPage: { kind: integer(1, 100), summary: "Rows", default: 10 },
  tag: { kind: text, summary: "Tags", repeats: true },
  from: { kind: time, summary: "From" },
  amount: { kind: money, summary: "Amount" },
  order: { kind: choice("up", "down"), summary: "Order", excludes: ["plain"] },
  plain: { kind: present, summary: "Plain" },
  where: { kind: condition, summary: "Where", repeats: true },
  sort: { kind: sorting, summary: "Sort" },
  columns: { kind: fieldNames, summary: "Columns" },
  note: { kind: text, summary: "Note", required: true, unless: ["tag", "id"] },
} as const satisfies Parameters;

const fields = [{ name: "account_id", label: "ID", kind: id }];
const problems = async (raw: RawValues) =>
  (await problemsOf(parameters, raw, fields)).map(({ field, message }) => ({ field, message }));

describe("values", () => {
  test("are parsed by kind, with defaults, and lists where they repeat", () => {
    expect(parseValues(parameters, { id: "007", perPage: "5", tag: ["a", "b"], plain: true })).toMatchObject({
      id: "007",
      perPage: 5,
      tag: ["a", "b"],
      plain: true,
    });
    expect(parseValues(parameters, { id: "7" })).toMatchObject({ perPage: 10, tag: [] });
    expect(parseValues(parameters, { id: "7", tag: "a" })).toMatchObject({ tag: ["a"] });
  });

  test("that are wrong, missing or in each other's way are told all at once, by what they are called", async () => {
    expect(
      await problems({ perPage: "0", from: "yesterdayish", amount: "1,5", order: "left", plain: true }),
    ).toEqual([
      { field: "id", message: "is required" },
      { field: "--per-page", message: "a whole number from 1 to 100 is expected" },
      { field: "--from", message: expect.stringContaining("is expected") },
      { field: "--amount", message: expect.stringContaining("decimal point") },
      { field: "--order", message: "one of up, down is expected" },
      { field: "--order", message: "cannot be given together with --plain" },
      { field: "--note", message: "is required" },
    ]);
    expect(await problems({ id: "7", order: "up" })).toEqual([]);
  });

  test("given twice are told unless they are the same, or one of several", async () => {
    expect(await problems({ id: ["7", "7"], perPage: ["1", "2"], tag: ["a", "b"] })).toEqual([
      { field: "--per-page", message: "was given more than once: 1, then 2" },
    ]);
  });

  test("that name fields wrongly are told, every one, with what was meant", async () => {
    const given = {
      id: "7",
      where: ["account_id like 1", "zz eq 1"],
      sort: "acount_id:up",
      columns: "id,help",
    };
    expect(await problems(given)).toEqual([
      { field: "--where", message: "there is no operator like; did you mean contains?" },
      { field: "--where", message: "there is no field zz; known are account_id" },
      { field: "--sort", message: "there is no direction up; asc and desc are known" },
      { field: "--columns", message: "there is no field id; did you mean account_id?" },
      { field: "--columns", message: "there is no field help; known are account_id" },
    ]);
    const granted = { id: "7", where: "+zz eq 1", sort: "+zz:desc,account_id", columns: "help" };
    expect(await problems(granted)).toEqual([]);
    expect(await problemsOf(parameters, { id: "7", columns: "a" }, undefined)).toMatchObject([
      { field: "--columns", message: "this command has no fields to choose from" },
    ]);
  });

  test("are required as long as none is given that may stand for them", async () => {
    const required = { message: "is required", isMissing: true };
    expect(await problemsOf(parameters, {}, fields)).toEqual([
      { field: "id", ...required },
      { field: "--note", ...required },
    ]);
    expect(await problems({ tag: "a" })).toEqual([{ field: "id", message: "is required" }]);
  });

  test("alone in being wrong are the message", async () => {
    const refused = async (raw: RawValues) => refuse(await problemsOf(parameters, raw, fields));
    await expect(refused({ tag: "a" })).rejects.toThrow("id: is required.");
    await expect(refused({ id: "7", columns: "id" })).rejects.toThrow(/did you mean account_id\?$/);
    await expect(refused({ perPage: "x" })).rejects.toThrow("3 values are wrong.");
    await expect(refused({})).rejects.toThrow("2 values are missing.");
    await expect(refused({ id: "7" })).resolves.toBeUndefined();
  });

  test("have flags as people write them", () => {
    expect(flagOf("perPage")).toBe("--per-page");
  });
});

describe("a command", () => {
  const order: string[] = [];
  const command = (changes: Partial<Command>): Command => ({
    path: ["things", "break"],
    summary: "Break it",
    group: "tools",
    effect: "destroy",
    session: true,
    parameters,
    examples: [],
    run: async () => order.push("run"),
    view: () => [{ kind: "note", text: "done" }],
    ...changes,
  });
  const context = {
    profile: async () => ({ name: "prod", readOnly: false, protected: false }),
    client: async () => order.push("client"),
    face: {
      options: {},
      ask: {
        confirm: async (question: string) => void order.push(question),
      },
    },
  } as unknown as AnyContext;
  type AnyContext = globalThis.Parameters<typeof execute>[2];

  test("is asked about by what it does and then run", async () => {
    order.length = 0;
    const blocks = await execute(command({}), { id: "7" }, context);
    expect(order).toEqual(["Break it (things break 7)?", "run"]);
    expect(blocks).toEqual([{ kind: "note", text: "done" }]);
  });

  test("with a wrong value asks nothing and does nothing", async () => {
    order.length = 0;
    await expect(execute(command({}), { id: "x" }, context)).rejects.toMatchObject({ kind: "validation" });
    expect(order).toEqual([]);
  });

  test("that needs no session looks for none", async () => {
    order.length = 0;
    await execute(command({ session: false, effect: "read" }), { id: "7" }, context);
    expect(order).toEqual(["run"]);
  });
});
