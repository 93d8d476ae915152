import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { memoryRates, type RateStore } from "../../src/api/limiter/store.ts";
import { createLimiter } from "../../src/api/limiter.ts";
import { openRateFile } from "../../src/host/ratefile.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { buildRateProgram, createJudge, startRateProgram } from "../api/rateprogram.ts";

const decisions = 20_000;
const perMinute = 600;
const forMs = 60_000;

/** Prints what a decision costs, and how much of a platform's limit one and two processes use in a minute. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(process.cwd(), "node_modules", ".rates-"));
  try {
    await printDecisions("in memory", memoryRates());
    await printDecisions("in a file", openRateFile(join(folder, "alone.json")));
    const program = buildRateProgram("runClient", folder);
    await printContention(folder);
    await printShare(program, folder, { processes: 1, perMinute, forMs });
    await printShare(program, folder, { processes: 2, perMinute, forMs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Calls one after the other under a limit of ten million a minute, with the clock at work. */
async function printDecisions(name: string, store: RateStore): Promise<void> {
  let uses = 0;
  const counted: RateStore = {
    update(change) {
      uses++;
      return store.update(change);
    },
  };
  const clock = { nowMs: Date.now, sleep: () => Promise.resolve() };
  const options = { clock, random: Math.random, perSecondMax: undefined, waitMsMax: 0, onWait: undefined };
  for (const priority of ["bulk", "foreground"] as const) {
    const limiter = createLimiter({ ...options, store: counted, priority });
    let left = 9_999_999;
    const tookUs: number[] = [];
    uses = 0;
    for (let call = 0; call < decisions; call++) {
      const startMs = performance.now();
      const permit = await limiter.enter(undefined);
      tookUs.push((performance.now() - startMs) * 1000);
      const headers = { "x-ratelimit-limit": "10000000", "x-ratelimit-remaining": String(left--) };
      permit.settle({ kind: "answer", status: 200, headers, body: new Uint8Array() });
    }
    limiter.close();
    console.log(
      `${priority} decision ${name}`.padEnd(32),
      `p50 ${at(tookUs, 0.5).toFixed(1)} µs  p99 ${at(tookUs, 0.99).toFixed(1)} µs  mean ${mean(tookUs).toFixed(1)} µs  the store is used ${((100 * uses) / decisions).toFixed(1)} times in 100 calls`,
    );
  }
}

/** Eight processes with nothing to do but to decide; their own waits for a processor are in the figures. */
async function printContention(folder: string): Promise<void> {
  const program = buildRateProgram("runLimiter", folder);
  const judge = createJudge("6000/min");
  const job = { file: join(folder, "eight.json"), forMs: 10_000, inFlight: 8 };
  const runs = Array.from({ length: 8 }, () => startRateProgram(program, job, judge.answer).report);
  const reports = (await Promise.all(runs)).flatMap((report) => report ?? []);
  const usesMs = reports.flatMap((report) => report.usesMs);
  const keptMs = reports.flatMap((report) => report.keptMs);
  const { granted, refused } = judge.counts;
  const writesMs = reports.flatMap((report) => report.writesMs);
  console.log(
    "8 processes at 6000/min, 10 s".padEnd(32),
    `${granted} of 1000 (${reports.map(({ answered }) => answered).join(" + ")})  429s ${refused}  ` +
      `a call that may go is kept p50 ${at(keptMs, 0.5).toFixed(3)} ms  p99 ${at(keptMs, 0.99).toFixed(2)} ms; ` +
      `file used ${usesMs.length} times, p50 ${at(usesMs, 0.5).toFixed(2)} ms  p99 ${at(usesMs, 0.99).toFixed(2)} ms; ` +
      `bare write and rename beside it p50 ${at(writesMs, 0.5).toFixed(2)} ms  p99 ${at(writesMs, 0.99).toFixed(2)} ms`,
  );
}

async function printShare(
  program: string,
  folder: string,
  load: { processes: number; perMinute: number; forMs: number },
): Promise<void> {
  const sandbox = await startSandbox({ rateLimit: `${load.perMinute}/min`, cdrs: 100 });
  const { url, token } = sandbox;
  const file = join(folder, `${load.processes}.json`);
  const job = { file, forMs: load.forMs, inFlight: 8, url, token };
  const runs = Array.from({ length: load.processes }, () => startRateProgram(program, job).report);
  const reports = (await Promise.all(runs)).flatMap((report) => report ?? []);
  await sandbox.close();
  const answered = reports.map((report) => report.answered);
  const refused = reports.reduce((sum, report) => sum + report.refused, 0);
  const allowed = (load.perMinute * load.forMs) / 60_000;
  const total = answered.reduce((sum, count) => sum + count, 0);
  const tookMs = reports.flatMap((report) => report.usesMs);
  console.log(
    `${load.processes} processes at ${load.perMinute}/min, ${load.forMs / 1000} s`.padEnd(32),
    `${total} of ${allowed} = ${((100 * total) / allowed).toFixed(1)} %  (${answered.join(" + ")})  429s ${refused}  file used ${tookMs.length} times, p50 ${at(tookMs, 0.5).toFixed(2)} ms  p99 ${at(tookMs, 0.99).toFixed(2)} ms`,
  );
}

function at(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
