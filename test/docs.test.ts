import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registry } from "../src/commands/registry.ts";
import { exitCodes } from "../src/core/errors.ts";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The lines of the page's shell examples, in order. */
const lines = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = ""]) => block.trim().split("\n"))
  .map((line) => {
    const [, command = "", code = "0"] = /^(.*?)(?:\s+#(?: exits (\d+)| .*)?)?$/.exec(line) ?? [];
    return { command, code: Number(code) };
  });

const setUp = lines.filter(({ command }) => command.startsWith("npm "));
const commands = lines.filter(({ command }) => !command.startsWith("npm "));

let home = "";

/** A person's fresh home, with `sipnav` on the path. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "sipnav-docs-"));
  mkdirSync(join(home, "bin"));
  writeFileSync(
    join(home, "bin", "sipnav"),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin", "sipnav.js")}" "$@"\n`,
  );
  chmodSync(join(home, "bin", "sipnav"), 0o755);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

function bash(command: string, folder = home) {
  return spawnSync("bash", ["-o", "pipefail", "-c", command], {
    cwd: home,
    encoding: "utf8",
    env: { HOME: folder, PATH: [join(home, "bin"), process.env.PATH].join(delimiter), LANG: "C.UTF-8" },
  });
}

describe("README", () => {
  test("has one command that runs everything and one that tests everything, and CI runs that one", () => {
    expect(setUp.map(({ command }) => command)).toEqual([
      "npm ci && node bin/sipnav.js demo",
      "npm ci && npm test",
    ]);
    const ci = readFileSync(join(root, ".ci", "run"), "utf8");
    expect(ci).toMatch(/^npm ci .*\nnpm test$/m);
  });

  test("begins with what the embedded platform answers", () => {
    const folder = join(home, "sample");
    mkdirSync(folder);
    bash("sipnav login --sandbox", folder);
    const [, sample = ""] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
    const parts = sample.split(/^\$ /m).slice(1);
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      const [command = "", ...shown] = part.trimEnd().split("\n");
      const { stdout, stderr } = bash(`${command} -o table`, folder);
      expect(`${stderr}${stdout}`.trimEnd().split("\n"), command).toEqual(shown);
    }
  });

  test("its first command ends in a session", () => {
    const { status, stderr } = bash("sipnav demo && sipnav whoami");
    expect({ status, hit: stderr.includes("Logged in") }, stderr).toEqual({ status: 0, hit: true });
    bash("sipnav logout");
  });

  test("has the commands of every noun", () => {
    const text = commands.map(({ command }) => command).join("\n");
    const nouns = new Set(registry.map(({ path }) => path[0]));
    const silent = [...nouns].filter(
      (noun) => !text.includes(`sipnav ${noun}`) && !readme.includes(`\`sipnav ${noun}`),
    );
    expect(silent.filter((noun) => noun !== "logout" && noun !== "demo")).toEqual([]);
  });

  test("has every exit code", () => {
    const table = [...readme.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes = ""]) =>
      codes.split(", ").map(Number),
    );
    expect(table).toEqual(
      [...new Set([0, ...Object.values(exitCodes)])].filter((code) => code !== 1).sort((a, b) => a - b),
    );
  });

  describe("its examples run, one after the other", () => {
    test.each(commands)("$command", ({ command, code }) => {
      const { status, stdout, stderr } = bash(command);
      expect({ status }, stdout + stderr).toEqual({ status: code });
      if (!command.includes(">")) expect(stdout + stderr).not.toBe("");
    });
  });
});
