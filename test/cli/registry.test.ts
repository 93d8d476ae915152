import { describe, expect, test } from "vitest";
import { complete } from "../../src/cli/complete.ts";
import { defineCommand } from "../../src/commands/define.ts";
import { registry } from "../../src/commands/registry.ts";
import { exitCodes } from "../../src/core/errors.ts";
import { choice, text } from "../../src/domain/kinds.ts";
import { openSeat } from "./seat.ts";

const added = defineCommand({
  path: ["trunks", "ping"],
  summary: "Ping a trunk | all of it",
  group: "platform",
  effect: "write",
  session: false,
  parameters: {
    trunk: { kind: text, summary: "Which trunk", positional: true, required: true },
    speed: { kind: choice("slow", "fast"), summary: "How fast", default: "slow" },
  },
  examples: ["sipnav trunks ping t1 --speed fast"],
  run: async (_, { trunk, speed }) => `${trunk} ${speed}`,
  view: (answer) => [{ kind: "raw", text: `${answer}\n` }],
});

describe("a command that is added to the registry", () => {
  const commands = [...registry, added];

  test("runs on the command line and has its help there", async () => {
    const seat = openSeat(commands);
    expect((await seat.run("trunks", "ping", "t1", "--speed", "fast")).out).toBe("t1 fast\n");
    expect((await seat.run("--help")).out).toMatch(/trunks +ping/);
    expect((await seat.run("trunks", "ping", "--help")).out).toContain("--speed <slow|fast>");
  });

  test("runs in the shell", async () => {
    const seat = openSeat(commands, { typed: ["trunks ping t2"] });
    expect((await seat.run("shell")).out).toBe("t2 slow\n");
  });

  test("is completed", () => {
    const last = (...words: string[]) => complete(commands, words, words.length - 1).candidates;
    expect(last("tru")).toEqual([{ value: "trunks", summary: "ping" }]);
    expect(last("trunks", "ping", "t1", "--speed", "f")).toEqual([{ value: "fast", summary: "" }]);
  });

  test("is in the list of commands, with its parameters as data", async () => {
    const { out } = await openSeat(commands).run("commands", "--json");
    const row = JSON.parse(out).find(({ command }: { command: string }) => command === "trunks ping");
    expect(row).toMatchObject({
      summary: "Ping a trunk | all of it",
      effect: "write",
      session: false,
      parameters: [
        { name: "trunk", positional: true, required: true, kind: "text" },
        { name: "--speed", default: "slow", choices: ["slow", "fast"], required: false },
      ],
      examples: ["sipnav trunks ping t1 --speed fast"],
    });
  });

  test("is in the reference", async () => {
    const { out } = await openSeat(commands).run("help", "reference");
    expect(out).toContain(
      "### sipnav trunks ping\n\nPing a trunk | all of it. Effect: write; needs no session.",
    );
    expect(out).toContain("| `--speed <slow\\|fast>` | How fast (default slow) |");
    expect(out).toContain("```sh\nsipnav trunks ping t1 --speed fast\n```");
  });
});

describe("help topics", () => {
  test("are listed, and each of them tells something", async () => {
    const seat = openSeat(registry);
    const { out } = await seat.run("help");
    const names = [...out.matchAll(/^ {2}(\S+) /gm)].map(([, name]) => name ?? "");
    expect(names).toEqual(expect.arrayContaining(["exit-codes", "output", "environment", "profiles"]));
    for (const name of names) {
      const told = await seat.run("help", name);
      expect({ name, code: told.code, long: told.out.length > 150 }).toEqual({ name, code: 0, long: true });
    }
  });

  test("has every exit code with all of its kinds", async () => {
    const { out } = await openSeat(registry).run("help", "exit-codes");
    for (const [kind, code] of Object.entries(exitCodes)) {
      expect(out).toMatch(new RegExp(`^ *${code}  .*\\[.*\\b${kind}\\b.*\\]$`, "m"));
    }
  });

  test("has every option of all commands", async () => {
    const { out } = await openSeat(registry).run("help", "options");
    for (const flag of ["--profile", "-y, --yes", "--timeout", "-o, --output", "--no-input"])
      expect(out).toContain(flag);
    const summaries = [...out.matchAll(/^ {2}\S.*? {2,}(?=[A-Z])/gm)].map(([before]) => before.length);
    expect(new Set(summaries).size).toBe(1);
  });

  test("that does not exist is refused with those that do", async () => {
    const { code, err } = await openSeat(registry).run("help", "exit");
    expect(code).toBe(2);
    expect(err).toContain("exit-codes");
  });
});

describe("the registry", () => {
  test("names no path twice, and none that begins another", () => {
    const paths = registry.map(({ path }) => path.join(" "));
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(paths.filter((other) => other.startsWith(`${path} `))).toEqual([]);
  });

  test("calls in the list of commands every parameter by its flag, also where one speaks of another", async () => {
    const { out } = await openSeat(registry).run("commands", "--json");
    for (const { command, parameters } of JSON.parse(out)) {
      const names = parameters.map(({ name }: { name: string }) => name);
      for (const { excludes, unless } of parameters) {
        expect(names, command).toEqual(expect.arrayContaining([...excludes, ...unless]));
      }
    }
  });

  test("tells the fields of every list", () => {
    const lists = registry.filter(({ path }) => /^(list|show|search|history|export)$/.test(path[1] ?? ""));
    expect(lists.length).toBeGreaterThan(15);
    for (const { path, fields } of lists) expect(fields, path.join(" ")).not.toHaveLength(0);
    expect(lists.filter(({ fields }) => fields === undefined)).toEqual([]);
  });

  test("has an example of every command, which is understood", async () => {
    for (const { path, examples } of registry) {
      expect(examples.length).toBeGreaterThan(0);
      expect(examples.every((example) => example.includes(`sipnav ${path.join(" ")}`))).toBe(true);
    }
  });
});
