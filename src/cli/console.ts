import { type Context, createContext } from "../commands/context.ts";
import type { Command } from "../commands/define.ts";
import { readGiven } from "../host/inputs.ts";
import { completeLine } from "./candidates.ts";
import { deriveHost } from "./derive.ts";
import type { Line, LineRunner } from "./faces.ts";
import { printFailure } from "./failures.ts";
import { openHistory } from "./history.ts";
import { editedLines, plainLines } from "./lines.ts";
import type { Scope } from "./scope.ts";
import { runScript, runTyped, type ShellParts, textLines } from "./shell.ts";
import type { ShellOptions } from "./tools.ts";

/**
 * Opens a shell: on a terminal for what a person types, with Ctrl-C for the running command alone; else for the
 * lines of a file or of standard input.
 * @param line where the shell's lines run, with the options that hold for all of them
 * @param run runs one of them
 */
export async function openConsole(
  context: Context,
  { script, keepGoing }: ShellOptions,
  commands: readonly Command[],
  line: Line,
  run: LineRunner,
): Promise<void> {
  const { host, face } = context;
  const { input, errors } = host.terminal;
  let last: readonly string[] = [];
  let used: string | undefined;
  const parts: ShellParts = {
    commands,
    signal: host.signal,
    begin(words) {
      last = words;
      line.noteWords(words);
    },
    async run(words, scope) {
      await run(words, { ...line, scope, isShell: true, menu: undefined });
    },
    fail: (thrown) => printFailure(thrown, { words: last, around: line.around }, errors),
    say: face.notice,
    readText: (path) => readGiven(host, path),
    async profile(scope) {
      used = scope.get("profile") ?? (await profileName(context));
      return used;
    },
  };
  if (script !== undefined && script !== "-") {
    return runScript(parts, textLines(await readGiven(host, script)), keepGoing);
  }
  if (script === "-" || !input.isTerminal || !errors.isTerminal) {
    return runScript(parts, plainLines(input, host.signal), keepGoing);
  }
  const history = await openHistory(host, face.notice);
  const lines = editedLines({
    ...line.faces.streams,
    history: () => history.lines,
    complete: (text) => completeLine(text, host, commands, used),
    signal: host.signal,
    hangUp: line.faces.hangUp,
  });
  const runAlone = (words: readonly string[], scope: Scope) =>
    interruptible(line, (alone) => run(words, { ...alone, scope, isShell: true, menu: undefined }));
  return runTyped({ ...parts, run: runAlone }, lines, history.add);
}

/** Runs a step that Ctrl-C ends, and nothing but the step. */
async function interruptible(line: Line, step: (alone: Line) => Promise<void>): Promise<void> {
  const { host, faces } = line;
  const cancel = new AbortController();
  const release = faces.takeInterrupts(cancel);
  try {
    await step({
      ...line,
      host: deriveHost(host, { signal: AbortSignal.any([host.signal, cancel.signal]) }),
    });
  } finally {
    release();
  }
}

/** The profile in use, as the settings now say; a question mark where they cannot be read. */
async function profileName({ host, face }: Context): Promise<string> {
  const settings = createContext(host, face).settings();
  return settings.then(({ profile }) => profile).catch(() => "?");
}
