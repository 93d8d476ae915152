import type { Command, Parameter } from "../commands/define.ts";
import { nameOf } from "../commands/execute.ts";
import type { Json } from "../domain/kinds.ts";
import { describe, groupTitles, termOf, usageOf } from "./help.ts";

/** The whole reference as Markdown, from the declarations. */
export function referenceText(commands: readonly Command[]): string {
  const groups = Object.entries(groupTitles).map(([group, title]) => {
    const own = commands.filter((command) => command.group === group);
    return `## ${title.replace(":", "")}\n\n${own.map(commandText).join("\n")}`;
  });
  return `# Commands\n\n${groups.join("\n")}`;
}

function commandText(command: Command): string {
  const { path, summary, effect, session, parameters, examples } = command;
  const facts = [`Effect: ${effect}`, session ? "needs a session" : "needs no session"].join("; ");
  const rows = Object.entries(parameters).map(
    ([name, parameter]) => `| \`${cell(wordFor(name, parameter))}\` | ${cell(describe(parameter))} |`,
  );
  return [
    `### sipnav ${path.join(" ")}\n`,
    `${summary}. ${facts}.\n`,
    `    ${usageOf(command)}\n`,
    ...(rows.length === 0 ? [] : ["| Parameter | What it is |", "|---|---|", ...rows, ""]),
    "```sh",
    ...examples,
    "```\n",
  ].join("\n");
}

function wordFor(name: string, parameter: Parameter): string {
  const word = parameter.positional ? name : termOf(name, parameter);
  return parameter.repeats ? `${word} …` : word;
}

const cell = (text: string) => text.replaceAll("|", "\\|");

/** A command as data, for programs that write menus, forms or documents of their own. */
export function commandData({
  path,
  summary,
  group,
  effect,
  session,
  parameters,
  fields,
  examples,
}: Command) {
  const called = (name: string) => nameOf(name, parameters[name]);
  return {
    command: path.join(" "),
    summary,
    group,
    effect,
    session,
    parameters: Object.entries(parameters).map(([name, parameter]) => ({
      name: nameOf(name, parameter),
      summary: parameter.summary,
      kind: parameter.kind.name,
      positional: parameter.positional ?? false,
      required: parameter.required ?? false,
      repeats: parameter.repeats ?? false,
      default: (parameter.default ?? null) as Json,
      choices: parameter.kind.choices ?? null,
      refers_to: parameter.refersTo ?? null,
      unless: (parameter.unless ?? []).map(called),
      excludes: (parameter.excludes ?? []).map(called),
      reads: parameter.reads ?? false,
    })),
    fields: (fields ?? []).map(({ name, label, kind }) => ({ name, label, kind: kind.name })),
    examples,
  };
}
