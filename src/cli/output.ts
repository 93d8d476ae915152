import { extname } from "node:path";
import type { Command, Parameters, Values } from "../commands/define.ts";
import { SipnavError } from "../core/errors.ts";
import { type Format, formats } from "../domain/formats.ts";
import { choice, fieldNames, file, present } from "../domain/kinds.ts";
import type { Host } from "../host/host.ts";
import type { Block } from "../view/blocks.ts";

/** How every command's result can be printed. */
export const outputOptions = {
  output: { kind: choice(...formats), summary: "How to print the result; xlsx to a file", letter: "o" },
  json: { kind: present, summary: "The same as -o json", excludes: ["output"] },
  raw: {
    kind: present,
    summary: "Print the platform's own answers",
    excludes: ["output", "json", "fields"],
  },
  fields: { kind: fieldNames, summary: "Print these fields only, as id,name; help lists them" },
  out: { kind: file, summary: "Write the result to a file; - is standard output" },
  force: { kind: present, summary: "Replace the file that --out names" },
} as const satisfies Parameters;

export type OutputOptions = Partial<Values<typeof outputOptions>>;

/**
 * Finds before anything is sent what would keep the result from being printed.
 * @throws usage
 */
export async function checkOutput(options: OutputOptions): Promise<void> {
  const path = fileOf(options);
  if (options.output === "xlsx" && path === undefined) {
    throw new SipnavError("usage", "An Excel workbook is no text for standard output.", {
      hint: "Name a file: --out result.xlsx",
    });
  }
  if (path !== undefined) {
    const { checkOutFile } = await import("../host/outfile.ts");
    await checkOutFile(path, options.force ?? false);
  }
}

/** Prints what `--fields help` asks for: the fields that a command's result has. */
export async function printFields(
  { fields = [] }: Pick<Command, "fields">,
  { fields: _, ...options }: OutputOptions,
  host: Pick<Host, "terminal" | "environment">,
): Promise<void> {
  const { catalogOf } = await import("../view/fields.ts");
  await printBlocks([catalogOf(fields)], options, host);
}

/**
 * Prints a result to standard output or a file, and its notes to standard error; all of it has left the process then.
 * A result without data leaves a file alone.
 * @throws validation for an unknown field, usage and truncated for a file that can't be written
 */
export async function printBlocks(
  result: readonly Block[],
  options: OutputOptions,
  host: Pick<Host, "terminal" | "environment">,
): Promise<void> {
  const { output, errors } = host.terminal;
  const path = fileOf(options);
  const isTerminal = path === undefined && output.isTerminal;
  const format = formatOf(options, isTerminal);
  const { notesOf, renderData } = await import("../view/data.ts");
  const { withNoteData } = await import("../view/fields.ts");
  const blocks = withNoteData(result, format);
  const chosen = await chosenBlocks(blocks, options.fields, format);
  const hasData = blocks.some(({ kind }) => kind !== "note");
  if (format === "xlsx") {
    if (path !== undefined && hasData) await writeTable(path, chosen, options.force ?? false);
  } else {
    const text = await renderData(chosen, format, surfaceOf(host, isTerminal));
    if (path === undefined) await output.write(text);
    else if (hasData) {
      const { writeOutFile } = await import("../host/outfile.ts");
      await writeOutFile(path, text, options.force ?? false);
    }
  }
  for (const note of notesOf(blocks)) await errors.write(`${note}\n`);
}

function surfaceOf({ terminal, environment }: Pick<Host, "terminal" | "environment">, isTerminal: boolean) {
  return {
    isTerminal,
    columnsMax: isTerminal ? terminal.output.columns : Number.POSITIVE_INFINITY,
    colour: isTerminal && !environment.NO_COLOR && environment.TERM !== "dumb",
  };
}

async function writeTable(path: string, blocks: readonly Block[], force: boolean): Promise<void> {
  const table = blocks.find((block) => block.kind === "table" || block.kind === "record");
  if (table === undefined) {
    throw new SipnavError("truncated", `This result is no table: ${path} was not written.`, {
      hint: "Leave out -o xlsx to see it.",
    });
  }
  const { writeWorkbook } = await import("../commands/workbook.ts");
  await writeWorkbook(path, force, table.fields, table.kind === "table" ? table.rows : [table.row]);
}

const fileOf = ({ out }: OutputOptions) => (out === "-" ? undefined : out);

/** What was asked for; else what the file's name says, a table for a person, and plain columns for a program. */
function formatOf({ output, json, out = "" }: OutputOptions, isTerminal: boolean): Format {
  if (json) return "json";
  const named = formats.find((format) => extname(out).toLowerCase() === `.${format}`);
  return output ?? named ?? (isTerminal ? "table" : "tsv");
}

async function chosenBlocks(
  blocks: readonly Block[],
  names: string | undefined,
  format: Format,
): Promise<readonly Block[]> {
  if (names === undefined || format === "ids") return blocks;
  const { pickBlocks } = await import("../view/fields.ts");
  return pickBlocks(blocks, names);
}
