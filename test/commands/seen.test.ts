import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { completeLine } from "../../src/cli/candidates.ts";
import { withLineTools } from "../../src/cli/tools.ts";
import { registry } from "../../src/commands/registry.ts";
import { limits } from "../../src/core/limits.ts";
import { openWorld, type World } from "../world.ts";

/** The candidates of the last word, each as its value and its summary. */
async function complete(world: World, line: string): Promise<string[][]> {
  const before = world.sandbox.requests().length;
  const { code, out, err } = await world.run("__complete", "--", ...line.split(" "));
  expect({ code, err, asked: world.sandbox.requests().length - before }).toEqual({
    code: 0,
    err: "",
    asked: 0,
  });
  return out.split("\n").flatMap((row) => (row === "" ? [] : [row.split("\t")]));
}

const fileOf = (world: World, profile = "default") =>
  join(world.host.folders.state, "seen", `${profile}.json`);

describe("ids that results showed", () => {
  test("are completed with their names, without the platform, wherever one is asked for", async () => {
    const world = await openWorld();
    expect(await complete(world, "accounts show 1")).toEqual([]);
    const rows = await world.json<Record<string, string>[]>("accounts", "list", "--limit", "3");
    const things = rows.map(({ account_id, account_name }) => [account_id, account_name]);
    expect(await complete(world, "accounts show 1")).toEqual(things);
    expect(await complete(world, "cdr search --account 1")).toEqual(things);
    expect(await complete(world, "cdr search --account=10002")).toEqual([
      ["--account=10002", rows[1]?.account_name],
    ]);
    expect(await complete(world, "carriers show ")).toEqual([]);
    const commands = withLineTools(registry, async () => undefined);
    expect(await completeLine("accounts show 10003", world.host, commands)).toEqual([["10003 "], "10003"]);
    expect((await completeLine("use account 1", world.host, commands))[0]).toHaveLength(3);
  });

  test("come of lists, records and what was made, and a result without names forgets none", async () => {
    const world = await openWorld();
    await world.run("companies", "show", "2002");
    await world.run("companies", "balance", "2002");
    await world.run("companies", "create", "--customer-name", "New one");
    await world.run("accounts", "carriers", "10001");
    const companies = await complete(world, "companies show ");
    expect(companies).toHaveLength(2);
    expect(companies.every(([, name]) => (name ?? "") !== "")).toBe(true);
    expect((await complete(world, "carriers show ")).length).toBeGreaterThan(0);
  });

  test("are the owner's alone, and hold nothing of calls", async () => {
    const world = await openWorld();
    await world.run("cdr", "search", "--from", "7d", "--limit", "5");
    expect(existsSync(fileOf(world))).toBe(false);
    await world.run("accounts", "list", "--limit", "1");
    expect(statSync(fileOf(world)).mode & 0o777).toBe(0o600);
  });

  test("are of the profile that a line names, and of its platform", async () => {
    const world = await openWorld();
    await world.run("accounts", "list", "--limit", "2");
    await world.run("profiles", "add", "lab", "--base-url", world.sandbox.url);
    expect(await complete(world, "accounts show --profile lab ")).toEqual([]);
    expect(await complete(world, "--profile default accounts show ")).toHaveLength(2);
    await world.run("config", "set", "baseUrl", "https://other.example.com");
    expect(await complete(world, "accounts show ")).toEqual([]);
  });

  test("are forgotten with their profile", async () => {
    const world = await openWorld();
    await world.run("profiles", "add", "lab", "--base-url", world.sandbox.url);
    world.feed(`${world.sandbox.token}\n`);
    await world.run("login", "--profile", "lab", "--token-stdin", "--store", "keychain");
    await world.run("accounts", "list", "--limit", "2", "--profile", "lab");
    expect(existsSync(fileOf(world, "lab"))).toBe(true);
    expect((await world.run("profiles", "remove", "lab", "--yes")).code).toBe(0);
    expect(existsSync(fileOf(world, "lab"))).toBe(false);
  });

  test("are so many at the most, the latest first, and a long name is cut", async () => {
    const world = await openWorld({ sandbox: { accounts: limits.seenIdsMax + 50 } });
    const last =
      (await world.run("accounts", "list", "--all", "-o", "ids")).out.trim().split("\n").at(-1) ?? "";
    await world.run("accounts", "show", last);
    await world.run("accounts", "create", "--account-name", "x\u001b".repeat(50), "--customer-id", "2001");
    const found = await complete(world, "accounts show ");
    expect(found).toHaveLength(limits.seenIdsMax);
    expect(found[1]?.[0]).toBe(last);
    expect(found[0]?.[1]).toMatch(/^(x␛)+$/);
    expect(statSync(fileOf(world)).size).toBeLessThan(100 * limits.seenIdsMax);
  });

  test("that are known already are not written again; a broken file is as good as none", async () => {
    const world = await openWorld();
    await world.run("accounts", "list", "--limit", "2");
    const { ino } = statSync(fileOf(world));
    await world.run("accounts", "list", "--limit", "2");
    expect(statSync(fileOf(world)).ino).toBe(ino);
    writeFileSync(fileOf(world), "{ broken");
    expect(await complete(world, "accounts show ")).toEqual([]);
    expect((await world.run("accounts", "list", "--limit", "2")).code).toBe(0);
    expect(JSON.parse(readFileSync(fileOf(world), "utf8")).things.account).toHaveLength(2);
  });
});
