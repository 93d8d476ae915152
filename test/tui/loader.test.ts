import { describe, expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import type { Background } from "../../src/tui/background.ts";
import { createLoader } from "../../src/tui/loader.ts";
import {
  answerTo,
  dropAnswers,
  dueAtMs,
  type Loaded,
  putAnswer,
  type Query,
  queryKey,
  staleAnswers,
} from "../../src/tui/model/answers.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { createStore } from "../../src/tui/store.ts";
import { movingClock } from "./moving.ts";
import { commands } from "./program.ts";

const [command] = commands;
if (!command) throw new Error("the tests' program has no command");
const queryOf = (limit: string, settleMs = 0): Query => ({
  command,
  raw: { limit },
  freshMs: 60_000,
  settleMs,
});
const note = (text: string): Loaded => ({ blocks: [{ kind: "note", text }], notices: [] });
const failure = (kind: "network" | "session" | "rate_limited", retryAfterS?: number): Loaded => ({
  error: new SipnavError(kind, "It failed.", retryAfterS === undefined ? {} : { retryAfterS }),
});

const empty = firstState(commands, bindings, { columns: 80, rows: 24 }, 0);

/** A loader over a platform whose answers are given out by hand. */
function openLoader() {
  const clock = movingClock();
  const asked: { limit: string; seating: number; signal: AbortSignal; answer(loaded: Loaded): void }[] = [];
  const background: Background = {
    run: (_, { limit }, seating, signal) =>
      new Promise((answer) => asked.push({ limit: String(limit), seating, signal, answer })),
    close: async () => undefined,
  };
  let wanted: readonly Query[] = [];
  const store = createStore(empty, () => loader.look());
  const loader = createLoader(clock, store, background, () => wanted);
  const settle = () => clock.advance(0);
  return {
    clock,
    asked,
    store,
    loader,
    settle,
    async want(...queries: Query[]) {
      wanted = queries;
      loader.look();
      await settle();
    },
    async answer(index: number, loaded: Loaded) {
      asked[index]?.answer(loaded);
      await settle();
    },
    known: (query: Query) => answerTo(store.get(), query),
  };
}

describe("the loader", () => {
  test("asks once for what is wanted, however often it looks", async () => {
    const world = openLoader();
    const query = queryOf("1");
    await world.want(query);
    await world.want({ ...query, raw: { state: undefined, limit: "1" } });
    expect(world.asked).toHaveLength(1);
    await world.answer(0, note("here"));
    expect(world.known(query)).toMatchObject({ blocks: [{ text: "here" }], loadedAtMs: 0, failures: 0 });
    await world.clock.advance(59_999);
    expect(world.asked).toHaveLength(1);
  });

  test("shows the old answer while it asks again, and keeps it when that fails", async () => {
    const world = openLoader();
    const query = queryOf("1");
    await world.want(query);
    await world.answer(0, note("old"));
    await world.clock.advance(60_000);
    expect(world.asked).toHaveLength(2);
    expect(world.known(query)?.blocks).toMatchObject([{ text: "old" }]);
    await world.answer(1, failure("network"));
    expect(world.known(query)).toMatchObject({ blocks: [{ text: "old" }], loadedAtMs: 0, failures: 1 });
    await world.clock.advance(4_999);
    expect(world.asked).toHaveLength(2);
    await world.clock.advance(1);
    expect(world.asked).toHaveLength(3);
    await world.answer(2, note("new"));
    expect(world.known(query)).toMatchObject({ blocks: [{ text: "new" }], error: undefined, failures: 0 });
  });

  test("ends what is wanted no longer, and takes no late answer", async () => {
    const world = openLoader();
    await world.want(queryOf("1"), queryOf("2"));
    await world.want(queryOf("2"));
    expect(world.asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    await world.answer(0, note("late"));
    expect(world.known(queryOf("1"))).toBeUndefined();
    world.loader.stop();
    expect(world.asked[1]?.signal.aborted).toBe(true);
  });

  test("waits until a typed query stands still", async () => {
    const world = openLoader();
    for (const typed of ["1", "12", "123"]) {
      await world.want(queryOf(typed, 300));
      await world.clock.advance(299);
    }
    await world.clock.advance(1);
    expect(world.asked.map(({ limit }) => limit)).toEqual(["123"]);
  });

  test("asks again after a write, and for somebody else after a login", async () => {
    const world = openLoader();
    const query = queryOf("1");
    await world.want(query);
    await world.answer(0, note("before"));
    world.store.update(staleAnswers);
    await world.settle();
    expect(world.asked).toHaveLength(2);
    world.store.update(dropAnswers);
    await world.settle();
    expect(world.asked[1]?.signal.aborted).toBe(true);
    await world.answer(1, note("of the other login"));
    expect(world.known(query)).toBeUndefined();
    expect(world.asked[2]?.seating).toBe(1);
  });
});

describe("answers", () => {
  const after = (loaded: Loaded, times = 1) => {
    let state = empty;
    for (let time = 0; time < times; time++) state = putAnswer(state, queryOf("1"), loaded, 1_000);
    return dueAtMs(queryOf("1"), answerTo(state, queryOf("1")));
  };

  test.each([
    ["a failure that may pass, soon", failure("network"), 1, 6_000],
    ["after the second in a row, later", failure("network"), 2, 11_000],
    ["after the twentieth, in five minutes", failure("network"), 20, 301_000],
    ["when the platform said", failure("rate_limited", 34), 1, 35_000],
    ["a missing session, never by itself", failure("session"), 1, Number.POSITIVE_INFINITY],
    ["an answer, when it is old", note("x"), 1, 61_000],
  ])("%s is tried again", (_, loaded, times, dueMs) => expect(after(loaded, times)).toBe(dueMs));

  test("are bounded; the one that was put last stays", () => {
    let state = empty;
    for (let index = 0; index < 200; index++)
      state = putAnswer(state, queryOf(String(index)), note(""), index);
    expect(state.answers.size).toBe(64);
    expect([...state.answers.keys()].at(-1)).toBe(queryKey(queryOf("199")));
  });
});
