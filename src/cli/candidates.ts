import type { Command } from "../commands/define.ts";
import { type KnownHost, knownProfiles, knownThings } from "../commands/known.ts";
import { listPaths } from "../host/linefile.ts";
import { bashText } from "./bash.ts";
import { complete } from "./complete.ts";
import { completionText } from "./completion.ts";
import { scopeNames } from "./scope.ts";
import { shellWords } from "./shell.ts";
import { type Candidate, type Completion, flagBefore, plain, startingWith } from "./values.ts";
import { wordsToCursor } from "./words.ts";

/**
 * What the last of the words could become, for a shell's completion script; the platform is not asked.
 * @param given `--` and the words; bash hands over `--bash`, its line up to the cursor and what it breaks words at
 */
export async function completionOf(
  commands: readonly Command[],
  [form, ...given]: readonly string[],
  host: KnownHost,
): Promise<string> {
  if (form !== "--bash") return completionText(await candidatesFor(commands, given, host));
  const [line = "", breaks = ""] = given;
  const { words, ...cursor } = wordsToCursor(line);
  const typed = words.slice(1);
  return bashText(await candidatesFor(commands, typed, host), typed.at(-1) ?? "", cursor, breaks);
}

async function candidatesFor(
  commands: readonly Command[],
  words: readonly string[],
  host: KnownHost,
): Promise<Completion> {
  const completion = complete(commands, words, words.length - 1);
  const [, profile] = /\0--profile[\0=]([^\0]+)\0/.exec(`\0${words.slice(0, -1).join("\0")}\0`) ?? [];
  const candidates = await withKnown(completion, words.at(-1) ?? "", host, profile);
  return { ...completion, candidates };
}

/** The candidates, and what the settings or earlier results know where names and ids are asked for. */
async function withKnown(
  { candidates, source }: Completion,
  typed: string,
  host: KnownHost,
  profile: string | undefined,
): Promise<readonly Candidate[]> {
  if (source === undefined || source === "files") return candidates;
  const found =
    source === "profiles"
      ? plain(await knownProfiles(host))
      : (await knownThings(host, source, profile)).map(([value, summary]) => ({ value, summary }));
  return [...candidates, ...startingWith(typed, { candidates: found }, flagBefore(typed)).candidates];
}

/**
 * What a shell's line, up to the cursor, could go on with: whole words quoted as needed, and the part of the line
 * that they replace.
 */
export async function completeLine(
  line: string,
  host: KnownHost,
  commands: readonly Command[],
  profile?: string,
): Promise<[string[], string]> {
  const { words: given, part } = wordsToCursor(line);
  const words = given.length > 1 && given[0] === "sipnav" ? given.slice(1) : given;
  const typed = words.at(-1) ?? "";
  const completion = completeShellWord(words, commands);
  const found = (await withKnown(completion, typed, host, profile)).map(({ value }) => value);
  const paths = completion.source === "files" ? await pathsFor(typed) : [];
  const quote = /^["']/.exec(part)?.[0] ?? "";
  const quoted = [...found, ...paths].map((value) =>
    quote === "" ? value.replace(/[\s"'\\#]/g, "\\$&") : quote + value,
  );
  // A condition's value is still to come.
  const isBegun = /[/=]$/.test(quoted[0] ?? "") || found[0]?.includes(" ");
  const isWhole = quoted.length === 1 && quote === "" && !isBegun;
  return [isWhole ? [`${quoted[0]} `] : quoted, part];
}

async function pathsFor(typed: string): Promise<readonly string[]> {
  const flag = flagBefore(typed);
  return (await listPaths(typed.slice(flag.length))).map((path) => flag + path);
}

function completeShellWord(words: readonly string[], commands: readonly Command[]): Completion {
  const index = words.length - 1;
  const typed = words[index] ?? "";
  if (index === 1 && words[0] === "source") return { candidates: [], source: "files" };
  if (words[0] === "use") {
    const names = scopeNames(commands);
    if (index === 1) return startingWith(typed, { candidates: plain([...names, "none"]) });
    const noun = index === 2 ? names.find((name) => name === words[1]) : undefined;
    const source = noun === "profile" ? "profiles" : noun;
    return { ...startingWith(typed, { candidates: plain(["none"]) }), ...(source && { source }) };
  }
  // A shell within a shell is refused.
  const usable = commands.filter(({ path }) => path[0] !== "shell");
  const { candidates, ...rest } = complete(usable, words, index);
  const own = index === 0 ? startingWith(typed, { candidates: shellWords }).candidates : [];
  return { candidates: [...candidates, ...own], ...rest };
}
