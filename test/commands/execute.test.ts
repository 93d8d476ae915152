import { describe, expect, test } from "vitest";
import type { Command, Parameters } from "../../src/commands/define.ts";
import { execute, flagOf, parseValues } from "../../src/commands/execute.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { choice, id, integer, money, present, text, time } from "../../src/domain/kinds.ts";

const parameters = {
  id: { kind: id, summary: "Id", positional: true, required: true },
  perPage: { kind: integer(1, 100), summary: "Rows", default: 10 },
  tag: { kind: text, summary: "Tags", repeats: true },
  from: { kind: time, summary: "From" },
  amount: { kind: money, summary: "Amount" },
  order: { kind: choice("up", "down"), summary: "Order", excludes: ["plain"] },
  plain: { kind: present, summary: "Plain" },
} as const satisfies Parameters;

function problems(raw: Given): readonly unknown[] {
  try {
    parseValues(parameters, raw);
  } catch (thrown) {
    if (thrown instanceof SipnavError && thrown.kind === "validation") return thrown.facts.details ?? [];
    throw thrown;
  }
  return [];
}
type Given = Readonly<Record<string, string | readonly string[] | true>>;

describe("values", () => {
  test("are parsed by kind, with defaults, and lists where they repeat", () => {
    expect(parseValues(parameters, { id: "007", perPage: "5", tag: ["a", "b"], plain: true })).toEqual({
      id: "007",
      perPage: 5,
      tag: ["a", "b"],
      plain: true,
    });
    expect(parseValues(parameters, { id: "7" })).toMatchObject({ perPage: 10, tag: [] });
    expect(parseValues(parameters, { id: "7", perPage: ["1", "2"], tag: "a" })).toMatchObject({
      perPage: 2,
      tag: ["a"],
    });
  });

  test("that are wrong, missing or in each other's way are told all at once, by what they are called", () => {
    expect(
      problems({ perPage: "0", from: "yesterdayish", amount: "1,5", order: "left", plain: true }),
    ).toEqual([
      { field: "id", message: "is required" },
      { field: "--per-page", message: "a whole number from 1 to 100 is expected" },
      { field: "--from", message: expect.stringContaining("is expected") },
      { field: "--amount", message: expect.stringContaining("decimal point") },
      { field: "--order", message: "one of up, down is expected" },
      { field: "--order", message: "cannot be given together with --plain" },
    ]);
    expect(problems({ id: "7", order: "up" })).toEqual([]);
  });

  test("alone in being wrong are the message", () => {
    expect(() => parseValues(parameters, {})).toThrow("id: is required.");
    expect(() => parseValues(parameters, { perPage: "x" })).toThrow("2 values are wrong.");
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
