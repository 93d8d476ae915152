import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { createRateLimit } from "../../src/sandbox/ratelimit.ts";
import { Refusal } from "../../src/sandbox/refusal.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { buildRateProgram, startRateProgram } from "./rateprogram.ts";

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
  const reports = await Promise.all([1, 2].map(() => startRateProgram(program, job).report));
  const sent = reports.map((report) => report?.answered ?? 0);
  const total = sent.reduce((sum, count) => sum + count, 0);
  expect(reports.map((report) => report?.refused)).toEqual([0, 0]);
  // Five a second, less the time that a busy machine takes to start the second process.
  expect(total).toBeGreaterThanOrEqual(0.9 * 40);
  expect(total).toBeLessThanOrEqual(40 + 3);
  expect(Math.min(...sent)).toBeGreaterThan(0);
});

test("eight processes under one file, one of them killed, are never refused", async () => {
  const folder = freshFolder();
  const program = buildRateProgram("runLimiter", folder);
  const limit = createRateLimit("1200/min");
  const counts = { granted: 0, refused: 0 };
  const judge = () => {
    try {
      const headers = limit("operator", Date.now());
      counts.granted++;
      return { status: 200, headers };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      counts.refused++;
      return { status: 429, headers: { ...error.facts.headers } };
    }
  };
  const job = { file: join(folder, "rates.json"), forMs: 4_000, inFlight: 4 };
  const runs = Array.from({ length: 8 }, () =>
    startRateProgram(program, job, (child) => {
      const { status, headers } = judge();
      const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      child.send({ status, headers: Object.fromEntries(names) });
    }),
  );
  await sleep(1_500);
  runs[0]?.child.kill("SIGKILL");
  const reports = await Promise.all(runs.map(({ report }) => report));
  expect(reports.filter((report) => report === undefined)).toHaveLength(1);
  expect(counts.refused).toBe(0);
  // Twenty a second: all together get what one would get, and each by itself would have used up the limit.
  expect(counts.granted).toBeGreaterThan(0.75 * 80);
  expect(counts.granted).toBeLessThanOrEqual(1.25 * 80);
  expect(JSON.parse(readFileSync(job.file, "utf8"))).toMatchObject({ limit: 1200 });
});
