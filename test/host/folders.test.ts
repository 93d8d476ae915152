import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePrivateFolder } from "../../src/host/files.ts";
import { temporaryFolder } from "./desk.ts";

const modeOf = (path: string) => statSync(path).mode & 0o7777;

test("a folder is made with all above it, for its owner alone", async () => {
  const path = join(temporaryFolder(), "a", "b", "c");
  await Promise.all(Array.from({ length: 8 }, () => makePrivateFolder(path)));
  expect([path, join(path, ".."), join(path, "..", "..")].map(modeOf)).toEqual([0o700, 0o700, 0o700]);
  chmodSync(path, 0o755);
  await makePrivateFolder(path);
  expect(modeOf(path)).toBe(0o700);
});

test("a folder that everybody shares stays as it is, and no secret is put there", async () => {
  const path = temporaryFolder();
  chmodSync(path, 0o1777);
  await expect(makePrivateFolder(path)).rejects.toMatchObject({
    kind: "config",
    facts: { hint: `Use a folder of your own in it: SIPNAV_HOME=${join(path, "sipnav")}` },
  });
  expect(modeOf(path)).toBe(0o1777);
});

test.each([
  ["a file", (path: string) => writeFileSync(path, ""), "a part of the path is not a folder"],
  ["a link to itself", (path: string) => symlinkSync(path, path), "symbolic link"],
  ["a link to nowhere", (path: string) => symlinkSync(`${path}-gone`, path), "something else has its name"],
])("below %s none can be made, and the way around it is named", async (_, make, words) => {
  const path = join(temporaryFolder(), "place");
  make(path);
  await expect(makePrivateFolder(join(path, "sipnav"))).rejects.toMatchObject({
    kind: "config",
    exitCode: 3,
    message: expect.stringContaining(words),
    facts: { hint: expect.stringContaining("SIPNAV_HOME=/some/folder") },
  });
});

test("a place where every folder is refused as missing, as in /proc, is told at once", () => {
  if (!existsSync("/proc/self")) return;
  const bin = join(import.meta.dirname, "../../bin/sipnav.js");
  for (const words of [
    ["login", "--sandbox"],
    ["profiles", "add", "lab"],
    ["sandbox", "start", "--state", "/proc/1/x"],
  ]) {
    const run = spawnSync(process.execPath, [bin, ...words], {
      env: { PATH: process.env.PATH, HOME: "/proc/1" },
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(run.stderr).toMatch(
      /^sipnav: Cannot make the folder \/proc\/1\/.*: there is no such file or folder\.\n/,
    );
    expect(run.status).toBe(words[0] === "sandbox" ? 2 : 3);
  }
}, 60_000);

test("a folder of that name that is there already is taken", async () => {
  const path = join(temporaryFolder(), "there");
  mkdirSync(path);
  symlinkSync(path, `${path}-link`);
  await makePrivateFolder(`${path}-link`);
  expect(modeOf(path)).toBe(0o700);
});
