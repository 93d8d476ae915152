import type { Clock } from "../../src/core/clock.ts";

/** A clock that moves when asked. */
export interface MovingClock extends Clock {
  /** Moves on and ends the sleeps that are due, earliest first. */
  advance(durationMs: number): Promise<void>;
}

/** A clock at zero. */
export function movingClock(): MovingClock {
  let nowMs = 0;
  const sleepers: { dueMs: number; wake: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        sleepers.push({ dueMs: nowMs + durationMs, wake: resolve });
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
    async advance(durationMs) {
      nowMs += durationMs;
      const due = sleepers.filter(({ dueMs }) => dueMs <= nowMs).toSorted((a, b) => a.dueMs - b.dueMs);
      for (const sleeper of due) {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        sleeper.wake();
      }
      // The sleepers' own continuations come first.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
