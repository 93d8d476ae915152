import { describe, expect, test } from "vitest";
import { readFacts } from "../../src/api/limiter/facts.ts";
import { memoryRates, type RateStore } from "../../src/api/limiter/store.ts";
import type { Answer } from "../../src/api/transport.ts";
import { answer, connect, createTestClock, errorOf, serve } from "./server.ts";
import { createDice, openLimiter, sendAll, simulatePlatform, simulateTime } from "./traffic.ts";

const account = { path: { id: "1" } };

/** An answer that tells how much is left of 600. */
const told = (left: number): Answer => ({
  kind: "answer",
  status: 200,
  headers: { "x-ratelimit-limit": "600", "x-ratelimit-remaining": String(left) },
  body: new Uint8Array(),
});
const silent: Answer = { kind: "answer", status: 200, headers: {}, body: new Uint8Array() };
const refused = (retryAfter: string): Answer => ({
  ...silent,
  status: 429,
  headers: { "retry-after": retryAfter },
});

/** Has a process learn that so many requests are left. */
async function learn(
  store: RateStore,
  time: ReturnType<typeof simulateTime>,
  outcome: Answer,
): Promise<void> {
  const limiter = openLimiter(time, { store, priority: "foreground" });
  (await limiter.enter(undefined)).settle(outcome);
  await time.run(time.timeMs + 1);
}

/** How many of so many calls are let through within a time. */
async function countEntries(
  limiter: ReturnType<typeof openLimiter>,
  time: ReturnType<typeof simulateTime>,
  { calls, withinMs }: { calls: number; withinMs: number },
): Promise<number> {
  let entered = 0;
  for (let call = 0; call < calls; call++) void limiter.enter(undefined).then(() => entered++);
  await time.run(time.timeMs + withinMs);
  return entered;
}

describe("while nothing is known of a limit", () => {
  test("people's calls go at once, bulk work sends one ahead and follows its answer", async () => {
    const time = simulateTime();
    const people = openLimiter(time, { priority: "foreground" });
    expect(await countEntries(people, time, { calls: 20, withinMs: 0 })).toBe(20);
    const bulk = openLimiter(time);
    const first = await bulk.enter(undefined);
    expect(await countEntries(bulk, time, { calls: 20, withinMs: 900 })).toBe(0);
    first.settle(silent);
    expect(await countEntries(bulk, time, { calls: 1, withinMs: 60 })).toBe(1);
  });

  test("a call that is not answered does not hold up the others for more than a second", async () => {
    const time = simulateTime();
    const bulk = openLimiter(time);
    await bulk.enter(undefined);
    expect(await countEntries(bulk, time, { calls: 5, withinMs: 1_050 })).toBe(1);
  });

  test("a platform that names no limit is asked freely, until it refuses", async () => {
    const time = simulateTime();
    const inner = memoryRates();
    let uses = 0;
    const store: RateStore = {
      update(change) {
        uses++;
        return inner.update(change);
      },
    };
    const bulk = openLimiter(time, { store });
    (await bulk.enter(undefined)).settle(silent);
    for (let call = 0; call < 100; call++) (await bulk.enter(undefined)).settle(silent);
    expect(uses).toBeLessThanOrEqual(3);
    (await bulk.enter(undefined)).settle(refused("5"));
    await time.run(time.timeMs);
    expect(await countEntries(bulk, time, { calls: 1, withinMs: 4_900 })).toBe(0);
    expect(await countEntries(bulk, time, { calls: 9, withinMs: 1_200 })).toBe(1);
  });
});

