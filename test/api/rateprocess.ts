import { renameSync, writeFileSync } from "node:fs";
import { createClient } from "../../src/api/client.ts";
import { createLimiter } from "../../src/api/limiter.ts";
import type { Answer } from "../../src/api/transport.ts";
import type { Clock } from "../../src/core/clock.ts";
import { systemClock } from "../../src/host/clock.ts";
import { openRateFile, type RateFile } from "../../src/host/ratefile.ts";

/** What a process is to do. */
export interface RateJob {
  readonly file: string;
  readonly forMs: number;
  readonly inFlight: number;
}

/** What became of it. */
export interface RateReport {
  readonly answered: number;
  readonly refused: number;
  /** How long each call was kept after it could go: what the limit made it wait for is not in it. */
  readonly keptMs: readonly number[];
  /** How long each use of the file took, in milliseconds. */
  readonly usesMs: readonly number[];
  /** How long a bare write and rename took beside each of them. */
  readonly writesMs: readonly number[];
}

interface Job extends RateJob {
  readonly url: string;
  readonly token: string;
}

/** Calls a platform as fast as the limiter allows. */
export async function runClient(job: Job): Promise<RateReport> {
  const counts = { answered: 0, refused: 0 };
  const { rates, ...times } = timeUses(job.file);
  const client = createClient({
    baseUrl: job.url,
    token: job.token,
    userAgent: "sipnav-test",
    clock: systemClock,
    priority: "bulk",
    rates,
    onExchange: ({ outcome }) => counts[outcome === 429 ? "refused" : "answered"]++,
  });
  await runFor(job, (signal) => client.call("lookupLrn", { path: { number: "12125550100" } }, { signal }));
  client.close();
  return { ...counts, keptMs: [], ...times };
}

/** Does the same with a bare limiter; the parent process counts and answers. */
export async function runLimiter(job: RateJob): Promise<RateReport> {
  const counts = { answered: 0, refused: 0 };
  const { rates, ...times } = timeUses(job.file);
  const keptMs: number[] = [];
  /** When this process last had nothing else to do. */
  let freeMs = 0;
  const sleep: Clock["sleep"] = async (waitMs, signal) => {
    await systemClock.sleep(waitMs, signal);
    freeMs = performance.now();
  };
  const limiter = createLimiter({
    store: rates,
    clock: { ...systemClock, sleep },
    priority: "bulk",
    random: Math.random,
    perSecondMax: undefined,
    waitMsMax: Number.POSITIVE_INFINITY,
    onWait: undefined,
  });
  await runFor(job, async (signal) => {
    const enteredMs = performance.now();
    const permit = await limiter.enter(signal);
    keptMs.push(performance.now() - Math.max(enteredMs, freeMs));
    const reply = askParent();
    freeMs = performance.now();
    const answer = await reply;
    counts[answer.status === 429 ? "refused" : "answered"]++;
    permit.settle(answer);
  });
  limiter.close();
  return { ...counts, keptMs, ...times };
}

async function runFor({ forMs, inFlight }: RateJob, act: (signal: AbortSignal) => Promise<unknown>) {
  const signal = AbortSignal.timeout(forMs);
  const repeat = async () => {
    while (!signal.aborted) await act(signal).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: inFlight }, repeat));
}

const asked: ((answer: Answer) => void)[] = [];

function askParent(): Promise<Answer> {
  return new Promise((resolve) => {
    if (asked.push(resolve) === 1) process.once("message", receive);
    process.send?.("hit");
  });
}

/** The parent answers in the order in which it was asked. */
function receive(message: unknown): void {
  const resolve = asked.shift();
  if (asked.length > 0) process.once("message", receive);
  resolve?.({ kind: "answer", body: new Uint8Array(), ...(message as Pick<Answer, "status" | "headers">) });
}

/** The waits for other processes, and for a processor, are in the times. */
function timeUses(path: string) {
  const file = openRateFile(path);
  const usesMs: number[] = [];
  const writesMs: number[] = [];
  const bare = `${path}.${process.pid}`;
  const write = () => {
    const startMs = performance.now();
    writeFileSync(`${bare}.new`, "x".repeat(500));
    renameSync(`${bare}.new`, bare);
    writesMs.push(performance.now() - startMs);
  };
  const rates: RateFile = {
    async update(change) {
      const startMs = performance.now();
      await file.update(change);
      usesMs.push(performance.now() - startMs);
      setImmediate(write);
    },
  };
  return { rates, usesMs, writesMs };
}
