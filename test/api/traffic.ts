import { setMaxListeners } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { memoryRates } from "../../src/api/limiter/store.ts";
import { createLimiter, type Limiter, type LimiterOptions } from "../../src/api/limiter.ts";
import type { Clock } from "../../src/core/clock.ts";
import { createRateLimit } from "../../src/sandbox/ratelimit.ts";
import { Refusal } from "../../src/sandbox/refusal.ts";

interface Timer {
  atMs: number;
  wake(): void;
}

/** Time that jumps from one sleeper to the next as soon as nothing else is left to do. */
export interface SimulatedTime extends Clock {
  timeMs: number;
  run(untilMs: number): Promise<void>;
}

export function simulateTime(startMs = Date.UTC(2026, 0, 2, 3, 4, 5)): SimulatedTime {
  const timers: Timer[] = [];
  const time: SimulatedTime = {
    timeMs: startMs,
    nowMs: () => time.timeMs,
    sleep: (waitMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = { atMs: time.timeMs + Math.max(0, waitMs), wake: resolve };
        const next = timers.findIndex(({ atMs }) => atMs > timer.atMs);
        timers.splice(next === -1 ? timers.length : next, 0, timer);
        signal?.addEventListener("abort", () => {
          timers.splice(timers.indexOf(timer), 1);
          resolve();
        });
      }),
    async run(untilMs) {
      for (;;) {
        await new Promise(setImmediate);
        const [timer] = timers;
        if (timer === undefined || timer.atMs > untilMs) break;
        timers.shift();
        time.timeMs = Math.max(time.timeMs, timer.atMs);
        timer.wake();
      }
      time.timeMs = untilMs;
    },
  };
  return time;
}

/** A platform that only counts; `phaseMs` is how far its clock is ahead of this computer's. */
export function simulatePlatform(time: SimulatedTime, spec: string, phaseMs = 0) {
  const limit = createRateLimit(spec);
  const counts = { granted: 0, refused: 0 };
  return {
    counts,
    /** One request, with the way there and back. */
    async answer(latencyMs: number) {
      await time.sleep(latencyMs / 2);
      const reply = judge();
      await time.sleep(latencyMs / 2);
      return { kind: "answer" as const, body: new Uint8Array(), ...reply };
    },
  };
  function judge(): { status: number; headers: IncomingHttpHeaders } {
    try {
      const headers = limit("operator", time.timeMs + phaseMs);
      counts.granted++;
      return { status: 200, headers: lowerCase(headers) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      counts.refused++;
      return { status: 429, headers: lowerCase({ ...error.facts.headers }) };
    }
  }
}

export type SimulatedPlatform = ReturnType<typeof simulatePlatform>;

/** A limiter for a test, with a store of its own unless one is given. */
export function openLimiter(clock: Clock, options: Partial<LimiterOptions> = {}): Limiter {
  return createLimiter({
    store: memoryRates(),
    clock,
    priority: "bulk",
    random: createDice(clock.nowMs() % 1_000),
    perSecondMax: undefined,
    waitMsMax: Number.POSITIVE_INFINITY,
    onWait: undefined,
    ...options,
  });
}

/** Sends as much as the limiter allows, `inFlight` calls at a time, until `signal` is aborted: as if it were killed. */
export function sendAll(
  limiter: Limiter,
  platform: SimulatedPlatform,
  { inFlight, latencyMs, signal }: { inFlight: number; latencyMs: () => number; signal: AbortSignal },
): void {
  setMaxListeners(0, signal);
  const send = async () => {
    while (!signal.aborted) {
      const permit = await limiter.enter(signal);
      const outcome = await platform.answer(latencyMs());
      if (!signal.aborted) permit.settle(outcome);
    }
  };
  for (let call = 0; call < inFlight; call++) send().catch(() => undefined);
}

/** Numbers from 0 to 1 that are the same in every run. */
export function createDice(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
