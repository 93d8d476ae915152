import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFolders } from "../../src/host/folders.ts";
import { withLock } from "../../src/host/locks.ts";
import { findProject, openSettings } from "../../src/host/settings.ts";
import { temporaryFolder } from "./desk.ts";

test("folders follow the XDG rules, HOME, or SIPNAV_HOME", () => {
  expect(findFolders({ HOME: "/home/ada" })).toEqual({
    config: "/home/ada/.config/sipnav",
    state: "/home/ada/.local/state/sipnav",
    cache: "/home/ada/.cache/sipnav",
  });
  expect(
    findFolders({ HOME: "/home/ada", XDG_STATE_HOME: "/var/s", XDG_CACHE_HOME: "relative" }),
  ).toMatchObject({
    state: "/var/s/sipnav",
    cache: "/home/ada/.cache/sipnav",
  });
  expect(findFolders({ SIPNAV_HOME: "/s" })?.state).toBe("/s/state");
  expect(findFolders({})).toBeUndefined();
  expect(findFolders({ HOME: "", XDG_CONFIG_HOME: "/c" })).toBeUndefined();
});

test("without a place there are no settings, and writing says why", async () => {
  const settings = openSettings(undefined);
  expect(await settings.read()).toBeUndefined();
  const refusal = { kind: "config", facts: { hint: expect.stringContaining("HOME") } };
  await expect(settings.update(() => ({}))).rejects.toMatchObject(refusal);
});

test("writes a file that only its owner reads, and many writers lose nothing", async () => {
  const folder = join(temporaryFolder(), "sipnav");
  const names = Array.from({ length: 8 }, (_, index) => `key${index}`);
  await Promise.all(
    names.map((name) =>
      openSettings(folder).update((text) => ({ ...JSON.parse(text ?? "{}"), [name]: name })),
    ),
  );
  const settings = openSettings(folder);
  expect(Object.keys(JSON.parse((await settings.read()) ?? "")).sort()).toEqual(names);
  expect(statSync(settings.path).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("a settings file that is a link stays one", async () => {
  const folder = temporaryFolder();
  const real = join(temporaryFolder(), "dotfiles.json");
  writeFileSync(real, '{"version":1}');
  symlinkSync(real, join(folder, "config.json"));
  await openSettings(folder).update(() => ({ version: 1, profile: "lab" }));
  expect(JSON.parse(readFileSync(real, "utf8"))).toEqual({ version: 1, profile: "lab" });
});

test("a path that leads through a file is told in words", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const settings = openSettings(join(file, "sipnav"));
  const refusal = { kind: "config", message: expect.stringContaining("a part of the path is not a folder") };
  await expect(settings.read()).rejects.toMatchObject(refusal);
  await expect(settings.update(() => ({}))).rejects.toMatchObject(refusal);
});

test("the nearest project file upwards is found", async () => {
  const root = temporaryFolder();
  const inner = join(root, "a", "b");
  mkdirSync(inner, { recursive: true });
  expect(await findProject(inner)).toBeUndefined();
  writeFileSync(join(root, ".sipnav.json"), "outer");
  expect(await findProject(inner)).toEqual({ path: join(root, ".sipnav.json"), text: "outer" });
  writeFileSync(join(root, "a", ".sipnav.json"), "inner");
  expect((await findProject(inner))?.text).toBe("inner");
});

test("a lock that is held is waited for, and then given up on", async () => {
  const path = join(temporaryFolder(), "thing");
  const order: string[] = [];
  let waiting: Promise<void> | undefined;
  await withLock(path, async () => {
    waiting = withLock(path, async () => void order.push("second"));
    const refusal = { kind: "locked", exitCode: 7 };
    await expect(withLock(path, async () => undefined, 60)).rejects.toMatchObject(refusal);
    order.push("first");
  });
  await waiting;
  expect(order).toEqual(["first", "second"]);
});
