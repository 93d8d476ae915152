import type { Command } from "../../commands/define.ts";
import type { Binding } from "./keys.ts";

/** One line of a menu: a command, or a word that several commands begin with. */
export interface Entry {
  readonly label: string;
  readonly summary: string;
  readonly group: Command["group"];
  /** One command that is run, or several to choose from. */
  readonly commands: readonly [Command, ...Command[]];
  /** The word that the commands share; undefined for one command. */
  readonly word: string | undefined;
  /** Values that the command is run with at once. */
  readonly known?: Readonly<Record<string, string>>;
}

const groups: readonly Command["group"][] = ["platform", "session", "tools"];

/** Names of the groups, as headings. */
export const groupTitles: Readonly<Record<Command["group"], string>> = {
  platform: "Platform",
  session: "Session",
  tools: "Tools",
};

/**
 * The menu at a depth: commands that share the word at that depth stand behind one entry.
 * @param depth words of the path that are already chosen
 */
export function entriesOf(commands: readonly Command[], depth: number): Entry[] {
  const entries: Entry[] = [];
  for (const group of groups) {
    const words = new Map<string, [Command, ...Command[]]>();
    for (const command of commands) {
      if (command.group !== group) continue;
      const word = command.path[depth] ?? command.path.at(-1) ?? "";
      const known = words.get(word);
      if (known) known.push(command);
      else words.set(word, [command]);
    }
    for (const [word, found] of words) entries.push(entryOf(word, found, group));
  }
  return entries;
}

/** The command of these words, as `auth status`; undefined where there is none. */
export const commandOf = (registry: readonly Command[], words: string): Command | undefined =>
  registry.find(({ path }) => path.join(" ") === words);

/** Commands by their whole paths, group by group. */
export const entriesOfCommands = (commands: readonly Command[]): Entry[] =>
  groups.flatMap((group) => commands.filter((command) => command.group === group).map(entryOfCommand));

/** A command by its whole path, as an entry. */
export const entryOfCommand = (command: Command): Entry => ({
  label: command.path.join(" "),
  summary: command.summary,
  group: command.group,
  commands: [command],
  word: undefined,
});

function entryOf(word: string, commands: [Command, ...Command[]], group: Command["group"]): Entry {
  const [first, ...rest] = commands;
  const last = first.path.at(-1) ?? word;
  if (rest.length === 0) return { ...entryOfCommand(first), label: last === word ? word : `${word} ${last}` };
  return { label: word, summary: commands.map(({ path }) => path.at(-1)).join(", "), group, commands, word };
}
/** Letters that mean something on the screens behind a menu: nothing should be chosen by them in a hurry. */
const avoided = "awy";

/** The key that chooses the entry at a place: digits first, then letters that do nothing else on a menu. */
export function keyOfEntry(index: number, bindings: readonly Binding[]): string | undefined {
  const taken = bindings.flatMap(({ in: places, chords }) => (places.includes("menu") ? chords : []));
  return [..."123456789", ..."abcdefghijklmnopqrstuvwxyz"].filter(
    (key) => !avoided.includes(key) && !taken.includes(key),
  )[index];
}

/** A line of a menu: a group's heading, or an entry by its place. */
export type MenuLine = { readonly heading: string } | { readonly entry: Entry; readonly index: number };

/** A menu as lines: headings stand only where there is more than one group. */
export function menuLines(entries: readonly Entry[]): MenuLine[] {
  const shown = groups.filter((group) => entries.some((entry) => entry.group === group));
  if (shown.length < 2) return entries.map((entry, index) => ({ entry, index }));
  return entries.flatMap((entry, index): MenuLine[] => {
    const line = { entry, index };
    return entries[index - 1]?.group === entry.group ? [line] : [{ heading: groupTitles[entry.group] }, line];
  });
}

/** The place of an entry among the lines; the first one counts its heading in, so that it comes into view too. */
export function lineOfEntry(lines: readonly MenuLine[], index: number): number {
  if (index === 0) return 0;
  return lines.findIndex((line) => "index" in line && line.index === index);
}