describe("under a known limit", () => {
  test("bulk work spreads over the window, in permits of many at a time", async () => {
    const time = simulateTime();
    const platform = simulatePlatform(time, "6000/min");
    const inner = memoryRates();
    let uses = 0;
    const store: RateStore = {
      update(change) {
        uses++;
        return inner.update(change);
      },
    };
    const end = new AbortController();
    sendAll(openLimiter(time, { store }), platform, { inFlight: 8, latencyMs: () => 20, signal: end.signal });
    for (const part of [1, 2, 3]) {
      await time.run(time.timeMs + 15_000);
      expect(platform.counts.granted / (part * 1_500)).toBeGreaterThan(0.97);
      expect(platform.counts.granted / (part * 1_500)).toBeLessThan(1.03);
    }
    end.abort();
    expect(uses).toBeLessThan(platform.counts.granted / 10);
  });

  test("a person's calls that come one after the other take some ahead, but not the last", async () => {
    const time = simulateTime();
    const inner = memoryRates();
    let uses = 0;
    const store: RateStore = {
      update(change) {
        uses++;
        return inner.update(change);
      },
    };
    const people = openLimiter(time, { store, priority: "foreground" });
    for (let left = 599; left >= 100; left--) (await people.enter(undefined)).settle(told(left));
    expect(uses).toBeLessThan(70);
    for (let left = 99; left >= 10; left--) (await people.enter(undefined)).settle(told(left));
    const other = openLimiter(time, { store, priority: "foreground" });
    expect(await countEntries(other, time, { calls: 10, withinMs: 0 })).toBeGreaterThanOrEqual(8);
  });

  test("bulk work leaves the last of a window to people", async () => {
    const time = simulateTime();
    const store = memoryRates();
    await learn(store, time, told(5));
    expect(await countEntries(openLimiter(time, { store }), time, { calls: 1, withinMs: 50_000 })).toBe(0);
    const people = openLimiter(time, { store, priority: "foreground" });
    expect(await countEntries(people, time, { calls: 9, withinMs: 0 })).toBe(5);
  });

  test("bulk work uses that too once the window may be over any moment", async () => {
    const time = simulateTime();
    const platform = simulatePlatform(time, "60/min");
    const end = new AbortController();
    sendAll(openLimiter(time), platform, { inFlight: 4, latencyMs: () => 50, signal: end.signal });
    await time.run(time.timeMs + 180_000);
    expect(platform.counts.granted).toBeGreaterThanOrEqual(179);
    end.abort();
  });

  test("processes take turns", async () => {
    const time = simulateTime();
    const platform = simulatePlatform(time, "600/min");
    const store = memoryRates();
    const end = new AbortController();
    const entered = Array.from({ length: 8 }, (_, turn) => {
      const own = { ...platform, count: 0 };
      own.answer = (latencyMs) => {
        own.count++;
        return platform.answer(latencyMs);
      };
      const limiter = openLimiter(time, { store, random: createDice(turn) });
      sendAll(limiter, own, { inFlight: 4, latencyMs: () => 50, signal: end.signal });
      return own;
    });
    await time.run(time.timeMs + 60_000);
    end.abort();
    expect(Math.min(...entered.map(({ count }) => count))).toBeGreaterThan(37);
  });

  test("what others have used makes bulk work slower, so that the rest lasts", async () => {
    const time = simulateTime();
    const store = memoryRates();
    await learn(store, time, told(66));
    const half = await countEntries(openLimiter(time, { store }), time, { calls: 100, withinMs: 30_000 });
    expect(half).toBeGreaterThanOrEqual(28);
    expect(half).toBeLessThanOrEqual(33);
  });

  test("calls that take long do not count twice", async () => {
    const time = simulateTime();
    const platform = simulatePlatform(time, "60/min");
    const end = new AbortController();
    sendAll(openLimiter(time), platform, { inFlight: 20, latencyMs: () => 15_000, signal: end.signal });
    await time.run(time.timeMs + 120_000);
    expect(platform.counts.granted).toBeGreaterThanOrEqual(110);
    end.abort();
  });

  test("permits are given back at the end, and written off when a process dies", async () => {
    const time = simulateTime();
    const store = memoryRates();
    await learn(store, time, told(9));
    const [closed, killed] = [1, 2].map(() => openLimiter(time, { store, priority: "foreground" }));
    const permits = await Promise.all([1, 2, 3].map(() => closed?.enter(undefined)));
    await killed?.enter(undefined);
    permits[0]?.settle(told(8));
    for (const permit of permits.slice(1)) permit?.settle(undefined);
    closed?.close();
    await time.run(time.timeMs + 6_000);
    const people = openLimiter(time, { store, priority: "foreground" });
    expect(await countEntries(people, time, { calls: 20, withinMs: 0 })).toBe(7);
  });

  test("a ledger that is broken, or from a time to come, is begun anew", async () => {
    const time = simulateTime();
    for (const text of ["{", "[]", '{"version":1,"savedMs":0,"probeMs":0,"holders":{"a":{}}}', "future"]) {
      const store = memoryRates();
      if (text === "future") {
        await learn(store, time, refused("3600"));
        time.timeMs -= 10_000;
      } else await store.update(() => text);
      const people = openLimiter(time, { store, priority: "foreground", waitMsMax: 0 });
      expect(await countEntries(people, time, { calls: 3, withinMs: 0 })).toBe(3);
    }
  });
});

