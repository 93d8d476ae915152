import type { Command } from "../commands/define.ts";
import { asSipnavError, SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import type { LineSource } from "./lines.ts";
import { changeScope, idsOf, type Scope, withoutIds } from "./scope.ts";
import { splitWords } from "./words.ts";

/** What a shell stands on. */
export interface ShellParts {
  readonly commands: readonly Command[];
  /** Hears the words of each line before anything is done about it; none as long as they are not understood. */
  begin(words: readonly string[]): void;
  /** Runs one command. @throws whatever it throws */
  run(words: readonly string[], scope: Scope): Promise<void>;
  /** Prints a failure and answers its exit code. */
  fail(thrown: unknown): Promise<number>;
  say(text: string): void;
  readText(path: string): Promise<string>;
  /** The profile in use, for the prompt. */
  profile(scope: Scope): Promise<string>;
  readonly signal: AbortSignal;
}

/** One shell's memory. */
interface Session {
  scope: Scope;
  /** The profile whose platform the scope's ids are of; empty without any. */
  owner: string;
  lastCode: number;
  lastLine: string;
  /** Files that are read within one another. */
  depth: number;
}

/** The words that the shell itself understands. */
export const shellWords = [
  { value: "use", summary: "Fill in a company, account …: use company ID; use none" },
  { value: "source", summary: "Run the lines of a file" },
  { value: "exit", summary: "Leave" },
  { value: "quit", summary: "Leave" },
] as const;

const newSession = (): Session => ({ scope: new Map(), owner: "", lastCode: 0, lastLine: "", depth: 0 });

/**
 * Runs what a person types until they leave. A failure is told, and the next line may come.
 * @param remember hears every line
 */
export async function runTyped(
  parts: ShellParts,
  lines: LineSource,
  remember: (line: string) => Promise<void>,
): Promise<void> {
  const session = newSession();
  for (;;) {
    const line = await lines.next(await promptOf(parts, session));
    parts.signal.throwIfAborted();
    if (line === undefined) return;
    await remember(line);
    try {
      if ((await runLine(parts, session, line)) === "leave") return;
    } catch (thrown) {
      session.lastCode = await parts.fail(thrown);
    }
    parts.signal.throwIfAborted();
  }
}

/**
 * Runs lines that nobody types, up to the first that fails.
 * @param keepGoing tells failures as they come and goes on; the first one's kind ends the run
 * @throws the first failure, with its line
 */
export async function runScript(parts: ShellParts, lines: LineSource, keepGoing: boolean): Promise<void> {
  await runLines(parts, newSession(), lines, keepGoing);
}

async function runLines(
  parts: ShellParts,
  session: Session,
  lines: LineSource,
  keepGoing: boolean,
  file?: string,
): Promise<"leave" | undefined> {
  const failures: { readonly error: SipnavError; readonly row: number }[] = [];
  for (let row = 1; ; row++) {
    const line = await lines.next("");
    parts.signal.throwIfAborted();
    if (line === undefined) break;
    try {
      if ((await runLine(parts, session, line)) === "leave") break;
    } catch (thrown) {
      const error = asSipnavError(thrown);
      if (!keepGoing || parts.signal.aborted) throw atLine(error, row, file);
      failures.push({ error, row });
      session.lastCode = await parts.fail(thrown);
    }
  }
  const [first] = failures;
  if (first === undefined) return undefined;
  parts.begin([]);
  const count = failures.length === 1 ? "1 line" : `${failures.length} lines`;
  const message = `${count} failed; the first was line ${first.row}.`;
  throw new SipnavError(first.error.kind, message, { cause: first.error });
}

const atLine = ({ kind, message, facts }: SipnavError, row: number, file: string | undefined) =>
  new SipnavError(kind, `${file === undefined ? "Line" : `${file}, line`} ${row}: ${message}`, facts);

async function runLine(parts: ShellParts, session: Session, typed: string): Promise<"leave" | undefined> {
  parts.begin([]);
  const line = typed.trim() === "!!" ? session.lastLine : typed;
  const given = splitWords(line);
  const words = given[0] === "sipnav" ? given.slice(1) : given;
  if (given.length === 0) return undefined;
  parts.begin(words);
  if (line !== typed) parts.say(line);
  session.lastLine = line;
  switch (words[0]) {
    case "exit":
    case "quit":
      return "leave";
    case "use":
      session.scope = changeScope(session.scope, words.slice(1), parts.commands);
      break;
    case "source":
      return sourceFile(parts, session, words.slice(1));
    case "shell":
      throw new SipnavError("usage", "This is a shell already.");
    default:
      await parts.run(words, session.scope);
  }
  session.lastCode = 0;
  await keepToOwner(parts, session);
  return undefined;
}

/** Ids mean something else on another platform: where the profile changed they are dropped, and that is told. */
async function keepToOwner(parts: ShellParts, session: Session): Promise<void> {
  const ids = idsOf(session.scope);
  const profile = ids.length === 0 ? "" : await parts.profile(session.scope);
  if (profile === "" || session.owner === "" || profile === session.owner) {
    session.owner = profile;
    return;
  }
  session.scope = withoutIds(session.scope);
  parts.say(`No longer in use: ${ids.join(" ")} of profile ${session.owner}.`);
  session.owner = "";
}

async function sourceFile(parts: ShellParts, session: Session, [path, ...more]: readonly string[]) {
  if (path === undefined || more.length > 0) {
    throw new SipnavError("usage", "One file is expected.", { hint: "As: source nightly.txt" });
  }
  if (session.depth >= limits.sourceDepthMax) {
    throw new SipnavError(
      "usage",
      `Files are read within one another more than ${limits.sourceDepthMax} deep.`,
    );
  }
  session.depth += 1;
  try {
    return await runLines(parts, session, textLines(await parts.readText(path)), false, path);
  } finally {
    session.depth -= 1;
  }
}

/** A text's lines. */
export function textLines(text: string): LineSource {
  const lines = text.split(/\r?\n/);
  return { next: async () => lines.shift() };
}

/** `sipnav[prod company:5 !9]> `: the profile, what is in use, and the last exit code where it is not 0. */
async function promptOf(parts: ShellParts, { scope, lastCode }: Session): Promise<string> {
  const code = lastCode === 0 ? [] : [`!${lastCode}`];
  return `sipnav[${[await parts.profile(scope), ...idsOf(scope), ...code].join(" ")}]> `;
}
