import { createInterface, type Interface } from "node:readline";
import type { Input } from "../host/terminal.ts";

/** Where a shell's lines come from. */
export interface LineSource {
  /** The next line; undefined at the end. */
  next(prompt: string): Promise<string | undefined>;
}

/** What the line editor of a terminal needs. */
export interface EditorOptions {
  readonly stdin: NodeJS.ReadableStream;
  /** Where prompt and echo go; standard output carries results only. */
  readonly stderr: NodeJS.WritableStream;
  /** Lines that the arrow keys bring back, the oldest first. */
  history(): readonly string[];
  /** What a line up to the cursor could go on with: whole words, and the part of the line that they replace. */
  complete(line: string): Promise<[readonly string[], string]>;
  readonly signal: AbortSignal;
  /** Called when the terminal went away, before anything tries to set it back: that crashes Node 20. */
  hangUp(): void;
}

/** Lines of a stream that is no terminal. */
export const plainLines = (input: Input, signal: AbortSignal): LineSource => ({
  next: () => input.readLine({ hidden: false, signal }),
});

/**
 * Lines that a person edits. The editor is closed while a command runs, so that the terminal is the command's own:
 * its questions and Ctrl-C work as everywhere. Lines pasted together wait their turn.
 */
export function editedLines(options: EditorOptions): LineSource {
  const pasted: string[] = [];
  let rest = "";
  return {
    async next(prompt) {
      if (pasted.length === 0) rest = await edit(options, prompt, rest, (line) => pasted.push(line));
      return pasted.shift();
    },
  };
}

/** Lets a person edit until a line is there, or the input ended; answers what was typed after the line's end. */
function edit(
  { stdin, stderr, history, complete, signal, hangUp }: EditorOptions,
  prompt: string,
  start: string,
  take: (line: string) => void,
): Promise<string> {
  return new Promise((resolve) => {
    const editor: Interface = createInterface({
      input: stdin,
      output: stderr,
      terminal: true,
      prompt,
      history: history().toReversed(),
      historySize: history().length + 1,
      completer: (line: string, done: (error: Error | null, result: [string[], string]) => void) => {
        complete(line).then(
          ([words, part]) => done(null, [[...words], part]),
          () => done(null, [[], line]),
        );
      },
    });
    let dropped = false;
    const stop = () => editor.close();
    signal.addEventListener("abort", stop);
    // The end of a stream of keys: Ctrl-D is a key, so the terminal is gone.
    stdin.prependOnceListener("end", hangUp);
    editor.on("close", () => {
      signal.removeEventListener("abort", stop);
      stdin.off("end", hangUp);
      resolve(dropped ? "" : editor.line);
    });
    editor.on("line", (line) => {
      take(line);
      // Not at once: all lines of one paste are given out first.
      queueMicrotask(stop);
    });
    editor.on("SIGINT", () => {
      stderr.write("^C\n");
      dropped = true;
      take("");
      stop();
    });
    // After Ctrl-Z and fg the editor reads nothing by itself: the process would end.
    editor.on("SIGCONT", () => editor.resume());
    editor.prompt();
    editor.write(start);
  });
}
