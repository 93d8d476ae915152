import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asTenant } from "../../src/host/tenancy.ts";
import { temporaryFolder } from "./desk.ts";

const place = () => join(temporaryFolder(), "place");

test("one at a time: the second is turned away at once, and told who holds it", async () => {
  const folder = place();
  const held = await asTenant(folder, "A run", async () => {
    const second = asTenant(folder, "A run", async () => "second");
    await expect(second).rejects.toMatchObject({
      kind: "locked",
      message: expect.stringContaining(`process ${process.pid}`),
    });
    return "first";
  });
  expect(held).toBe("first");
  expect(await asTenant(folder, "A run", async () => "third")).toBe("third");
});

test("of many that come at once, one gets in", async () => {
  const folder = place();
  let inside = 0;
  let most = 0;
  const enter = () =>
    asTenant(folder, "A run", async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    });
  for (let round = 0; round < 10; round++) {
    const ends = await Promise.allSettled(Array.from({ length: 8 }, enter));
    const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason.kind] : []));
    expect(new Set(refused)).toEqual(new Set(["locked"]));
    expect(ends.filter(({ status }) => status === "fulfilled").length).toBeLessThanOrEqual(1);
    await enter();
  }
  expect(most).toBe(1);
});

test("a holder that died leaves its place free at once; one of another computer is believed in", async () => {
  const folder = place();
  mkdirSync(folder);
  const dead = spawnSync(process.execPath, ["-e", ""]).pid;
  writeFileSync(join(folder, "7"), JSON.stringify({ host: hostname(), pid: dead, started: "1" }));
  expect(await asTenant(folder, "A run", async () => readdirSync(folder))).toEqual(["8"]);
  // A later process of the same number is not the holder.
  writeFileSync(join(folder, "9"), JSON.stringify({ host: hostname(), pid: process.pid, started: "1" }));
  expect(await asTenant(folder, "A run", async () => "free")).toBe("free");
  writeFileSync(join(folder, "11"), JSON.stringify({ host: "elsewhere", pid: dead, started: "1" }));
  await expect(asTenant(folder, "A run", async () => "free")).rejects.toMatchObject({ kind: "locked" });
});

test("the place is free again after a failure", async () => {
  const folder = place();
  const failing = asTenant(folder, "A run", async () => {
    throw new Error("inside");
  });
  await expect(failing).rejects.toThrow("inside");
  expect(await asTenant(folder, "A run", async () => "free")).toBe("free");
});
