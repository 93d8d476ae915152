import { Command as CommanderCommand, CommanderError, Option } from "commander";
import type { Command, Parameter, Parameters } from "../commands/define.ts";
import { flagOf, type RawValue, type RawValues } from "../commands/execute.ts";
import { SipnavError } from "../core/errors.ts";
import { addHelp, describe, groupTitles, inGroups, nounSummary, termOf } from "./help.ts";
import { flagsOf, lineOptions } from "./options.ts";
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
  typed: readonly string[],
  { version, columns }: ProgramOptions,
): Choice {
  const words = helpAsFlag(commands, typed);
  let chosen: Choice | undefined;
  const printed = { out: "", error: "" };
  const program = new CommanderCommand("sipnav")
    .description("The terminal for people who operate accounts on a wholesale voice platform")
    .version(version, "-V, --version", "Show the version")
    .helpOption("-h, --help", "Show help")
    .helpCommand(false)
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({
      writeOut: (text) => {
        printed.out += text;
      },
      writeErr: (text) => {
        printed.error += text;
      },
      outputError: () => undefined,
      // Told and not found out, for which streams would be opened, which takes time; there are no colours in it.
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
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
  if (chosen && "command" in chosen) refuseSwallowed(chosen.command, words);
  return chosen ?? { text: printed.out };
}

/** `help accounts list` is told what `accounts list --help` is; a topic of that name goes first. */
function helpAsFlag(commands: readonly Command[], words: readonly string[]): readonly string[] {
  const [first, ...about] = words;
  const [noun = "", ...more] = about;
  const help = commands.find(({ path }) => path[0] === "help");
  if (first !== "help" || !commands.some(({ path }) => path[0] === noun)) return words;
  const isTopic = more.length === 0 && help?.parameters.topic?.kind.choices?.includes(noun);
  return isTopic ? words : [...about, "--help"];
}

/**
 * A forgotten value takes the next flag for itself: `--note --dry-run` would then be sent. Who means it writes
 * `--note=--dry-run`.
 */
function refuseSwallowed({ parameters }: Command, words: readonly string[]): void {
  const flags = new Map([...flagsOf(parameters)].map(([name, option]) => [flagOf(name), option]));
  const end = words.indexOf("--");
  for (const [index, word] of words.slice(0, end < 0 ? words.length : end).entries()) {
    const option = flags.get(word);
    const next = words[index + 1] ?? "";
    if (option === undefined || option.kind.switch || !flags.has(next)) continue;
    throw new SipnavError("usage", `${word} has no value: ${next} is an option.`, {
      hint: `If it is meant, write ${word}=${next}.`,
    });
  }
}

/** Adds all commands; of those that the words do not name, no more than lists of commands show: that takes a third. */
function addCommands(
  program: CommanderCommand,
  commands: readonly Command[],
  words: readonly string[],
  choose: (choice: Choice) => void,
): void {
  addShared(program, {}, {});
  addHelp(program);
  const isSaid = (word: string) => words.includes(word);
  for (const command of inGroups(commands)) {
    const { path, summary } = command;
    const [noun, verb] = path;
    const parent =
      verb === undefined
        ? program
        : (program.commands.find((child) => child.name() === noun) ??
          addNoun(program, command, commands, isSaid(noun)));
    if (verb !== undefined && !isSaid(noun)) continue;
    const own = parent
      .command(verb ?? noun)
      .summary(summary)
      .helpCommand(false);
    if (verb === undefined) own.helpGroup(groupTitles[command.group]);
    if (path.every(isSaid)) fillCommand(own, parent, command, choose);
  }
}

function addNoun(
  program: CommanderCommand,
  { path: [noun], group }: Command,
  commands: readonly Command[],
  isSaid: boolean,
): CommanderCommand {
  const verbs = commands.filter(({ path }) => path[0] === noun);
  const added = program.command(noun).summary(nounSummary(verbs)).helpGroup(groupTitles[group]);
  if (!isSaid) return added;
  addShared(added, {}, {});
  addHelp(added.helpCommand(false).addHelpOption(new Option("-h, --help", "Show help").hideHelp()));
  return added;
}

/** Gives a command its parameters, its help, and the way to be chosen. */
function fillCommand(
  own: CommanderCommand,
  parent: CommanderCommand,
  command: Command,
  choose: (choice: Choice) => void,
): void {
  const { parameters } = command;
  own.description(command.summary);
  const positional = Object.entries(parameters).filter(([, parameter]) => parameter.positional);
  const flags = Object.entries(parameters).filter(([, parameter]) => !parameter.positional);
  for (const [name, { repeats, summary }] of positional) {
    // Not required here: Commander would stop at the first that is missing, and all are told at once.
    own.argument(repeats ? `[${name}...]` : `[${name}]`, summary);
  }
  for (const [name, flag] of flags) own.addOption(optionOf(name, flag));
  addShared(own, parameters, command.fields === undefined ? {} : outputOptions);
  own.addHelpOption(new Option("-h, --help", "Show help").hideHelp());
  addHelp(own, command);
  own.action((...given: (RawValue | undefined)[]) => {
    const levels = [...(parent.parent ? [parent.parent] : []), parent, own];
    // Words before the verb hold for it too, also where it has taken a shared option for its own.
    const givenTo = (name: string) =>
      wordsOrNothing(
        levels.flatMap<string | true>(
          (level) => (level.getOptionValue(name) as string[] | true | undefined) ?? [],
        ),
      );
    const shared = Object.keys(lineOptions).filter((name) => !(name in parameters));
    choose({
      command,
      raw: Object.fromEntries([
        ...positional.map(([name], index) => [name, listOrNothing(given[index])]),
        ...flags.map(([name]) => [name, givenTo(name)]),
      ]),
      options: Object.fromEntries(shared.map((name) => [name, givenTo(name)])),
    });
  });
}

/** What was given for an option: every word of it, a single one as it is. */
function wordsOrNothing(given: readonly (string | true)[]): RawValue | undefined {
  if (given.includes(true)) return true;
  const words = given.filter((word) => word !== true);
  return words.length > 1 ? words : words[0];
}

/** Commander's empty list of a repeated positional is nothing given. */
const listOrNothing = (given: RawValue | undefined) =>
  Array.isArray(given) && given.length === 0 ? undefined : given;

/** Adds what every command has and this one does not declare itself; help shows of it, at the most, how to print. */
function addShared(to: CommanderCommand, parameters: Parameters, shown: Parameters): void {
  for (const [name, option] of Object.entries(lineOptions)) {
    if (name in parameters) continue;
    const added = optionOf(name, option);
    to.addOption(name in shown ? added.helpGroup("Output:") : added.hideHelp());
  }
}

function optionOf(name: string, option: Parameter): Option {
  const made = new Option(termOf(name, option), describe(option));
  // `--no-input` is a flag of its own here, not the opposite of an `--input`.
  made.negate = false;
  // All that was given is kept: a second value that contradicts the first is told, and not taken in silence.
  if (!option.kind.switch) made.argParser((text: string, before?: string[]) => [...(before ?? []), text]);
  return made;
}
