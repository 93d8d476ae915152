import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryRates } from "../../src/api/limiter/store.ts";
import { limits } from "../../src/core/limits.ts";
import { createDice, openLimiter, sendAll, simulatePlatform, simulateTime } from "./traffic.ts";

/** Bulk processes that could send half as much again as the limit allows, whatever the calls take. */
const anyLoad = fc
  .record({
    perMinute: fc.constantFrom(60, 120, 600, 1500),
    processes: fc.integer({ min: 1, max: 4 }),
    inFlight: fc.integer({ min: 2, max: 8 }),
    slowness: fc.double({ min: 0.02, max: 0.6, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    phaseMs: fc.integer({ min: 0, max: 999 }),
    gapMs: fc.integer({ min: 0, max: 3_000 }),
  })
  .map(({ slowness, ...load }) => ({
    ...load,
    meanMs: Math.min(800, (slowness * load.processes * load.inFlight * 60_000) / load.perMinute),
  }));

/** Lets the processes run, each beginning `gapMs` after the one before. */
async function simulate(load: typeof anyLoad extends fc.Arbitrary<infer L> ? L : never) {
  const time = simulateTime();
  const platform = simulatePlatform(time, `${load.perMinute}/min`, load.phaseMs);
  const store = memoryRates();
  const dice = createDice(load.seed);
  const latencyMs = () => load.meanMs * (0.5 + dice());
  const end = new AbortController();
  const start = async (signal: AbortSignal) => {
    sendAll(openLimiter(time, { store, random: dice }), platform, {
      inFlight: load.inFlight,
      latencyMs,
      signal,
    });
    await time.run(time.timeMs + load.gapMs);
  };
  return { time, platform, store, latencyMs, end, start };
}

test("bulk processes together use 97 % of any limit and are never refused", async () => {
  const property = fc.asyncProperty(anyLoad, async (load) => {
    const { time, platform, end, start } = await simulate(load);
    for (let count = 0; count < load.processes; count++) await start(end.signal);
    const before = platform.counts.granted;
    await time.run(time.timeMs + 2 * limits.rateWindowMs);
    end.abort();
    expect(platform.counts.refused).toBe(0);
    // One more may be under way.
    expect(platform.counts.granted - before + 1).toBeGreaterThanOrEqual(0.97 * 2 * load.perMinute);
  });
  await fc.assert(property, { numRuns: 25 });
});

test("nor with people's calls between, and processes that are killed and begun again", async () => {
  const people = fc.array(fc.double({ min: 20, max: 200, noNaN: true }), { minLength: 1, maxLength: 20 });
  const lives = fc.array(fc.integer({ min: 300, max: 20_000 }), { minLength: 1, maxLength: 10 });
  const property = fc.asyncProperty(anyLoad, people, lives, async (load, pauses, livesMs) => {
    const { time, platform, store, latencyMs, end, start } = await simulate(load);
    const waitsMs: number[] = [];
    const ask = async () => {
      for (let turn = 0; !end.signal.aborted; turn++) {
        await time.sleep(((pauses[turn % pauses.length] ?? 0) * limits.rateWindowMs) / load.perMinute);
        const sinceMs = time.timeMs;
        const permit = await openLimiter(time, { store, priority: "foreground" }).enter(undefined);
        waitsMs.push(time.timeMs - sinceMs);
        permit.settle(await platform.answer(latencyMs()));
      }
    };
    void ask();
    await start(end.signal);
    for (const lifeMs of livesMs) {
      // What was killed gives nothing back and tells nothing more.
      const killed = new AbortController();
      await start(killed.signal);
      await time.run(time.timeMs + lifeMs);
      killed.abort();
    }
    end.abort();
    expect(platform.counts.refused).toBe(0);
    expect(Math.max(0, ...waitsMs)).toBeLessThanOrEqual(3_000);
  });
  await fc.assert(property, { numRuns: 25 });
});
