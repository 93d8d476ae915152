import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { temporaryFolder } from "../host/desk.ts";
import { runProgram } from "./program.ts";

const root = join(import.meta.dirname, "../..");
const mark = `.${process.version}-${process.platform}-${process.arch}`;

/** Prints to standard error every bundle that was compiled, and whether V8 turned down what lay beside it. */
const hook = `
  const vm = require("node:vm");
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      const { filename } = options;
      process.on("exit", () => console.error(filename.replace(/.*\\W(?=\\w+\\.)/, ""), this.cachedDataRejected));
    }
  };
`;

/** A copy of the built program; `run` answers what its process said. */
function copyProgram() {
  const folder = temporaryFolder();
  for (const name of ["bin", "dist", "package.json"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "hook.cjs"), hook);
  const dist = join(folder, "dist");
  const compiled = readdirSync(dist).filter((name) => name.endsWith(mark));
  return {
    dist,
    compiled,
    run(...words: string[]) {
      const line = ["--require", join(folder, "hook.cjs"), join(folder, "bin/sipnav.js"), ...words];
      const environment = { SIPNAV_HOME: folder };
      const { status, stdout, stderr } = spawnSync(process.execPath, line, {
        encoding: "utf8",
        env: environment,
      });
      return { code: status, out: stdout, err: stderr };
    },
  };
}

test("what was compiled when it was built is taken over", () => {
  const { dist, compiled, run } = copyProgram();
  const bundles = ["front.cjs", "got.cjs", "main.cjs", "seldom.cjs", "tui.cjs"];
  expect(compiled).toEqual(bundles.map((name) => `${name}${mark}`));
  // From there V8 cannot import.
  for (const name of bundles) expect(readFileSync(join(dist, name), "utf8")).not.toMatch(/\bimport\(/);
  expect(run("accounts", "list", "--help")).toMatchObject({ code: 0, err: "front.cjs false\n" });
  expect(run("help", "exit-codes")).toMatchObject({ code: 0, err: "main.cjs false\n" });
});

test.each([
  { damage: "cut short", cut: (bytes: Buffer) => bytes.subarray(0, 1000), err: "main.cjs true\n" },
  { damage: "another program's", cut: () => Buffer.alloc(5000, 7), err: "main.cjs true\n" },
  { damage: "missing", cut: () => undefined, err: "" },
])("it runs all the same where that is $damage", ({ cut, err }) => {
  const { dist, compiled, run } = copyProgram();
  const { out } = run("help", "exit-codes");
  for (const name of compiled) {
    const bytes = cut(readFileSync(join(dist, name)));
    if (bytes === undefined) rmSync(join(dist, name));
    else writeFileSync(join(dist, name), bytes);
  }
  expect(run("help", "exit-codes")).toEqual({ code: 0, out, err });
});

test("a list loads nothing that it does not need, and no more pages than are printed", async () => {
  const sandbox = await startSandbox({ accounts: 150, carriers: 1, companies: 1, cdrs: 0 });
  try {
    const environment = {
      SIPNAV_HOME: temporaryFolder(),
      SIPNAV_TOKEN: sandbox.token,
      SIPNAV_BASE_URL: sandbox.url,
    };
    // The first run makes the folders.
    expect((await runProgram(["accounts", "list"], { environment })).code).toBe(0);
    const before = sandbox.requests().length;
    const { code, out, err } = await runProgram(["accounts", "list"], {
      environment,
      node: ["--require", join(import.meta.dirname, "loaded.cjs")],
    });
    expect({ code, rows: out.trimEnd().split("\n").length }).toEqual({ code: 0, rows: 100 });
    expect(err).toContain("Cut at 100");
    expect(sandbox.requests()).toHaveLength(before + 1);
    const loaded = err.split("\n");
    expect(loaded.filter((name) => name.startsWith("./")).sort()).toEqual(["./got.cjs", "./main.cjs"]);
    const costly = /^node:(?:crypto|tls|https|zlib|dns|child_process|readline|module|fs\/promises)$/;
    expect(loaded.filter((name) => costly.test(name))).toEqual([]);
  } finally {
    await sandbox.close();
  }
});

test("no file of ours is in two parts", () => {
  const dist = join(root, "dist");
  const files = ["main.cjs", "sandbox.cjs", "seldom.cjs", "tui.cjs"].flatMap((part) =>
    Array.from(
      readFileSync(join(dist, part), "utf8").matchAll(/__esm\(\{"(src\/[\w/]+\.ts)"\(\)\{/g),
      ([, name]) => name,
    ),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((name, index) => files.indexOf(name) !== index)).toEqual([]);
});
