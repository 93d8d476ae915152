import { expect, test } from "vitest";
import { createMeter, progressText } from "../../src/core/progress.ts";

function openMeter(doneBefore = 0) {
  const clock = { timeMs: 5_000, nowMs: () => clock.timeMs };
  const shown: string[] = [];
  const meter = createMeter((progress) => shown.push(progressText(progress)), clock, doneBefore);
  return { clock, shown, meter };
}

test("a meter tells rows, pace and time left, not more often than it can be read", () => {
  const { clock, shown, meter } = openMeter();
  for (let page = 1; page <= 100; page++) {
    clock.timeMs += 10;
    meter(page * 100, 75_000);
  }
  expect(shown).toHaveLength(10);
  expect(shown.at(-1)).toBe("10,000 of 75,000 rows, 10,000/s, 0:07 left");
  clock.timeMs += 1_000;
  meter(20_000, undefined);
  expect(shown.at(-1)).toBe("20,000 rows, 10,000/s");
  clock.timeMs += 1_000;
  meter(75_000, 75_000);
  expect(shown.at(-1)).toBe("75,000 rows, 25,000/s");
});

test("rows of an earlier run say nothing of the pace, and how rows ended is told", () => {
  const { clock, shown, meter } = openMeter(1_000);
  clock.timeMs += 10_000;
  meter(2_000, 10_000, () => [
    ["ok", 1_991],
    ["failed", 7],
    ["unknown", 2],
  ]);
  expect(shown).toEqual(["2,000 of 10,000 rows, 100/s, 1:20 left, 1,991 ok, 7 failed, 2 unknown"]);
});

test("slow work has a pace with a fraction, and work that stands still has no time left", () => {
  const { clock, shown, meter } = openMeter();
  clock.timeMs += 10_000;
  meter(5, 10);
  expect(shown.at(-1)).toBe("5 of 10 rows, 0.5/s, 0:10 left");
  clock.timeMs += 10_000;
  meter(0, 10);
  expect(shown.at(-1)).toBe("0 of 10 rows, 0.0/s");
});
