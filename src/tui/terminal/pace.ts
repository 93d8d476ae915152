import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";

/** Paints at once, or a little later when it has just painted. */
export interface Pace {
  /** Asks for a paint; any number of requests within an interval make one. */
  request(): void;
  /** Paints now what was asked for: a key does not wait behind what goes on by itself, though keys do behind keys. */
  hurry(): void;
  /** No more paints. */
  stop(): void;
}

/** A pace of one paint an interval: the first request of a burst is served at once, the rest by one at its end. */
export function createPace(clock: Clock, paint: () => void): Pace {
  const stopped = new AbortController();
  let waiting = false;
  let wanted = false;
  let hurriedAtMs = Number.NEGATIVE_INFINITY;
  const serve = async () => {
    waiting = true;
    do {
      wanted = false;
      paint();
      await clock.sleep(limits.paintIntervalMs, stopped.signal);
    } while (wanted && !stopped.signal.aborted);
    waiting = false;
  };
  return {
    request() {
      wanted = true;
      if (!waiting && !stopped.signal.aborted) void serve();
    },
    hurry() {
      const nowMs = clock.nowMs();
      if (!wanted || stopped.signal.aborted || nowMs - hurriedAtMs < limits.paintIntervalMs) return;
      hurriedAtMs = nowMs;
      wanted = false;
      paint();
    },
    stop: () => stopped.abort(),
  };
}
