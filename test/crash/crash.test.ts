import { expect, test } from "vitest";
import { bin } from "../system/program.ts";
import { runCrashes } from "./harness.ts";

test("killed at random moments under faults, an import loses no row and doubles none", async () => {
  const result = await runCrashes({
    program: bin,
    kills: 25,
    rows: 500,
    faults: "http429:0.005,http500:0.02,reset:0.01,lost:0.01,slow:20ms@0.05",
    log: () => undefined,
  });
  expect(result).toMatchObject({ lost: [], doubled: [], wrong: [] });
  expect(result.kills).toBeGreaterThanOrEqual(25);
}, 120_000);
