import type { Command } from "../commands/define.ts";
import { type KnownHost, knownProfiles, knownThings } from "../commands/known.ts";
import { listPaths } from "../host/linefile.ts";
import { complete } from "./complete.ts";
import { completionText } from "./completion.ts";
import { scopeNames } from "./scope.ts";
import { shellWords } from "./shell.ts";
import { type Candidate, type Completion, plain, startingWith } from "./values.ts";
import { readWords } from "./words.ts";

/** What the last of the words could become, for a shell's completion script; the platform is not asked. */
export async function completionOf(
  commands: readonly Command[],
  words: readonly string[],
  host: KnownHost,
): Promise<string> {
  const completion = complete(commands, words, words.length - 1);
  const [, profile] = /\0--profile[\0=]([^\0]+)\0/.exec(`\0${words.slice(0, -1).join("\0")}\0`) ?? [];
  const candidates = await withKnown(completion, words.at(-1) ?? "", host, profile);
  return completionText({ ...completion, candidates });
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
  const prefix = typed.startsWith("-") ? typed.slice(0, typed.indexOf("=") + 1) : "";
  return [...candidates, ...startingWith(typed, { candidates: found }, prefix).candidates];
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
  const { words, open } = readWords(line);
  const atNewWord = open === undefined && /(^|\s)$/.test(line);
  const texts = [...words.map(({ text }) => text), ...(atNewWord ? [""] : [])];
  const part = atNewWord ? "" : line.slice(words.at(-1)?.start ?? 0);
  const typed = texts.at(-1) ?? "";
  const completion = completeShellWord(texts, commands);
  const found = (await withKnown(completion, typed, host, profile)).map(({ value }) => value);
  const paths = completion.source === "files" ? await listPaths(typed) : [];
  const quote = /^["']/.exec(part)?.[0] ?? "";
  const quoted = [...found, ...paths].map((value) =>
    quote === "" ? value.replace(/[\s"'\\#]/g, "\\$&") : quote + value,
  );
  const isWhole = quoted.length === 1 && quote === "" && !/[/=]$/.test(quoted[0] ?? "");
  return [isWhole ? [`${quoted[0]} `] : quoted, part];
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
  const { candidates, ...rest } = complete(commands, words, index);
  const own = index === 0 ? startingWith(typed, { candidates: shellWords }).candidates : [];
  return { candidates: [...candidates, ...own], ...rest };
}
