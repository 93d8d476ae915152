import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keychainSecrets } from "../../src/host/keychain.ts";
import { temporaryFolder } from "./desk.ts";

/** A module with keytar's functions, all of which do the same. */
function libraryThat(does: string): string {
  const path = join(temporaryFolder(), "keytar.cjs");
  const names = ["getPassword", "setPassword", "deletePassword"];
  writeFileSync(path, names.map((name) => `exports.${name} = async (...values) => { ${does} };`).join("\n"));
  return path;
}

/** One that keeps what it is given in a file. */
function workingLibrary(): string {
  const path = join(temporaryFolder(), "keytar.cjs");
  writeFileSync(
    path,
    `const { readFileSync, writeFileSync } = require("node:fs");
    const read = () => { try { return JSON.parse(readFileSync(__filename + ".json")); } catch { return {}; } };
    const write = (content) => writeFileSync(__filename + ".json", JSON.stringify(content));
    exports.getPassword = async (...key) => read()[key] ?? null;
    exports.setPassword = async (service, account, password) => write({ ...read(), [[service, account]]: password });
    exports.deletePassword = async (...key) => { const { [key]: gone, ...rest } = read(); write(rest); return true; };`,
  );
  return path;
}

test("keeps, answers and forgets", async () => {
  const store = keychainSecrets(workingLibrary());
  expect(await store.get("session:a")).toBeUndefined();
  await store.set("session:a", 'sécret "1"\n');
  expect(await store.get("session:a")).toBe('sécret "1"\n');
  expect(await store.get("session:b")).toBeUndefined();
  await store.delete("session:a");
  expect(await store.get("session:a")).toBeUndefined();
});

test("no secret is on the command line of the process that asks", async () => {
  const library = libraryThat(
    'throw new Error(require("node:fs").readFileSync("/proc/self/cmdline", "utf8"))',
  );
  const error = await keychainSecrets(library)
    .set("k", "hidden-secret")
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: "keychain" });
  expect(String(error)).not.toContain("hidden-secret");
});

test.each([
  ["that is missing", () => "/nonexistent/keytar", "Cannot find module"],
  [
    "without D-Bus",
    () => libraryThat('throw new Error("Cannot autolaunch D-Bus without X11.")'),
    "autolaunch D-Bus",
  ],
  // What aborts may leave a file of its memory behind.
  ["that crashes", () => libraryThat('process.kill(process.pid, "SIGKILL")'), "SIGKILL"],
  ["that prints", () => libraryThat('process.stdout.write("hello\\n")'), "cannot be read"],
  ["that ends", () => libraryThat("process.exit(7)"), "exit code 7"],
])("a library %s is told in words, with the way around it", async (_, make, words) => {
  const store = keychainSecrets(make());
  for (const use of [() => store.get("k"), () => store.set("k", "hidden"), () => store.delete("k")]) {
    await expect(use()).rejects.toMatchObject({
      kind: "keychain",
      exitCode: 3,
      message: expect.stringContaining(words),
      facts: { hint: expect.stringContaining("--store file") },
    });
  }
});

test("a keychain that never answers, its thread blocked for good, is left after three seconds", async () => {
  const library = libraryThat("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)");
  const startedMs = performance.now();
  await expect(keychainSecrets(library).get("k")).rejects.toMatchObject({
    kind: "keychain",
    message: expect.stringContaining("did not answer within 3 s"),
  });
  expect(performance.now() - startedMs).toBeGreaterThan(2_900);
});
