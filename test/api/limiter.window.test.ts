import { expect, test } from "vitest";
import type { Facts } from "../../src/api/limiter/facts.ts";
import { learn, presumeWindow, type Window, writeOff } from "../../src/api/limiter/window.ts";

const facts = (left: number, sentMs: number, receivedMs: number, more: Partial<Facts> = {}): Facts => ({
  limit: 60,
  left,
  isRefusal: false,
  sentMs,
  receivedMs,
  ...more,
});

/** What is known after some answers, beginning with nothing or with a window. */
const learnAll = (answers: readonly Facts[], window?: Window) => answers.reduce(learn, window);

test("a window whose first request was seen ends a minute after it, or a second earlier", () => {
  const window = learnAll([facts(59, 1_000, 1_200)]);
  expect(window).toMatchObject({ left: 59, endsMinMs: 60_000, endsMaxMs: 61_200 });
  const joined = learnAll([facts(30, 101_000, 101_200)]);
  expect(joined).toMatchObject({ left: 30, endsMinMs: 100_000, endsMaxMs: 161_200 });
});

test("an answer that another one overtook says nothing new", () => {
  const window = learnAll([facts(58, 1_010, 1_100), facts(59, 1_000, 1_200)]);
  expect(window).toMatchObject({ left: 58, endsMaxMs: 61_100 });
});

test("more requests left than before: a new window has begun", () => {
  const window = learnAll([facts(59, 0, 100), facts(2, 58_000, 58_100), facts(58, 60_000, 60_200)]);
  expect(window).toMatchObject({ left: 58, openedMs: 60_200, endsMinMs: 117_100, endsMaxMs: 120_200 });
});

test("an answer from the window before takes one off the new one", () => {
  const window = learnAll([facts(59, 0, 100), facts(2, 58_000, 58_100), facts(59, 60_000, 60_200)]);
  expect(window && learn(window, facts(1, 59_900, 60_300))).toMatchObject({ left: 58, openedMs: 60_200 });
});

test("requests that were written off and not made come back, and the window goes on", () => {
  const open = learnAll([facts(59, 0, 100), facts(20, 59_000, 59_100)]) as Window;
  const window = learn(writeOff(open, 8), facts(19, 59_200, 59_300));
  expect(window).toMatchObject({ left: 19, openedMs: 100, endsMaxMs: 60_100 });
  const next = learn(writeOff(open, 8), facts(59, 59_900, 59_990));
  expect(next).toMatchObject({ left: 59, openedMs: 59_990 });
});

test("a window that is presumed gives way to the first answer that was sent within it", () => {
  const presumed = presumeWindow(learnAll([facts(59, 0, 100)]), 60, 60_100);
  expect(learn(presumed, facts(3, 60_000, 60_150))).toBe(presumed);
  expect(learn(presumed, facts(40, 60_110, 60_200))).toMatchObject({ left: 40, endsMinMs: 118_000 });
});

test("a refusal dates the end, and one without a date leaves it as it is", () => {
  const open = learnAll([facts(59, 0, 100)]);
  const refusal = { isRefusal: true };
  expect(learn(open as Window, facts(0, 200, 300, { ...refusal, restMs: 9_000 }))).toMatchObject({
    left: 0,
    endsMaxMs: 9_300,
  });
  expect(learn(open as Window, facts(0, 200, 300, refusal))).toMatchObject({ left: 0, endsMaxMs: 60_100 });
  expect(learn(undefined, facts(0, 200, 300, refusal))).toBeUndefined();
});