describe("after a refusal", () => {
  test("every process waits as long as it says, and tells so once", async () => {
    const time = simulateTime();
    const store = memoryRates();
    const untils: number[] = [];
    await learn(store, time, refused("30"));
    const beganMs = time.timeMs - 1;
    const bulk = openLimiter(time, { store, onWait: (untilMs) => untils.push(untilMs) });
    expect(await countEntries(bulk, time, { calls: 3, withinMs: 29_000 })).toBe(0);
    expect(untils).toEqual([beganMs + 30_000]);
    expect(await countEntries(bulk, time, { calls: 1, withinMs: 60_000 })).toBe(1);
  });

  test("permits that were granted before are not used", async () => {
    const time = simulateTime();
    const bulk = openLimiter(time);
    (await bulk.enter(undefined)).settle(told(599));
    await time.run(time.timeMs + 1);
    (await bulk.enter(undefined)).settle(refused("30"));
    expect(await countEntries(bulk, time, { calls: 1, withinMs: 29_000 })).toBe(0);
  });

  test("a call of a person that would wait too long ends at once and says when to try again", async () => {
    const time = simulateTime();
    const store = memoryRates();
    await learn(store, time, refused("90"));
    const people = openLimiter(time, { store, priority: "foreground", waitMsMax: 60_000 });
    const error = await errorOf(people.enter(undefined));
    expect(error).toMatchObject({ kind: "rate_limited", exitCode: 10 });
    expect(error.facts).toMatchObject({ retryable: true, retryAfterS: 90 });
    expect(error.facts.hint).toBe("Try again in 90 s, at 2026-01-02 03:05:35 UTC.");
    await time.run(time.timeMs + 31_000);
    expect(await countEntries(people, time, { calls: 1, withinMs: 60_000 })).toBe(1);
  });

  test("a waiting call can be called off, and the others go on waiting", async () => {
    const time = simulateTime();
    const store = memoryRates();
    await learn(store, time, refused("10"));
    const people = openLimiter(time, { store, priority: "foreground" });
    const called = new AbortController();
    const off = people.enter(called.signal);
    const other = people.enter(undefined);
    called.abort(new Error("off"));
    await expect(off).rejects.toThrow("off");
    await time.run(time.timeMs + 11_000);
    await expect(other).resolves.toHaveProperty("settle");
  });
});

test("an own limit holds besides the platform's", async () => {
  const time = simulateTime();
  const people = openLimiter(time, { priority: "foreground", perSecondMax: 20 });
  const entered = await countEntries(people, time, { calls: 500, withinMs: 10_000 });
  expect(entered).toBeGreaterThanOrEqual(199);
  expect(entered).toBeLessThanOrEqual(206);
});

test("a forecast counts what the limit allows, and a wait", async () => {
  const time = simulateTime();
  const store = memoryRates();
  const limiter = openLimiter(time, { store });
  expect(await limiter.forecast(10_000)).toEqual({ allowedPerMinute: undefined, seconds: undefined });
  await learn(store, time, told(599));
  expect(await limiter.forecast(10_000)).toEqual({ allowedPerMinute: 600, seconds: 1000 });
  await learn(store, time, refused("30"));
  expect((await limiter.forecast(10_000)).seconds).toBe(1030);
  const slower = openLimiter(time, { store, perSecondMax: 5 });
  expect((await slower.forecast(300)).allowedPerMinute).toBe(300);
});

