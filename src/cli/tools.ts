import type { Context } from "../commands/context.ts";
import { type Command, defineCommand } from "../commands/define.ts";
import { choice, file, type Kind, present, text } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import { completionScripts, shells } from "./completion.ts";
import { commandData } from "./reference.ts";
import { topics } from "./topics.ts";

/** What `shell` was told. */
export interface ShellOptions {
  readonly script: string | undefined;
  readonly keepGoing: boolean;
}

/** Runs a shell until it ends. */
export type ShellRunner = (
  context: Context,
  options: ShellOptions,
  commands: readonly Command[],
) => Promise<void>;

/** All commands of the command line: those given, then the ones that only make sense on a command line. */
export function withLineTools(registry: readonly Command[], runShell: ShellRunner): readonly Command[] {
  const all: readonly Command[] = [
    ...registry,
    shellCommand(runShell, () => all),
    completionCommand,
    commandsCommand(() => all),
    helpCommand(() => all),
  ];
  return all;
}

const shellCommand = (runShell: ShellRunner, all: () => readonly Command[]) =>
  defineCommand({
    path: ["shell"],
    summary: "Run commands line by line, with completion and history",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {
      script: { kind: file, summary: "Run the lines of this file", positional: true },
      keepGoing: { kind: present, summary: "Go on after a line of a script that failed" },
    },
    examples: ["sipnav shell", "sipnav shell nightly.txt --keep-going", "sipnav shell < nightly.txt"],
    run: (context, { script, keepGoing }) =>
      runShell(context, { script, keepGoing: keepGoing ?? false }, all()),
    view: () => [],
  });

const completionCommand = defineCommand({
  path: ["completion"],
  summary: "Print a script that makes your shell complete sipnav",
  group: "tools",
  effect: "read",
  session: false,
  parameters: {
    shell: { kind: choice(...shells), summary: "Which shell", positional: true, required: true },
  },
  examples: ["source <(sipnav completion bash)", "sipnav completion fish | source"],
  run: async (_, { shell }) => completionScripts[shell],
  view: (script) => [{ kind: "raw", text: script }],
});

const commandFields: readonly Field[] = [
  { name: "command", label: "Command", kind: text, priority: 1 },
  { name: "summary", label: "Summary", kind: text, priority: 1 },
  { name: "effect", label: "Effect", kind: text, priority: 2 },
  { name: "group", label: "Group", kind: text, priority: 3 },
];

const commandsCommand = (all: () => readonly Command[]) =>
  defineCommand({
    path: ["commands"],
    summary: "List every command; as JSON with all of its parameters",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {},
    fields: commandFields,
    examples: ["sipnav commands", "sipnav commands --json"],
    run: async () => all().map(commandData),
    view: (rows: readonly Row[]) => [{ kind: "table", fields: commandFields, rows, idField: "command" }],
  });

const helpCommand = (all: () => readonly Command[]) =>
  defineCommand({
    path: ["help"],
    summary: "Tell about a topic or a command",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {
      topic: { kind: topicKind, summary: "Which topic; or the words of a command", positional: true },
    },
    examples: ["sipnav help", "sipnav help exit-codes", "sipnav help accounts list"],
    run: async (_, { topic }) => (topic === undefined ? topicList() : (topics[topic]?.text(all()) ?? "")),
    view: (told) => [{ kind: "raw", text: told }],
  });

const topicKind: Kind<string> = {
  ...choice(...Object.keys(topics)),
  name: "topic",
  hint: "topic",
};

const topicList = (): string =>
  [
    "Topics of sipnav help",
    "",
    ...Object.entries(topics).map(([name, { summary }]) => `  ${name.padEnd(17)}${summary}`),
    "",
    "sipnav --help lists the commands; sipnav help accounts list tells about one.",
    "",
  ].join("\n");
