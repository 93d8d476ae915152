import { describe, expect, test } from "vitest";
import { readCommandLine } from "../../src/cli/program.ts";
import { withLineTools } from "../../src/cli/tools.ts";
import { registry } from "../../src/commands/registry.ts";
import type { SipnavError } from "../../src/core/errors.ts";
import { doing, echo } from "./seat.ts";

const commands = [echo, doing(async () => undefined), ...registry];

const read = (line: string, columns = 80) =>
  readCommandLine(commands, line === "" ? [] : line.split(" "), { version: "1.2.3", columns });

function chosen(line: string) {
  const choice = read(line);
  if ("text" in choice) throw new Error(choice.text);
  const given = (values: object) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { path: choice.command.path.join(" "), raw: given(choice.raw), options: given(choice.options) };
}

function refusal(line: string): SipnavError {
  try {
    read(line);
  } catch (thrown) {
    return thrown as SipnavError;
  }
  throw new Error(`${line} was taken`);
}

function help(line: string, columns = 80): string {
  const choice = read(line, columns);
  return "text" in choice ? choice.text : "";
}

describe("what is given", () => {
  test("reaches the command as it was typed", () => {
    expect(chosen("echoes show hello --company 007 --plain")).toEqual({
      path: "echoes show",
      raw: { word: "hello", company: "007", plain: true },
      options: {},
    });
  });

  test("several times, is all handed on: what may not repeat is found to contradict itself", () => {
    expect(chosen("echoes show a b c --tag x --tag y --level 1 --level 2").raw).toEqual({
      word: "a",
      more: ["b", "c"],
      tag: ["x", "y"],
      level: ["1", "2"],
    });
  });

  test("may begin with a dash: a negative number, a flag's value, what follows --", () => {
    expect(chosen("echoes show -5 --level -3 --tag --odd").raw).toEqual({
      word: "-5",
      level: "-3",
      tag: "--odd",
    });
    expect(chosen("echoes show -- --word").raw).toEqual({ word: "--word" });
    expect(chosen("echoes show a --level=-3").raw).toMatchObject({ level: "-3" });
  });

  test("of the options of every command stands before the noun, the verb, or after", () => {
    for (const line of [
      "--profile prod deeds run -y --no-input",
      "deeds --profile prod run -y --no-input",
      "deeds run --profile prod --yes --no-input",
      "--profile prod --no-input deeds --yes run",
    ]) {
      expect(chosen(line).options).toEqual({ profile: "prod", yes: true, noInput: true });
    }
  });
});

describe("what does not exist", () => {
  test.each([
    ["acounts list", "Unknown command 'acounts'.", "Did you mean sipnav accounts list?"],
    ["acounts", "Unknown command 'acounts'.", "Did you mean sipnav accounts?"],
    ["accounts lst", "Unknown command 'lst'.", "Did you mean sipnav accounts list?"],
    ["list accounts", "Unknown command 'list'.", "Did you mean sipnav accounts list?"],
    ["frobnicate", "Unknown command 'frobnicate'.", "See sipnav --help."],
    ["version", "Unknown command 'version'.", "Did you mean sipnav --version?"],
    ["accounts frobnicate", "Unknown command 'frobnicate'.", "See sipnav accounts --help."],
    ["accounts list --limt 5", "Unknown option '--limt'.", "Did you mean --limit?"],
    ["accounts list --frobnicate", "Unknown option '--frobnicate'.", "See sipnav accounts list --help."],
    ["accounts list -x", "Unknown option '-x'.", "See sipnav accounts list --help."],
    ["deeds run too many", /Too many arguments/, "See sipnav deeds run --help."],
    ["echoes show a --tag", /Option '--tag <text>' argument missing/, "See sipnav echoes show --help."],
  ])("%s", (line, message, hint) => {
    const { kind, exitCode, message: told, facts } = refusal(line);
    expect({ kind, exitCode, hint: facts.hint }).toEqual({ kind: "usage", exitCode: 2, hint });
    expect(told).toMatch(message);
  });

  test("a noun without its verb comes to the noun's help", () => {
    const { exitCode, facts } = refusal("accounts");
    expect(exitCode).toBe(2);
    expect(facts.hint).toContain("Usage: sipnav accounts <command>");
    expect(facts.hint).toMatch(/^ {2}create +Create an account$/m);
  });

  test("no words come to the overview", () => {
    expect(refusal("").facts.hint).toBe(help("--help").trimEnd());
  });
});

describe("help", () => {
  test("has the commands in their groups, without the options of all of them", () => {
    const text = help("--help");
    expect(text).toMatch(
      /\nSession:\n[\s\S]* login [\s\S]*\nPlatform:\n[\s\S]* accounts +list, [\s\S]*\nTools:\n/,
    );
    expect(text).not.toContain("--profile");
    expect(text.split("\n").length).toBeLessThan(50);
  });

  test("of a command has usage, parameters, how to print, examples and where exit codes are told", () => {
    const text = help("echoes show --help");
    expect(text).toContain("Usage: sipnav echoes show <word> [more...] [options]");
    expect(text).toMatch(/--level <number> +A level \(default 3\)/);
    expect(text).toMatch(/--colour <red\|green> +A colour/);
    expect(text).toMatch(/Output:[\s\S]*-o, --output <word>[\s\S]*ndjson/);
    expect(text).toContain("Examples:\n  sipnav echoes show hello");
    expect(text).toContain("sipnav help exit-codes");
    expect(text).not.toContain("--profile");
  });

  test("is asked for by -h, too, and beside anything", () => {
    expect(help("echoes show -h")).toBe(help("echoes show --help"));
    expect(help("echoes show --level x --help")).toBe(help("echoes show --help"));
  });

  test("is told by the word, too, unless that is a topic's", () => {
    const all = withLineTools(commands, async () => undefined);
    const told = (...words: string[]) => readCommandLine(all, words, { version: "1.2.3", columns: 80 });
    expect(told("help", "accounts", "list")).toEqual({ text: help("accounts list --help") });
    expect(told("help", "profiles", "add")).toEqual({ text: help("profiles add --help") });
    expect(told("help", "accounts")).toEqual({ text: help("accounts --help") });
    expect(told("help", "profiles")).toMatchObject({ raw: { topic: "profiles" } });
    expect(told("help", "nonsense")).toMatchObject({ raw: { topic: "nonsense" } });
  });

  test.each(["--help", "accounts --help", "echoes show --help"])(
    "of %s bears a terminal of 20 columns",
    (line) => {
      expect(help(line, 20).length).toBeGreaterThan(100);
    },
  );

  test("every command has one that shows each of its parameters", () => {
    for (const { path, parameters } of registry) {
      const text = help(`${path.join(" ")} --help`);
      for (const { summary } of Object.values(parameters)) {
        expect(text.replace(/\s+/g, " ")).toContain(summary.split(" ").slice(0, 3).join(" "));
      }
    }
  });

  test("the version is one line", () => {
    expect(read("--version")).toEqual({ text: "1.2.3\n" });
  });
});
