import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { buildRateProgram, createJudge, startRateProgram } from "./rateprogram.ts";

// The processes run for seconds, and are started beforehand.
vi.setConfig({ testTimeout: 60_000 });

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-rates-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("two processes share a platform's limit", async () => {
  const folder = freshFolder();
  const sandbox = await startSandbox({ rateLimit: "300/min", cdrs: 100 });
  onTestFinished(() => sandbox.close());
  const program = buildRateProgram("runClient", folder);
  const { url, token } = sandbox;
  const job = { file: join(folder, "rates.json"), forMs: 8_000, inFlight: 4, url, token };
  const startMs = performance.now();
  const reports = await Promise.all([1, 2].map(() => startRateProgram(program, job).report));
  const allowed = (5 * (performance.now() - startMs)) / 1000;
  const sent = reports.map((report) => report?.answered ?? 0);
  const total = sent.reduce((sum, count) => sum + count, 0);
  expect(reports.map((report) => report?.refused)).toEqual([0, 0]);
  // Five a second; a busy machine takes its time to start the processes.
  expect(total).toBeGreaterThanOrEqual(0.7 * 40);
  expect(total).toBeLessThanOrEqual(allowed + 3);
  expect(Math.min(...sent)).toBeGreaterThan(0);
});

test("eight processes under one file, one of them killed, are never refused", async () => {
  const folder = freshFolder();
  const program = buildRateProgram("runLimiter", folder);
  const judge = createJudge("1200/min");
  const job = { file: join(folder, "rates.json"), forMs: 4_000, inFlight: 4 };
  const startMs = performance.now();
  const runs = Array.from({ length: 8 }, (_, index) =>
    startRateProgram(program, job, (child) => {
      // In the midst of them all, with a request under way.
      if (index === 0 && judge.counts.granted > 20) child.kill("SIGKILL");
      judge.answer(child);
    }),
  );
  const reports = await Promise.all(runs.map(({ report }) => report));
  const allowed = (20 * (performance.now() - startMs)) / 1000;
  expect(reports.filter((report) => report === undefined)).toHaveLength(1);
  expect(judge.counts.refused).toBe(0);
  // Each by itself would have used up the limit in that time.
  expect(judge.counts.granted).toBeGreaterThan(30);
  expect(judge.counts.granted).toBeLessThan(allowed + 20);
  expect(JSON.parse(readFileSync(job.file, "utf8"))).toMatchObject({ limit: 1200 });
});
