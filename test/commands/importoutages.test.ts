import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { fastClock } from "../clock.ts";
import { temporaryFolder } from "../host/desk.ts";
import { accountHeader, type BulkWorld, newAccounts, openBulkWorld, printed } from "../services/bulk/desk.ts";

const count = 60;
const everyName = newAccounts(count).map((line) => line.split(",")[0]);
const sheetOf = (world: BulkWorld) => world.writeSheet("a.csv", accountHeader, newAccounts(count));

describe("a platform in trouble", { timeout: 60_000 }, () => {
  test("that refuses two hundred times with 429 is waited for, and no row is lost", async () => {
    const world = await openBulkWorld();
    const startMs = world.host.clock.nowMs();
    world.sandbox.failNext({ operation: "createAccount", kind: "http429", times: 200 });
    const ended = await world.import("accounts", sheetOf(world));
    expect(ended).toMatchObject({ code: 0 });
    expect(printed(ended)[0]).toMatchObject({ ok: count, failed: 0, unknown: 0 });
    expect(await world.made()).toEqual(everyName);
    expect(world.host.clock.nowMs() - startMs).toBeGreaterThan(10_000);
  });

  test("that fails with 5xx is left alone by the breaker, and gone on with afterwards", async () => {
    const world = await openBulkWorld();
    world.sandbox.failNext({ operation: "createAccount", kind: "http503", times: 10 });
    const startMs = world.host.clock.nowMs();
    const ended = await world.import("accounts", sheetOf(world), "--concurrency", "1");
    expect(ended).toMatchObject({ code: 0 });
    expect(await world.made()).toEqual(everyName);
    // Eight failures in a row open it; the ninth and the tenth are probes, 15 seconds apart.
    expect(world.host.clock.nowMs() - startMs).toBeGreaterThanOrEqual(30_000);
    expect(world.writes().filter(({ status }) => status === 503)).toHaveLength(10);
  });

  test("that is down for a minute is waited for, and every row is done once", async () => {
    const stateDir = temporaryFolder();
    const clock = fastClock(40);
    const options = { stateDir, now: clock.nowMs, accounts: 20, carriers: 3, companies: 5, cdrs: 10 };
    const world = await openBulkWorld({ sandbox: { ...options, faults: "slow:20ms@1" } });
    const words = ["accounts", "import", sheetOf(world), "--yes", "--json"];
    const running = world.runOn({ clock }, ...words);
    while (world.writes().length < 10) await sleep(1);
    const before = world.writes().length;
    await world.sandbox.close();
    await sleep(60_000 / 40);
    const again = await startSandbox({ ...options, port: Number(new URL(world.sandbox.url).port) });
    try {
      const ended = await running;
      expect(ended).toMatchObject({ code: 0 });
      expect(printed(ended)[0]).toMatchObject({ ok: count, failed: 0, unknown: 0 });
      expect(before).toBeLessThan(count);
      expect(await world.made()).toEqual(everyName);
    } finally {
      await again.close();
    }
  });
});

describe("an object that is gone from the platform", () => {
  /** Plans a change of an account that a reset of the platform takes away. */
  const openDoomed = async () => {
    const world = await openBulkWorld();
    const words = ["--account-name", "Doomed", "--customer-id", "2001"];
    const { account_id: id } = await world.json<{ account_id: string }>("accounts", "create", ...words);
    const [first] = await world.table("accounts");
    const sheet = world.writeSheet("a.csv", "account_id,note", [
      `${id},changed`,
      `${first?.account_id},changed`,
    ]);
    const remove = () => fetch(`${world.sandbox.url}/__sandbox/reset`, { method: "POST" });
    return { world, id, sheet, remove };
  };

  test("between plan and apply makes the plan stale", async () => {
    const { world, id, sheet, remove } = await openDoomed();
    const plan = world.path("plan.json");
    expect(await world.import("accounts", sheet, "--plan-out", plan)).toMatchObject({ code: 0 });
    await remove();
    const applied = await world.run("jobs", "apply", plan, "--yes");
    expect(applied.code).toBe(7);
    expect(applied.err).toContain(
      `row 2: ${id}: update was planned, now it is refused: The platform has no account`,
    );
    const rebased = await world.run("jobs", "apply", plan, "--yes", "--rebase", "--json");
    expect(rebased.code).toBe(9);
    expect(printed(rebased)[0]).toMatchObject({ ok: 1, refused: 1 });
    expect(printed(rebased)[1]).toMatchObject([{ line: 2, code: "not_found" }]);
  });

  test("while the rows are sent fails its row, and no other", async () => {
    const { world, sheet, remove } = await openDoomed();
    world.sandbox.failNext({ operation: "getAccount", kind: "slow", delayMs: 2_000, times: 1 });
    const running = world.import("accounts", sheet, "--concurrency", "1");
    while (!world.sandbox.requests().some(({ fault }) => fault === "slow")) await sleep(1);
    await remove();
    const ended = await running;
    expect(ended.code).toBe(9);
    expect(printed(ended)[0]).toMatchObject({ ok: 1, failed: 1 });
    expect(printed(ended)[1]).toMatchObject([{ line: 2, step: "failed", code: "not_found" }]);
  });
});
