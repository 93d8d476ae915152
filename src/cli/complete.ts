import type { Command, Parameter } from "../commands/define.ts";
import { flagOf } from "../commands/execute.ts";
import { nounSummary } from "./help.ts";
import { flagsOf } from "./options.ts";
import { type Candidate, type Completion, startingWith, valuesOf } from "./values.ts";

/** What the words before the cursor have settled. */
interface Settled {
  readonly path: string[];
  command?: Command;
  /** Names of the flags and positionals that were given, with their values. */
  readonly given: Map<string, string>;
  positionals: number;
  /** The flag whose value stands at the cursor. */
  pending?: [string, Parameter];
}

/**
 * What the word at an index could become, from the declarations alone.
 * @param words the words of a line after the program's name; the one at the cursor may be empty or missing
 */
export function complete(commands: readonly Command[], words: readonly string[], index: number): Completion {
  const current = words[index] ?? "";
  const settled = settle(commands, words.slice(0, index));
  const { path, command, positionals, pending, given } = settled;
  if (pending) return startingWith(current, valuesOf(pending[1], current, command, given));
  if (current.startsWith("-")) {
    const [flag = "", ...rest] = current.split("=");
    const found = rest.length === 0 ? undefined : findFlag(command, flag);
    if (found === undefined) return startingWith(current, flagCandidates(settled));
    return startingWith(current, valuesOf(found[1], rest.join("="), command, given), `${flag}=`);
  }
  if (command === undefined) return startingWith(current, wordCandidates(commands, path));
  const parameter = positionalAt(command, positionals)?.[1];
  if (parameter) return startingWith(current, valuesOf(parameter, current, command, given));
  return current === "" ? flagCandidates(settled) : { candidates: [] };
}

/** The positional at a place, with its name; the last one may stand for all that follow. */
function positionalAt({ parameters }: Command, index: number): [string, Parameter] | undefined {
  const ordered = Object.entries(parameters).filter(([, { positional }]) => positional);
  const last = ordered.at(-1);
  return ordered[index] ?? (last?.[1].repeats ? last : undefined);
}

function settle(commands: readonly Command[], words: readonly string[]): Settled {
  const settled: Settled = { path: [], given: new Map(), positionals: 0 };
  let flagsEnded = false;
  for (const word of words) {
    if (settled.pending) {
      settled.given.set(settled.pending[0], word);
      delete settled.pending;
    } else if (word === "--") flagsEnded = true;
    else if (word.startsWith("-") && !flagsEnded) settleFlag(settled, word);
    else if (settled.command) {
      const [name] = positionalAt(settled.command, settled.positionals) ?? [];
      if (name !== undefined) settled.given.set(name, word);
      settled.positionals += 1;
    } else {
      settled.path.push(word);
      const found = commands.find(({ path }) => path.join(" ") === settled.path.join(" "));
      if (found) settled.command = found;
    }
  }
  return settled;
}

function settleFlag(settled: Settled, word: string): void {
  const [flag = "", value] = word.split("=");
  const found = findFlag(settled.command, flag);
  if (found === undefined) return;
  settled.given.set(found[0], value ?? "");
  if (value === undefined && !found[1].kind.switch) settled.pending = found;
}

function findFlag(command: Command | undefined, flag: string): [string, Parameter] | undefined {
  return [...flagsOf(command?.parameters ?? {})].find(
    ([name, { letter }]) => flag === flagOf(name) || flag === `-${letter}`,
  );
}

/** The flags that can still be given: not a second time, and not beside one that excludes them. */
function flagCandidates({ command, given }: Settled): Completion {
  const flags = flagsOf(command?.parameters ?? {});
  const excluded = new Set([...given.keys()].flatMap((name) => flags.get(name)?.excludes ?? []));
  const candidates: Candidate[] = [];
  for (const [name, { summary, repeats, excludes = [] }] of flags) {
    const isOut = excluded.has(name) || excludes.some((other) => given.has(other));
    if (!isOut && (repeats || !given.has(name))) candidates.push({ value: flagOf(name), summary });
  }
  return { candidates };
}

function wordCandidates(commands: readonly Command[], settledPath: readonly string[]): Completion {
  const depth = settledPath.length;
  const below = commands.filter(({ path }) => settledPath.every((word, at) => path[at] === word));
  const words = new Map<string, Command[]>();
  for (const command of below) {
    const word = command.path[depth];
    if (word !== undefined) words.set(word, [...(words.get(word) ?? []), command]);
  }
  const candidates = [...words].map(([value, [first, ...others]]) => ({
    value,
    summary:
      first && first.path.length === depth + 1 ? first.summary : nounSummary(first ? [first, ...others] : []),
  }));
  return { candidates };
}
