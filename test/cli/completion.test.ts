import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completionScripts, shells } from "../../src/cli/completion.ts";
import { temporaryFolder } from "../host/desk.ts";
import { runProgram } from "./program.ts";

const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;
const [hasZsh, hasFish] = [has("zsh"), has("fish")];

/** A home with `sipnav` on the path, the completion script of a shell, a profile and a file. */
function openHome(shell: (typeof shells)[number]) {
  const home = temporaryFolder();
  const bin = join(import.meta.dirname, "../../bin/sipnav.js");
  writeFileSync(join(home, "sipnav"), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(join(home, "sipnav"), 0o755);
  mkdirSync(join(home, ".config/sipnav"), { recursive: true });
  writeFileSync(join(home, ".config/sipnav/config.json"), '{"version":1,"profiles":{"prod":{}}}');
  for (const name of ["some.csv", "two words.csv", "a:b.csv", "x=y.csv"]) writeFileSync(join(home, name), "");
  writeFileSync(join(home, "script"), completionScripts[shell]);
  return home;
}

function runShell(shell: string, words: readonly string[], home: string) {
  const { stdout, stderr } = spawnSync(shell, words, {
    cwd: home,
    env: { PATH: `${home}:${process.env.PATH}`, HOME: home },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

/** What bash makes of a line when Tab is pressed at its end; the words as bash splits them. */
function bash(line: string, words: readonly string[]) {
  const home = openHome("bash");
  const script = `
    source ./script
    COMP_LINE=$1 COMP_POINT=\${#1}; shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _sipnav 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return runShell("bash", ["--norc", "-c", script, "bash", line, ...words], home);
}

describe("bash", () => {
  test.each([
    ["sipnav acc", ["sipnav", "acc"], ["accounts"]],
    ["sipnav accounts ", ["sipnav", "accounts", ""], ["list", "show", "create", "update"]],
    ["sipnav accounts list --lim", ["sipnav", "accounts", "list", "--lim"], ["--limit"]],
    ["sipnav accounts list -o nd", ["sipnav", "accounts", "list", "-o", "nd"], ["ndjson"]],
    ["sipnav accounts list --output=nd", ["sipnav", "accounts", "list", "--output", "=", "nd"], ["ndjson"]],
    ["sipnav whoami --profile p", ["sipnav", "whoami", "--profile", "p"], ["prod"]],
    ["sipnav accounts list --out som", ["sipnav", "accounts", "list", "--out", "som"], ["some.csv"]],
  ])("%s", (line, words, found) => {
    const candidates = bash(line, words);
    expect(candidates).toEqual(expect.arrayContaining(found));
    const begun = words.at(-1) ?? "";
    expect(candidates.filter((candidate) => !candidate.startsWith(begun))).toEqual([]);
  });
});

describe("bash replaces the end of a word only, quoted as the word is", () => {
  // Without a word break at =, which is how npm's completion leaves it, bash replaces all of a flag with its value.
  const tab = (line: string, breaks = " \t\n\"'@><=;|&(:") => {
    const script = `source ./script; COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDBREAKS=$2
      _sipnav; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return runShell(
      "bash",
      ["--norc", "-c", script, "bash", `sipnav accounts list ${line}`, breaks],
      openHome("bash"),
    );
  };

  test.each([
    ["--out tw", ["two words.csv"]],
    ["--out two\\ w", ["two words.csv"]],
    ["--out 'two w", ["two words.csv"]],
    ["--out='two w", ["two words.csv"]],
    ["--out=so", ["some.csv"]],
    ["--out a:", ["b.csv"]],
    ["--out a\\:", ["a:b.csv"]],
    ["--out x=", ["y.csv"]],
    ["--sort account_name:d", ["desc"]],
    ["--where account_name\\ c", ["account_name\\ contains"]],
    ["--where 'account_name c", ["account_name contains"]],
    ["--where='account_name c", ["account_name contains"]],
    ['--where "account_name c', ["account_name contains"]],
    ["--where currency=", []],
  ])("%s", (line, found) => {
    expect(tab(line)).toEqual(found);
  });

  test("whatever it breaks words at", () => {
    expect(tab("--out=so", " :")).toEqual(["--out=some.csv"]);
    expect(tab("--sort=account_name:d", " ")).toEqual(["--sort=account_name:desc"]);
  });
});

test("bash is offered nothing after a word that is no command", () => {
  expect(bash("sipnav frobnicate ", ["sipnav", "frobnicate", ""])).toEqual([]);
});

describe.runIf(hasZsh)("zsh", () => {
  // _describe and _files work inside the line editor only: here they print what they are given.
  const zsh = (...words: string[]) =>
    runShell(
      "zsh",
      [
        "-f",
        "-c",
        `compdef() { :; }; _describe() { print -l "\${(@P)2}" "\${(@P)4}"; }; _files() { print FILES; }
         compset() { PREFIX=\${PREFIX#*=}; print "from $PREFIX"; }
         source ./script; words=("$@"); CURRENT=$#; PREFIX=$@[-1]; _sipnav`,
        "zsh",
        ...words,
      ],
      openHome("zsh"),
    );

  test("has candidates with their summaries, and files", () => {
    expect(zsh("sipnav", "accounts", "sh")).toEqual(["show:Show an account"]);
    expect(zsh("sipnav", "whoami", "--profile", "")).toEqual(["default", "prod", "sandbox"]);
    expect(zsh("sipnav", "accounts", "list", "--out", "")).toEqual(["FILES"]);
    expect(zsh("sipnav", "accounts", "list", "--out=so")).toEqual(["from so", "FILES"]);
    expect(zsh("sipnav", "accounts", "update", "7", "--set", "curr")).toEqual(["currency=:Currency"]);
    expect(zsh("sipnav", "frobnicate", "")).toEqual([]);
  });

  test("reads words without their quotes", () => {
    const found = ["account_name contains"];
    expect(zsh("sipnav", "'accounts'", "list", "--where", "account_name\\ c")).toEqual(found);
  });
});

describe.runIf(hasFish)("fish", () => {
  const fish = (line: string) =>
    runShell("fish", ["-c", `source ./script; complete -C '${line}'`], openHome("fish"));

  test("has candidates with their summaries, and files", () => {
    expect(fish("sipnav accounts sh")).toEqual(["show\tShow an account"]);
    expect(fish("sipnav whoami --profile p")).toEqual(["prod"]);
    expect(fish("sipnav accounts list --out som")).toEqual(["some.csv"]);
    expect(fish("sipnav accounts list --out=som")).toEqual(["--out=some.csv"]);
    expect(fish("sipnav frobnicate ")).toEqual([]);
  });

  test("reads words without their quotes, also an open one", () => {
    expect(fish("sipnav accounts list --out two\\ w")).toEqual(["two words.csv"]);
    expect(fish("sipnav accounts list --where \\'account_name c")).toEqual(["account_name contains"]);
    expect(fish('sipnav accounts list --where "account_name c')).toEqual(["account_name contains"]);
  });
});

describe("every shell", () => {
  test.each(shells)("gets its script: %s", async (shell) => {
    const { code, out } = await runProgram(["completion", shell]);
    expect({ code, out }).toEqual({ code: 0, out: completionScripts[shell] });
    expect(out).toContain("sipnav __complete --");
  });
});
