import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkOutput, type OutputOptions, outputOptions, printBlocks } from "../../src/cli/output.ts";
import { parseValues } from "../../src/commands/execute.ts";
import { account } from "../../src/domain/account.ts";
import type { Terminal } from "../../src/host/terminal.ts";
import type { Block } from "../../src/view/blocks.ts";
import { textFormats } from "../../src/view/formats.ts";

const row = { account_id: "7", account_name: "Acme", customer_name: "Acme Group", enabled: true };
const table: Block = { kind: "table", fields: account.fields, rows: [row], idField: "account_id" };
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

  test("are listed on request, also where nothing was found", async () => {
    for (const block of [table, { ...table, rows: [] } as Block]) {
      const { output } = await print([block], { fields: "help", output: "ids" });
      expect(output.trim().split("\n")).toEqual(account.fields.map(({ name }) => name));
    }
  });

  test("that are unknown are refused, before a write is sent", async () => {
    await expect(print([table], { fields: "acount_id" })).rejects.toMatchObject({ kind: "validation" });
    const write = { effect: "write", fields: account.fields } as const;
    await expect(checkOutput({ fields: "acount_id" }, write)).rejects.toThrow("There is no field acount_id.");
    await checkOutput({ fields: "account_id" }, write);
    await checkOutput({ fields: "help" }, write);
    await checkOutput({ fields: "new_field" }, { effect: "read", fields: account.fields });
  });
});

describe("a file", () => {
  const read = { effect: "read" } as const;

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
    await expect(checkOutput({ out }, read)).rejects.toMatchObject({ kind: "usage", exitCode: 2 });
    await expect(print([table], { out })).rejects.toMatchObject({ kind: "usage" });
    expect(readFileSync(out, "utf8")).toBe("old");
    await checkOutput({ out, force: true }, read);
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
    await checkOutput({ out: "-" }, read);
    expect((await print([table], { out: "-", output: "ids" })).output).toBe("7\n");
  });
});

test("the options are parsed and exclude one another like any parameters", () => {
  expect(parseValues(outputOptions, { output: "yaml", fields: "a,b" })).toMatchObject({
    output: "yaml",
    fields: "a,b",
  });
  expect(() => parseValues(outputOptions, { output: "yml" })).toThrow("--output: one of table, tsv, csv");
  expect(() => parseValues(outputOptions, { output: "csv", json: true })).toThrow(
    "--json: cannot be given together",
  );
});
