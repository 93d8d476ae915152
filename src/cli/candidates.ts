import { createContext } from "../commands/context.ts";
import type { Command } from "../commands/define.ts";
import type { Host } from "../host/host.ts";
import { listPaths } from "../host/linefile.ts";
import { createAsk } from "./ask.ts";
import { complete } from "./complete.ts";
import { completionText } from "./completion.ts";
import { scopeNames } from "./scope.ts";
import { shellWords } from "./shell.ts";
import { withLineTools } from "./tools.ts";
import { type Candidate, type Completion, startingWith } from "./values.ts";
import { readWords } from "./words.ts";

/**
 * Prints what the last of the words could become. The settings are read where names of profiles are asked for, and
 * nowhere else.
 */
export async function printCompletion(
  words: readonly string[],
  host: Host,
  registry: readonly Command[],
): Promise<void> {
  const commands = withLineTools(registry, async () => undefined);
  const completion = complete(commands, words, words.length - 1);
  const candidates = await withProfiles(completion, words.at(-1) ?? "", host);
  await host.terminal.output.write(completionText({ ...completion, candidates }));
}

async function withProfiles(
  { candidates, source }: Completion,
  typed: string,
  host: Host,
): Promise<readonly Candidate[]> {
  if (source !== "profiles") return candidates;
  const named = (await profileNames(host)).map((value) => ({ value, summary: "" }));
  const prefix = typed.startsWith("-") ? typed.slice(0, typed.indexOf("=") + 1) : "";
  return startingWith(typed, { candidates: named }, prefix).candidates;
}

/** The names of the profiles in the settings; none where they cannot be read. */
async function profileNames(host: Host): Promise<string[]> {
  const silent = {
    ask: createAsk(host, false),
    notice: () => undefined,
    emit: async () => undefined,
    options: {},
  };
  try {
    return Object.keys((await createContext(host, silent).settings()).user.profiles);
  } catch {
    return [];
  }
}

/**
 * What a shell's line, up to the cursor, could go on with: whole words quoted as needed, and the part of the line
 * that they replace.
 */
export async function completeLine(
  line: string,
  host: Host,
  commands: readonly Command[],
): Promise<[string[], string]> {
  const { words, open } = readWords(line);
  const atNewWord = open === undefined && /(^|\s)$/.test(line);
  const texts = [...words.map(({ text }) => text), ...(atNewWord ? [""] : [])];
  const part = atNewWord ? "" : line.slice(words.at(-1)?.start ?? 0);
  const typed = texts.at(-1) ?? "";
  const completion = completeShellWord(texts, commands);
  const found = (await withProfiles(completion, typed, host)).map(({ value }) => value);
  const paths = completion.source === "files" ? await listPaths(typed) : [];
  const quote = /^["']/.exec(part)?.[0] ?? "";
  const quoted = [...found, ...paths].map((value) =>
    quote === "" ? value.replace(/[\s"'\\#]/g, "\\$&") : quote + value,
  );
  const isWhole = quoted.length === 1 && quote === "" && !quoted[0]?.endsWith("/");
  return [isWhole ? [`${quoted[0]} `] : quoted, part];
}

function completeShellWord(words: readonly string[], commands: readonly Command[]): Completion {
  const index = words.length - 1;
  const typed = words[index] ?? "";
  if (index === 1 && words[0] === "source") return { candidates: [], source: "files" };
  if (words[0] === "use") {
    if (index === 2 && words[1] === "profile") return { candidates: [], source: "profiles" };
    const names = index === 1 ? [...scopeNames(commands), "none"] : ["none"];
    return startingWith(typed, { candidates: names.map((value) => ({ value, summary: "" })) });
  }
  const { candidates, ...rest } = complete(commands, words, index);
  const own = index === 0 ? startingWith(typed, { candidates: shellWords }).candidates : [];
  return { candidates: [...candidates, ...own], ...rest };
}
