import { CommanderError } from "commander";
import { createContext } from "../commands/context.ts";
import type { Command } from "../commands/define.ts";
import { execute, type RawValues } from "../commands/execute.ts";
import { registry } from "../commands/registry.ts";
import { asSipnavError, errorEnvelope, type SipnavError } from "../core/errors.ts";
import { visible } from "../core/text.ts";
import type { Host } from "../host/host.ts";
import { type Format, notesOf, renderData } from "../view/data.ts";
import { createAsk } from "./ask.ts";
import { buildProgram, type Options } from "./program.ts";

/** Runs one command line and answers the exit code; everything it says has left the process by then. */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  const { output, errors } = host.terminal;
  let used: Options = { input: true };
  const program = buildProgram(registry, host.version, async (command, raw, options) => {
    used = options;
    await runCommand(command, raw, options, host);
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return 0;
      await errors.write(`${visible(thrown.message)}\n`);
      return 2;
    }
    const error = asSipnavError(thrown);
    await errors.write(errorText(error, used));
    return error.exitCode;
  } finally {
    await output.write("");
  }
}

async function runCommand(command: Command, raw: RawValues, options: Options, host: Host): Promise<void> {
  const { output, errors } = host.terminal;
  const format = formatOf(options, output.isTerminal);
  const print = async (blocks: ReturnType<Command["view"]>) => {
    await output.write(renderData(blocks, format, output.columns));
    for (const note of notesOf(blocks)) await errors.write(`${note}\n`);
  };
  const context = createContext(host, {
    ask: createAsk(host, options.input),
    notice: (text) => void errors.write(`${visible(text)}\n`),
    emit: (result) => print(command.view(result)),
    options,
  });
  await print(await execute(command, raw, context));
}

function formatOf({ output, json }: Options, isTerminal: boolean): Format {
  if (json) return "json";
  return (output as Format | undefined) ?? (isTerminal ? "table" : "tsv");
}

function errorText(error: SipnavError, { json, output, debug, profile }: Options): string {
  if (json || output === "json") return `${JSON.stringify(errorEnvelope(error, profile))}\n`;
  const { details = [], hint, requestId } = error.facts;
  const lines = [
    `sipnav: ${error.message}`,
    ...(details.length > 1 ? details.map(({ field, message }) => `  ${field}: ${message}`) : []),
    ...(hint === undefined ? [] : [hint]),
    ...(requestId === undefined ? [] : [`Request id: ${requestId}`]),
  ];
  const stack = debug ? `${error.stack}\n` : "";
  return `${lines.map(visible).join("\n")}\n${stack}`;
}
