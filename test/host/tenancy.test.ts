import { spawnSync } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asSipnavError } from "../../src/core/errors.ts";
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
  for (let round = 0; round < 10; round++) {
    const arrived: string[] = [];
    const allArrived = new EventEmitter();
    const arrive = (as: string) => {
      if (arrived.push(as) === 8) allArrived.emit("end");
    };
    // Whoever is in stays until all have come: one that came later would be let in by right.
    const enter = () =>
      asTenant(folder, "A run", async () => {
        const end = once(allArrived, "end");
        arrive("inside");
        await end;
      }).catch((thrown: unknown) => arrive(asSipnavError(thrown).kind));
    await Promise.all(Array.from({ length: 8 }, enter));
    expect(arrived.filter((as) => as === "inside").length).toBeLessThanOrEqual(1);
    expect(new Set(arrived.filter((as) => as !== "inside"))).toEqual(new Set(["locked"]));
    expect(await asTenant(folder, "A run", async () => "alone")).toBe("alone");
  }
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
