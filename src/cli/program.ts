import { Command as CommanderCommand, Option } from "commander";
import type { Command, Parameter } from "../commands/define.ts";
import { flagOf, type RawValues } from "../commands/execute.ts";
import { formats } from "../view/data.ts";

/** What every command takes besides its own parameters. */
export interface Options {
  readonly output?: string;
  readonly json?: boolean;
  readonly profile?: string;
  readonly input: boolean;
  readonly debug?: boolean;
}

/** Called with the command that was chosen. */
export type Chosen = (command: Command, raw: RawValues, options: Options) => Promise<void>;

/** A fresh Commander tree of all commands; nothing in it remembers an earlier run. */
export function buildProgram(
  registry: readonly Command[],
  version: string,
  chosen: Chosen,
): CommanderCommand {
  const program = new CommanderCommand("sipnav")
    .description("The terminal for people who operate accounts on a wholesale voice platform")
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const command of registry) {
    let parent = program;
    for (const word of command.path.slice(0, -1)) {
      parent = parent.commands.find((child) => child.name() === word) ?? addGroup(parent, word);
    }
    addCommand(parent, command, chosen);
  }
  return program;
}

function addGroup(parent: CommanderCommand, word: string): CommanderCommand {
  return parent.command(word).description(`Work with ${word}`);
}

function addCommand(parent: CommanderCommand, command: Command, chosen: Chosen): void {
  const own = parent.command(command.path.at(-1) ?? "").description(command.summary);
  const positional: string[] = [];
  for (const [name, parameter] of Object.entries(command.parameters)) {
    if (parameter.positional) {
      positional.push(name);
      own.argument(parameter.required ? `<${name}>` : `[${name}]`, parameter.summary);
    } else {
      own.addOption(optionOf(name, parameter));
    }
  }
  own
    .addOption(new Option("-o, --output <format>", "How to print the result").choices(formats))
    .option("--json", "The same as -o json")
    .option("--profile <name>", "The profile to use")
    .option("--no-input", "Never ask; fail instead")
    .option("--debug", "Show where an error comes from")
    .addHelpText("after", `\nExamples:\n${command.examples.map((example) => `  ${example}`).join("\n")}`)
    .action(async (...given: unknown[]) => {
      const options = own.opts<Options & Record<string, string | true>>();
      const raw: Record<string, string | true | undefined> = {};
      for (const name of Object.keys(command.parameters)) raw[name] = options[name];
      for (const [index, name] of positional.entries()) raw[name] = given[index] as string | undefined;
      await chosen(command, raw, options);
    });
}

function optionOf(name: string, parameter: Parameter): Option {
  const { kind, summary } = parameter;
  const flags = kind.switch ? flagOf(name) : `${flagOf(name)} <${kind.hint}>`;
  const fallback = parameter.default === undefined ? "" : ` (default ${parameter.default})`;
  return new Option(flags, summary + fallback);
}
