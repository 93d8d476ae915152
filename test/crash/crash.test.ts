import { expect, test } from "vitest";
import { bin } from "../system/program.ts";
import { runCrashes } from "./harness.ts";

test.concurrent.each([
  ["csv", 500, 25],
  ["xlsx", 200, 5],
] as const)(
  "killed at random moments under faults, an import loses no row and doubles none: %s",
  async (format, rows, kills) => {
    const result = await runCrashes({
      program: bin,
      kills,
      rows,
      format,
      faults: "http429:0.005,http500:0.02,reset:0.01,lost:0.01,slow:20ms@0.05",
      log: () => undefined,
    });
    expect(result).toMatchObject({ lost: [], doubled: [], wrong: [], replanned: 0 });
    expect(result.added).toBe(result.rows);
    expect(result.reported).toBe(result.rows + result.changes);
    expect(result.kills).toBeGreaterThanOrEqual(kills);
  },
  // A row without an answer is looked for again after half a minute, and what is sent then may be lost, too.
  400_000,
);
