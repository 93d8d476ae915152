import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";

/** Paints at once, or a little later when it has just painted. */
export interface Pace {
  /** Asks for a paint; any number of requests within an interval make one. */
  request(): void;
  /** No more paints. */
  stop(): void;
}

/** A pace of one paint an interval: the first request of a burst is served at once, the rest by one at its end. */
export function createPace(clock: Clock, paint: () => void): Pace {
  const stopped = new AbortController();
  let waiting = false;
  let wanted = false;
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
    stop: () => stopped.abort(),
  };
}
