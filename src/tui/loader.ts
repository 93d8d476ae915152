import type { Clock } from "../core/clock.ts";
import type { Background } from "./background.ts";
import { type Answer, dueAtMs, putAnswer, type Query, queryKey } from "./model/answers.ts";
import { fillPanels } from "./model/panels.ts";
import type { State } from "./model/state.ts";
import type { Store } from "./store.ts";

/** Keeps what the screen wants loaded: runs each wanted query once, and again when its answer is old or failed. */
export interface Loader {
  /** Looks at what is wanted now; to be called after each change of the state. */
  look(): void;
  /** Ends every run, for good. */
  stop(): void;
}

/** A query that waits for its time, or runs. */
interface Tended {
  /** What was known when it was begun: with another answer there, another time is due. */
  readonly basis: Answer | undefined;
  readonly seating: number;
  readonly leaving: AbortController;
}

/** Longer sleeps are more than a timer takes. */
const sleepMsMax = 2 ** 31 - 1;

/**
 * A loader of what `wants` says of the state; the answers go into the state.
 * @param wants queries with different keys; the same state always wants the same
 */
export function createLoader(
  clock: Clock,
  store: Store<State>,
  background: Background,
  wants: (state: State) => readonly Query[],
): Loader {
  const tended = new Map<string, Tended>();
  let isStopped = false;

  const tend = async (query: Query, key: string, { basis, seating, leaving }: Tended) => {
    const { signal } = leaving;
    const dueMs = dueAtMs(query, basis) - clock.nowMs();
    const waitMs = Math.max(dueMs, basis === undefined ? (query.settleMs ?? 0) : 0);
    if (waitMs > sleepMsMax) return;
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    if (signal.aborted) return;
    const loaded = await background.run(query.command, query.raw, seating, signal);
    if (signal.aborted) return;
    tended.delete(key);
    store.update((state) => fillPanels(putAnswer(state, query, loaded, clock.nowMs())));
  };

  const look = () => {
    if (isStopped) return;
    const state = store.get();
    const wanted = new Map(wants(state).map((query) => [queryKey(query), query]));
    for (const [key, { basis, seating, leaving }] of tended) {
      if (wanted.has(key) && basis === state.answers.get(key) && seating === state.seating) continue;
      tended.delete(key);
      leaving.abort();
    }
    for (const [key, query] of wanted) {
      if (tended.has(key)) continue;
      const begun = { basis: state.answers.get(key), seating: state.seating, leaving: new AbortController() };
      tended.set(key, begun);
      void tend(query, key, begun);
    }
  };
  return {
    look,
    stop() {
      isStopped = true;
      for (const { leaving } of tended.values()) leaving.abort();
      tended.clear();
    },
  };
}
