import type { CommanderError } from "commander";
import type { Command } from "../commands/define.ts";
import { flagOf } from "../commands/execute.ts";
import { SipnavError } from "../core/errors.ts";
import { nearest } from "../core/text.ts";
import { flagsOf } from "./options.ts";

/**
 * What Commander found wrong with a line, as our error with the nearest thing that there is.
 * @param help what Commander would print of its own; for a noun without its verb
 */
export function usageError(
  { code, message }: CommanderError,
  commands: readonly Command[],
  words: readonly string[],
  help: string,
): SipnavError {
  if (code === "commander.help")
    return new SipnavError("usage", "A command is missing.", {
      code: "missingCommand",
      hint: help.trimEnd(),
    });
  const [said = ""] = message.replace(/^error: /, "").split("\n");
  const meant =
    code === "commander.unknownCommand"
      ? nearestCommand(commands, words)
      : code === "commander.unknownOption"
        ? nearestFlag(commands, words, /'(.*)'/.exec(said)?.[1] ?? "")
        : undefined;
  return new SipnavError("usage", `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, "")}.`, {
    code: code.replace(/^commander\./, ""),
    hint: meant === undefined ? `See ${helpFor(commands, words)}.` : `Did you mean ${meant}?`,
  });
}

/** The flag that was most likely meant: of the command that the words lead to, or one of every command. */
function nearestFlag(
  commands: readonly Command[],
  words: readonly string[],
  typed: string,
): string | undefined {
  const said = words.filter((word) => !word.startsWith("-"));
  const command = commands.find(({ path }) => path.every((word, index) => word === said[index]));
  const flags = [...flagsOf(command?.parameters ?? {}).keys()].map(flagOf);
  return typed.startsWith("--") ? nearest(typed, flags) : undefined;
}

/** Verbs of other programs, and what they are called here. */
const otherVerbs: Readonly<Record<string, readonly string[]>> = {
  ls: ["list"],
  get: ["show", "get"],
  view: ["show"],
  describe: ["show"],
  list: ["search", "lookup"],
  find: ["search", "list"],
  add: ["create", "add"],
  new: ["create", "add"],
  edit: ["update", "set"],
  change: ["update", "set"],
  set: ["update", "set"],
  rm: ["disable", "remove"],
  delete: ["disable", "remove"],
  block: ["create"],
};

/** The command that was most likely meant: the words turned round, a near path, or a near noun. */
function nearestCommand(commands: readonly Command[], words: readonly string[]): string | undefined {
  const [first = "", second = ""] = words.filter((word) => !word.startsWith("-"));
  if (first === "version") return "sipnav --version";
  const paths = commands.map(({ path }) => path.join(" "));
  const nouns = new Set(commands.map(({ path }) => path[0]));
  const turned = `${second} ${first}`;
  const noun = nouns.has(first)
    ? first
    : (nearest(first, nouns) ?? nearest(first.replace(/y$/, "ies"), nouns));
  const verbs = commands.flatMap(({ path }) => (path[0] === noun && path[1] ? [path[1]] : []));
  const verb = verbs.includes(second)
    ? second
    : (otherVerbs[second]?.find((other) => verbs.includes(other)) ?? nearest(second, verbs));
  const found = [turned, ...(noun === undefined ? [] : [verb === undefined ? noun : `${noun} ${verb}`])].find(
    (path) => paths.includes(path) || (nouns.has(path) && path !== first),
  );
  return found === undefined ? undefined : `sipnav ${found}`;
}

function helpFor(commands: readonly Command[], words: readonly string[]): string {
  const [first, second] = words;
  const known = commands.find(
    ({ path }) => path[0] === first && (path[1] === undefined || path[1] === second),
  );
  if (known !== undefined) return `sipnav ${known.path.join(" ")} --help`;
  return commands.some(({ path }) => path[0] === first) ? `sipnav ${first} --help` : "sipnav --help";
}
