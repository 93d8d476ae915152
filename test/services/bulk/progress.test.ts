import { expect, test } from "vitest";
import { createProgress } from "../../../src/services/bulk/progress.ts";
import type { Step, Steps } from "../../../src/services/bulk/steps.ts";

test("says how many rows have ended, how fast, how long it takes still, and how they ended", () => {
  const time = { nowMs: 1_000_000 };
  const counts: Partial<Record<Step, number>> = { ok: 0, failed: 0, unknown: 0 };
  const steps = { count: (step: Step) => counts[step] ?? 0 } as Steps;
  const shown: string[] = [];
  const progress = createProgress(10_000, (text) => shown.push(text), { nowMs: () => time.nowMs });
  for (let n = 0; n < 1_000; n++) {
    counts.ok = n + 1;
    time.nowMs += 10;
    progress(steps);
  }
  // Once in a hundred milliseconds is more than anybody reads.
  expect(shown.length).toBeLessThanOrEqual(100);
  counts.failed = 7;
  counts.unknown = 2;
  time.nowMs += 100;
  progress(steps);
  expect(shown.at(-1)).toBe("1,009 of 10,000 rows, 100/s, 1:30 left, 1,000 ok, 7 failed, 2 unknown");
});
