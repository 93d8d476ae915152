import { Command as CommanderCommand, CommanderError, Option } from "commander";
import type { Command, Parameters } from "../commands/define.ts";
import type { RawValue, RawValues } from "../commands/execute.ts";
import { addHelp, describe, groupTitles, inGroups, nounSummary, termOf } from "./help.ts";
import { type LineOption, lineOptions } from "./options.ts";
import { outputOptions } from "./output.ts";
import { usageError } from "./usage.ts";

/** What a command line came to: a command to run, or a text that was asked for. */
export type Choice =
  | { readonly command: Command; readonly raw: RawValues; readonly options: RawValues }
  | { readonly text: string };

/** What a tree of commands is made for. */
export interface ProgramOptions {
  readonly version: string;
  /** Columns that help is laid out for. */
  readonly columns: number;
}

/**
 * Reads a command line. A fresh Commander tree is built each time: nothing in it remembers an earlier line.
 * @throws usage for an unknown noun, verb or flag, with the nearest that there is, and for a noun without its verb,
 *   with the noun's help
 */
export function readCommandLine(
  commands: readonly Command[],
  words: readonly string[],
  { version, columns }: ProgramOptions,
): Choice {
  let chosen: Choice | undefined;
  const printed = { out: "", error: "" };
  const program = new CommanderCommand("sipnav")
    .description("The terminal for people who operate accounts on a wholesale voice platform")
    .version(version, "-V, --version", "Show the version")
    .helpOption("-h, --help", "Show help")
    .helpCommand(false)
    .enablePositionalOptions()
    .configureHelp({ helpWidth: columns, subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => {
        printed.out += text;
      },
      writeErr: (text) => {
        printed.error += text;
      },
      outputError: () => undefined,
    })
    .exitOverride();
  addCommands(program, commands, words, (choice) => {
    chosen = choice;
  });
  try {
    program.parse(words, { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode !== 0) throw usageError(thrown, commands, words, printed.error);
  }
  return chosen ?? { text: printed.out };
}

/** Adds all commands; of those that the words do not name no more than the overview shows, which takes a third. */
function addCommands(
  program: CommanderCommand,
  commands: readonly Command[],
  words: readonly string[],
  choose: (choice: Choice) => void,
): void {
  addShared(program, {}, {});
  addHelp(program);
  for (const command of inGroups(commands)) {
    const { path, summary, group } = command;
    const [noun] = path;
    const isNamed = words.includes(noun);
    const verbs = path.length === 1 ? undefined : commands.filter((other) => other.path[0] === noun);
    let parent = program;
    if (verbs || !isNamed) {
      parent =
        program.commands.find((child) => child.name() === noun) ??
        addName(program, noun, group, verbs ? nounSummary(verbs) : summary);
    }
    if (!isNamed) continue;
    if (parent !== program && parent.options.length === 0) addShared(parent, {}, {});
    addCommand(parent, command, choose);
  }
}

function addName(
  program: CommanderCommand,
  name: string,
  group: Command["group"],
  summary: string,
): CommanderCommand {
  const added = program.command(name).summary(summary).helpCommand(false).helpGroup(groupTitles[group]);
  addHelp(added);
  return added;
}

function addCommand(parent: CommanderCommand, command: Command, choose: (choice: Choice) => void): void {
  const { path, parameters, summary, group } = command;
  const own = parent.command(path.at(-1) ?? "").description(summary);
  if (path.length === 1) own.helpGroup(groupTitles[group]);
  const positional = Object.keys(parameters).filter((name) => parameters[name]?.positional);
  const flags = Object.keys(parameters).filter((name) => !parameters[name]?.positional);
  for (const name of positional) {
    // Not required here: Commander would stop at the first that is missing, and all are told at once.
    own.argument(parameters[name]?.repeats ? `[${name}...]` : `[${name}]`, parameters[name]?.summary ?? "");
  }
  for (const name of flags) own.addOption(optionOf(name, parameters[name] as LineOption));
  addShared(own, parameters, outputOptions);
  addHelp(own, command);
  own.action((...given: (RawValue | undefined)[]) => {
    const levels = [own, parent, ...(parent.parent ? [parent.parent] : [])];
    const sharedOf = (name: string) =>
      (name in parameters ? levels.slice(1) : levels)
        .map((level) => level.getOptionValue(name) as RawValue | undefined)
        .find((value) => value !== undefined);
    choose({
      command,
      raw: Object.fromEntries([
        ...positional.map((name, index) => [name, wordsOrNothing(given[index])]),
        ...flags.map((name) => [name, own.getOptionValue(name)]),
      ]),
      options: Object.fromEntries(Object.keys(lineOptions).map((name) => [name, sharedOf(name)])),
    });
  });
}

/** Commander's empty list of a repeated positional is nothing given. */
const wordsOrNothing = (given: RawValue | undefined) =>
  Array.isArray(given) && given.length === 0 ? undefined : given;

/** Adds what every command has and this one does not declare itself; help shows of it, at the most, how to print. */
function addShared(to: CommanderCommand, parameters: Parameters, shown: Parameters): void {
  for (const [name, option] of Object.entries(lineOptions)) {
    if (name in parameters) continue;
    const added = optionOf(name, option);
    to.addOption(name in shown ? added.helpGroup("Output:") : added.hideHelp());
  }
}

function optionOf(name: string, option: LineOption): Option {
  const made = new Option(termOf(name, option), describe(option));
  // `--no-input` is a flag of its own here, not the opposite of an `--input`.
  made.negate = false;
  if (option.repeats) made.argParser((text: string, before?: string[]) => [...(before ?? []), text]);
  return made;
}
