import type { Command as CommanderCommand } from "commander";
import type { Command, Parameter } from "../commands/define.ts";
import { flagOf } from "../commands/execute.ts";
import type { Kind } from "../domain/kinds.ts";

/** The headings of the groups of commands, in the order of the overview. */
export const groupTitles: Readonly<Record<Command["group"], string>> = {
  session: "Session:",
  platform: "Platform:",
  tools: "Tools:",
};

/** The commands in the order of the overview's groups. */
export const inGroups = (commands: readonly Command[]): readonly Command[] =>
  Object.keys(groupTitles).flatMap((group) => commands.filter((command) => command.group === group));

/** What a noun's line in the overview says: its verbs. */
export const nounSummary = (commands: readonly Command[]): string =>
  commands.map(({ path }) => path.slice(1).join(" ")).join(", ");

/** Choices that are too many to stand in an option's term. */
const isWide = ({ hint, choices }: Kind) => choices !== undefined && hint.length > 16;

/** How an option is written: `-o, --output <word>`. */
export function termOf(name: string, { kind, letter }: Parameter): string {
  const flag = (letter === undefined ? "" : `-${letter}, `) + flagOf(name);
  return kind.switch ? flag : `${flag} <${isWide(kind) ? "word" : kind.hint}>`;
}

/** A parameter in one line: its summary, its choices, whether it is required, and its default. */
export function describe({ kind, summary, required, repeats, default: fallback }: Parameter): string {
  const notes = [
    ...(required ? ["required"] : []),
    ...(repeats ? ["repeatable"] : []),
    ...(fallback === undefined ? [] : [`default ${fallback}`]),
  ];
  const choices = isWide(kind) ? `: ${kind.choices?.join(", ")}` : "";
  return `${summary}${choices}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

/** How a command is written: `sipnav accounts show <id> [options]`. */
export function usageOf({ path, parameters }: Command): string {
  const positional = Object.entries(parameters)
    .filter(([, parameter]) => parameter.positional)
    .map(([name, { required, repeats }]) => {
      const word = repeats ? `${name}...` : name;
      return required ? `<${word}>` : `[${word}]`;
    });
  return ["sipnav", ...path, ...positional, "[options]"].join(" ");
}

const pointer = "More: sipnav help, sipnav help options, sipnav help exit-codes, sipnav help output";

/** Gives a Commander command its usage line and what stands below its help: examples, and where more is told. */
export function addHelp(to: CommanderCommand, command?: Command): void {
  const examples = command?.examples.map((example) => `  ${example}`) ?? [];
  const footer = examples.length === 0 ? pointer : ["Examples:", ...examples, "", pointer].join("\n");
  to.addHelpText("after", `\n${footer}`);
  // Commander puts the words that lead to the command in front by itself.
  to.usage(
    command ? usageOf(command).replace(`sipnav ${command.path.join(" ")} `, "") : "<command> [options]",
  );
}
