import { PassThrough } from "node:stream";
import { runCli } from "../../src/cli/run.ts";
import { type Command, defineCommand } from "../../src/commands/define.ts";
import { choice, id, integer, present, text } from "../../src/domain/kinds.ts";
import type { Host } from "../../src/host/host.ts";
import type { Output } from "../../src/host/terminal.ts";
import { type DeskOptions, openDesk } from "../host/desk.ts";

/** A command that answers what it was given. */
export const echo = defineCommand({
  path: ["echoes", "show"],
  summary: "Show what was given",
  group: "platform",
  effect: "read",
  session: false,
  parameters: {
    word: { kind: text, summary: "A word", positional: true, required: true },
    more: { kind: text, summary: "More words", positional: true, repeats: true },
    company: { kind: id, summary: "A company", refersTo: "company" },
    level: { kind: integer(-10, 10), summary: "A level", default: 3 },
    tag: { kind: text, summary: "A tag", repeats: true },
    colour: { kind: choice("red", "green"), summary: "A colour", excludes: ["plain"] },
    plain: { kind: present, summary: "No colour" },
  },
  fields: [
    { name: "word", label: "Word", kind: text, priority: 1 },
    { name: "level", label: "Level", kind: integer(), priority: 1 },
  ],
  examples: ["sipnav echoes show hello"],
  run: async (_, values) => ({ ...values }),
  view: (row) => [{ kind: "document", data: JSON.parse(JSON.stringify(row)) }],
});

/** A command that does whatever a test wants. */
export const doing = (
  run: Command["run"],
  changes: Partial<Pick<Command, "effect" | "path" | "view" | "parameters">> = {},
): Command => ({
  path: ["deeds", "run"],
  summary: "Do it",
  group: "tools",
  effect: "read",
  session: false,
  parameters: {},
  examples: ["sipnav deeds run"],
  view: () => [],
  ...changes,
  run,
});

export interface SeatOptions extends Omit<DeskOptions, "answers"> {
  /** Makes all three streams a terminal of so many columns. */
  readonly columns?: number;
  /** What a person answers, line by line; then the input ends. */
  readonly typed?: readonly string[];
  readonly signal?: AbortSignal;
}

/** A person in front of the command line: what they type and what they see. */
export function openSeat(commands: readonly Command[], options: SeatOptions = {}) {
  const desk = openDesk(options);
  const seen = { out: "", err: "" };
  const waiting = [...(options.typed ?? [])];
  const gone = new AbortController();
  const interrupts: AbortController[] = [];
  const keys = new PassThrough();
  const echoes = new PassThrough();
  const output = (name: "out" | "err"): Output => ({
    isTerminal: options.columns !== undefined,
    columns: options.columns ?? 80,
    gone: gone.signal,
    async write(written) {
      seen[name] += written;
    },
  });
  const terminal: Host["terminal"] = {
    input: {
      isTerminal: options.columns !== undefined,
      readAll: async () => waiting.splice(0).join("\n"),
      readLine: async () => waiting.shift(),
    },
    output: output("out"),
    errors: output("err"),
  };
  const host = Object.create(desk.host, {
    terminal: { value: terminal },
    signal: { value: options.signal ?? desk.host.signal },
  }) as Host;
  let menus = 0;
  const faces = {
    menu: async () => {
      menus += 1;
      return 0;
    },
    streams: { stdin: keys, stderr: echoes },
    hangUp: () => undefined,
    takeInterrupts: (controller: AbortController) => {
      interrupts.push(controller);
      return () => void interrupts.splice(interrupts.indexOf(controller), 1);
    },
  };
  const run = async (...words: string[]) => {
    seen.out = "";
    seen.err = "";
    const code = await runCli(words, host, faces, commands);
    return { code, ...seen };
  };
  return { ...desk, host, run, seen, gone, interrupts, keys, echoes, menus: () => menus };
}
