import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkOutput, type OutputOptions, outputOptions, printBlocks } from "../../src/cli/output.ts";
import { problemsOf, type RawValues } from "../../src/commands/execute.ts";
import { account } from "../../src/domain/account.ts";
import type { Field } from "../../src/domain/noun.ts";
import type { Terminal } from "../../src/host/terminal.ts";
import type { Block } from "../../src/view/blocks.ts";
import { textFormats } from "../../src/view/formats.ts";

const row = { account_id: "7", account_name: "Acme", customer_name: "Acme Group", enabled: true };
const table: Block = { kind: "table", fields: account.fields, rows: [row], idField: "account_id" };
const first = account.fields[0] as Field;
const note: Block = { kind: "note", text: "One\u001b more." };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sipnav-output-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Prints to buffers, as on a terminal of 60 columns or in a pipe. */
async function print(
  blocks: readonly Block[],
  options: OutputOptions = {},
  {
    isTerminal = false,
    environment = {},
  }: { isTerminal?: boolean; environment?: Record<string, string> } = {},
) {
  const said = { output: "", errors: "" };
  const stream = (name: "output" | "errors") => ({
    isTerminal,
    columns: 60,
    write: async (text: string) => {
      said[name] += text;
    },
  });
  const terminal = { output: stream("output"), errors: stream("errors") } as unknown as Terminal;
  await printBlocks(blocks, options, { terminal, environment });
  return said;
}

describe("the form", () => {
  test("is a table on a terminal and plain columns elsewhere", async () => {
    expect((await print([table], {}, { isTerminal: true })).output).toContain("Account  Company");
    expect((await print([table])).output).toMatch(/^7\tAcme\t\tAcme Group\tyes\t/);
  });

  test.each(textFormats)("can be asked for: %s", async (output) => {
    expect((await print([table], { output })).output).toContain("7");
  });

  test("is JSON by a word of its own", async () => {
    expect(JSON.parse((await print([table], { json: true }, { isTerminal: true })).output)).toMatchObject([
      row,
    ]);
  });

  test("of a table in a pipe is not cut", async () => {
    const wide = { ...table, rows: [{ ...row, account_name: "x".repeat(150) }] } as Block;
    expect((await print([wide], { output: "table" })).output).toContain("x".repeat(150));
  });

  test.each([
    [{}, true],
    [{ NO_COLOR: "1" }, false],
    [{ NO_COLOR: "" }, true],
    [{ TERM: "dumb" }, false],
  ])("has colour with %j: %s", async (environment, bold) => {
    const { output } = await print([table], {}, { isTerminal: true, environment });
    expect(output.includes("\u001b[1m")).toBe(bold);
  });

  test("has no colour in a pipe", async () => {
    expect((await print([table], { output: "table" })).output).not.toContain("\u001b");
  });
});

describe("fields", () => {
  test("are picked in every form but ids", async () => {
    expect((await print([table], { fields: "enabled,account_id" })).output).toBe("yes\t7\n");
    expect((await print([table], { fields: "enabled", output: "ids" })).output).toBe("7\n");
  });

  test("that are unknown are refused", async () => {
    await expect(print([table], { fields: "acount_id" })).rejects.toMatchObject({ kind: "validation" });
  });

  test("that only the platform knows are picked with a plus sign, also where nothing was found", async () => {
    const block = { ...table, rows: [{ ...row, vendor: "x" }] } as Block;
    expect((await print([block], { fields: "+vendor,account_id" })).output).toBe("x\t7\n");
    const none = await print([{ ...table, rows: [] } as Block], { fields: "+vendor", output: "csv" });
    expect(none.output).toBe("vendor\n");
  });

  test("of several results are looked for in each, and a result without any of them is left out", async () => {
    const other = { kind: "record", fields: [{ ...first, name: "job" }], row: { job: "j" } } as const;
    expect((await print([other, table], { fields: "account_id" })).output).toBe("7\n");
    expect((await print([other, table], { fields: "job", json: true })).output).toBe('{\n  "job": "j"\n}\n');
  });
});

describe("a file", () => {
  test("gets the result in the form that its name says, and nothing goes to the screen", async () => {
    const out = join(folder, "accounts.csv");
    const said = await print([table, note], { out }, { isTerminal: true });
    expect(said).toEqual({ output: "", errors: "One␛ more.\n" });
    expect(readFileSync(out, "utf8")).toMatch(/^account_id,account_name,.*\n7,Acme,/);
    const plain = join(folder, "accounts");
    await print([table], { out: plain, output: "ids" });
    expect(readFileSync(plain, "utf8")).toBe("7\n");
  });

  test("is exact, whatever the screen is", async () => {
    const out = join(folder, "x.csv");
    const block = { ...table, rows: [{ account_name: "a\u001bb" }] } as Block;
    await print([block], { out, fields: "account_name" }, { isTerminal: true });
    expect(readFileSync(out, "utf8")).toBe("account_name\na\u001bb\n");
  });

  test("that is there is kept, unless it may be replaced", async () => {
    const out = join(folder, "x.json");
    writeFileSync(out, "old");
    await expect(checkOutput({ out })).rejects.toMatchObject({ kind: "usage", exitCode: 2 });
    await expect(print([table], { out })).rejects.toMatchObject({ kind: "usage" });
    expect(readFileSync(out, "utf8")).toBe("old");
    await checkOutput({ out, force: true });
    await print([table], { out, force: true });
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject([row]);
  });

  test("is made for an empty result, and not for notes alone", async () => {
    const out = join(folder, "x.tsv");
    await print([note], { out });
    expect(existsSync(out)).toBe(false);
    await print([{ ...table, rows: [] } as Block], { out });
    expect(readFileSync(out, "utf8")).toBe("");
  });

  test("called - is standard output", async () => {
    await checkOutput({ out: "-" });
    expect((await print([table], { out: "-", output: "ids" })).output).toBe("7\n");
  });
});

test("the options are parsed and exclude one another like any parameters", async () => {
  const problems = (raw: RawValues) => problemsOf(outputOptions, raw, account.fields);
  expect(await problems({ output: "yaml", fields: "enabled,account_id" })).toEqual([]);
  expect(await problems({ output: "yml" })).toMatchObject([{ field: "--output" }]);
  expect(await problems({ output: "csv", json: true })).toMatchObject([
    { field: "--json", message: "cannot be given together with --output" },
  ]);
});
