import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../src/core/clock.ts";

/** A Wednesday afternoon in the Americas, when the embedded platform has calls in every hour that tests look at. */
const startMs = Date.parse("2026-03-04T15:20:30Z");

/**
 * A clock that runs as fast as the computer's and says the same at every run, so that no figure depends on the hour at
 * which tests are run. Milliseconds since 1970.
 */
export const steadyNow = (): number => startMs + performance.now();

/** A clock that goes so many times as fast, so that a minute passes in a test. */
export function fastClock(speed: number): Clock {
  const firstMs = steadyNow();
  return {
    nowMs: () => firstMs + (steadyNow() - firstMs) * speed,
    sleep: (durationMs, signal) => sleep(durationMs / speed, undefined, { signal }).catch(() => undefined),
  };
}

/** How long this process computes, in milliseconds: others that keep the machine busy don't count. */
export function computedMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
