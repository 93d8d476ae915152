import { expect, test } from "vitest";
import { firstState } from "../../src/tui/model/first.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { runningLines, stopHint, toldRunning } from "../../src/tui/model/running.ts";
import { type State, say } from "../../src/tui/model/state.ts";
import { runStep } from "../../src/tui/model/step.ts";
import { commands } from "./program.ts";
import { openStage } from "./stage.ts";

const size = { columns: 80, rows: 24 };
const wait = commands.find(({ path }) => path[0] === "wait");

function running(): State {
  if (wait === undefined) throw new Error("no such command");
  return runStep(firstState(commands, bindings, size, 1_000_000), wait, {}).state;
}

const withProgress = (state: State, done: number, total: number | undefined): State => ({
  ...state,
  running: state.running && {
    ...state.running,
    progress: {
      done,
      total,
      perSecond: 40,
      endings: [
        ["ok", done - 2],
        ["failed", 2],
      ],
    },
  },
});

test("what is over at once leaves the screen as it is; what takes its time is told of", () => {
  const state = running();
  expect(toldRunning(state)).toBeUndefined();
  expect(toldRunning({ ...state, nowMs: state.nowMs + 999 })).toBeUndefined();
  expect(toldRunning({ ...state, nowMs: state.nowMs + 1_000 })).toBeDefined();
  expect(toldRunning(withProgress(state, 1, 3))).toBeDefined();
});

test("a bar, the counts and what was said since the beginning are the lines of long work", () => {
  const before = say(running(), "The rate limit is used up: waiting 12 s.");
  const state = withProgress({ ...before, nowMs: before.nowMs + 3_000 }, 120, 300);
  const told = toldRunning(state);
  expect(told && runningLines(state, told, 80, 5)).toEqual({
    bar: `[${"#".repeat(24)}${"-".repeat(36)}]  40 %`,
    counts: "120 of 300 rows, 40/s, 0:05 left, 118 ok, 2 failed, 3s so far",
    said: ["The rate limit is used up: waiting 12 s."],
  });
  const open = withProgress(state, 120, undefined);
  const lines = open.running && runningLines(open, open.running, 20, 0);
  expect(lines).toMatchObject({ bar: "", counts: expect.stringContaining("120 rows, 40/s"), said: [] });
});

test("the footer says how to stop, and once that is asked for, how to leave at once", () => {
  const state = running();
  expect(stopHint(state)).toContain("Esc stops");
  const stopping = { running: state.running && { ...state.running, cancelling: true } };
  expect(stopHint(stopping)).toContain("Ctrl-C leaves now");
});

test("a command that goes on is told of after a while, with how long it takes", async () => {
  const stage = openStage();
  await stage.ready();
  await stage.start("3");
  expect(stage.text()).toContain("accounts");
  stage.time.nowMs += 2_000;
  await stage.appears("2s so far");
  expect(stage.rows()[1]).toBe("  wait");
  await stage.press("esc");
  expect(stage.text()).toContain("Cancelled.");
});