describe("a client", () => {
  test("waits for a limit that another one met, and its login does not count", async () => {
    const rates = memoryRates();
    const clock = createTestClock();
    const server = await serve((_, response, turn) =>
      turn === 0
        ? answer(response, {}, 429, { "retry-after": "7", "x-ratelimit-limit": "600" })
        : answer(response, { success: true, data: { token: "t" } }),
    );
    const one = connect(server.url, { rates, clock, attemptsMax: 1 });
    expect((await errorOf(one.call("getAccount", account))).kind).toBe("rate_limited");
    const two = connect(server.url, { rates, clock });
    const beganMs = clock.timeMs;
    await two.call("login", { body: { username: "u", password: "p" } });
    expect(clock.timeMs).toBe(beganMs);
    await two.call("getAccount", account);
    expect(clock.timeMs - beganMs).toBe(7_000);
    expect(server.seen).toHaveLength(3);
  });

  test("of bulk work waits for hours where one of a person fails", async () => {
    const rates = memoryRates();
    const clock = createTestClock();
    const waits: number[] = [];
    const server = await serve((_, response, turn) =>
      turn === 0 ? answer(response, {}, 429, { "retry-after": "7200" }) : answer(response, { success: true }),
    );
    const beganMs = clock.timeMs;
    const onWait = (untilMs: number) => waits.push(untilMs - beganMs);
    await connect(server.url, { rates, clock, priority: "bulk", onWait }).call("getAccount", account);
    expect(waits).toEqual([7_200_000]);
    expect(clock.timeMs - beganMs).toBeGreaterThanOrEqual(7_200_000);
  });

  test("can be called off while it waits, and a write was not sent then", async () => {
    const rates = memoryRates();
    const server = await serve((_, response) => answer(response, {}, 429, { "retry-after": "50" }));
    await errorOf(connect(server.url, { rates, attemptsMax: 1 }).call("getAccount", account));
    const called = new AbortController();
    const clock = {
      nowMs: createTestClock().nowMs,
      sleep: async () => called.abort(),
    };
    const call = connect(server.url, { rates, clock }).call(
      "createAccount",
      { body: { account_name: "A", customer_id: 1 } },
      { signal: called.signal },
    );
    const error = await errorOf(call);
    expect(error.kind).toBe("interrupted");
    expect(error.facts.outcomeUnknown).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });
});

const nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
const limitHeaders = { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "12" };

test.each([
  [200, {}, undefined],
  [200, { "x-ratelimit-remaining": "12" }, undefined],
  [200, { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "-1" }, undefined],
  [200, limitHeaders, { limit: 60, left: 12, isRefusal: false }],
  [500, limitHeaders, { limit: 60, left: 12, isRefusal: false }],
  [
    200,
    { ...limitHeaders, "x-ratelimit-reset": "20" },
    { limit: 60, left: 12, isRefusal: false, restMs: 20_000 },
  ],
  [429, {}, { left: 0, isRefusal: true }],
  [429, { "retry-after": "9" }, { left: 0, isRefusal: true, restMs: 9_000 }],
  [429, { "retry-after": "999999999" }, { left: 0, isRefusal: true, restMs: 86_400_000 }],
  [429, { "x-ratelimit-reset": String(nowMs / 1000 + 30) }, { left: 0, isRefusal: true, restMs: 30_000 }],
  [
    429,
    { "x-ratelimit-reset": String(nowMs / 1000 + 30), date: "Fri, 02 Jan 2026 03:04:15 GMT" },
    { left: 0, isRefusal: true, restMs: 20_000 },
  ],
])("an answer of %d with %j tells %j", (status, headers, facts) => {
  const times = { sentMs: nowMs - 5, receivedMs: nowMs };
  expect(readFacts({ status, headers }, times.sentMs, times.receivedMs)).toEqual(
    facts && { ...facts, ...times },
  );
});
