import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse";
import type { Client } from "../../src/api/client.ts";
import { utc } from "../../src/core/time.ts";
import { account } from "../../src/domain/account.ts";
import { systemClock } from "../../src/host/clock.ts";
import { openJournal } from "../../src/host/journal.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { applyRows } from "../../src/services/bulk/apply.ts";
import { findProblems } from "../../src/services/bulk/check.ts";
import { openIntake } from "../../src/services/bulk/intake.ts";
import { createPatience } from "../../src/services/bulk/patience.ts";
import type { PlanRow } from "../../src/services/bulk/plan.ts";
import type { Run } from "../../src/services/bulk/run.ts";
import { openSteps, type Steps } from "../../src/services/bulk/steps.ts";
import { accountCalls } from "../../src/services/calls.ts";

const rounds = 7;
const parsedRows = 200_000;
const header =
  "account_name,customer_id,enabled,currency,ip_address,tech_prefix,channels_limit,cps_limit,note";
const line = (n: number) =>
  `Bench account ${n},2001,yes,USD,192.0.2.${n % 250},00${n % 100},${n % 900},${n % 50},"imported, row ${n}"`;

async function writeSheet(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${header}\n`);
  for (let n = 0; n < rows; n += 1_000) {
    const page = Array.from({ length: Math.min(1_000, rows - n) }, (_, k) => `${line(n + k)}\n`).join("");
    if (!file.write(page)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}

/** Two works in turn, so that a noisy moment falls on both. Answers their medians in milliseconds. */
async function medians(one: () => Promise<void>, other: () => Promise<void>): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of [one, other].entries()) {
      const startMs = performance.now();
      await work();
      times[index]?.push(performance.now() - startMs);
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0) as [number, number];
}

async function benchReading(folder: string): Promise<void> {
  const path = join(folder, "read.csv");
  await writeSheet(path, parsedRows);
  const bare = async () => {
    for await (const _ of createReadStream(path).pipe(parse()));
  };
  const ours = async () => {
    const reading = { noun: account, zone: utc, mapping: {}, signal: new AbortController().signal };
    const { sheet, reading: found } = await openIntake(path, reading, {}, () => undefined);
    await findProblems(sheet, found);
    await sheet.close();
  };
  const [bareMs, oursMs] = await medians(bare, ours);
  const perSecond = (ms: number) => Math.round(parsedRows / (ms / 1_000)).toLocaleString("en");
  console.log(`bare csv-parse             ${perSecond(bareMs)} rows/s`);
  console.log(
    `parse, check, find doubles ${perSecond(oursMs)} rows/s, ${(bareMs / oursMs).toFixed(2)} of bare`,
  );
}

/** A run of creations at a platform that answers each after the same time: some 500 a second with eight at once. */
async function benchJournal(folder: string): Promise<void> {
  const rows = 1_500;
  const answerMs = 16;
  let round = 0;
  const client = {
    call: async () => {
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      return { data: { account_id: "1" } };
    },
  } as unknown as Client;
  async function* planned(): AsyncGenerator<PlanRow> {
    for (let row = 1; row <= rows; row++) {
      yield { row, line: row, action: "create", key: "", fields: { account_name: "x" }, cells: [] };
    }
  }
  const work = async (isOn: boolean) => {
    const steps = await openSteps(join(folder, `journal-${round++}.ndjson`), rows, systemClock);
    const off: Steps = { ...steps, arm: async () => undefined, note: () => undefined };
    await applyRows(runOf(isOn ? steps : off, client), planned());
    await steps.close();
  };
  const [offMs, onMs] = await medians(
    () => work(false),
    () => work(true),
  );
  const rate = (ms: number) => Math.round(rows / (ms / 1_000));
  console.log(
    `journal off ${rate(offMs)} rows/s, on ${rate(onMs)} rows/s: it costs ${((1 - offMs / onMs) * 100).toFixed(1)} %`,
  );
  const journal = await openJournal(join(folder, "alone.ndjson"));
  const startMs = performance.now();
  for (let n = 0; n < 200; n++) await journal.append({ row: n, step: "sent" });
  console.log(`one durable line alone ${((performance.now() - startMs) / 200).toFixed(2)} ms`);
  await journal.close();
}

/** What of a run applying rows needs. */
function runOf(steps: Steps, client: Client): Run {
  const signal = new AbortController().signal;
  const run: Partial<Run> = {
    calls: accountCalls,
    client,
    zone: utc,
    steps,
    failedBefore: 0,
    options: { concurrency: 8, stopAfterErrors: Number.POSITIVE_INFINITY },
    signal,
    patience: createPatience(systemClock, signal, { outageMsMax: 1_000, rateWaitMsMax: 1_000 }),
    onStep: () => undefined,
    stop(reason) {
      throw reason;
    },
    stopped: undefined,
  };
  return run as Run;
}

/** The peak memory of the built program in a dry run, MiB; read from the kernel's own high-water mark. */
async function dryRun(folder: string, rows: number, url: string, token: string): Promise<void> {
  const path = join(folder, `dry-${rows}.csv`);
  await writeSheet(path, rows);
  const words = [
    "--import",
    hook,
    "bin/sipnav.js",
    "accounts",
    "import",
    path,
    "--dry-run",
    "--out",
    join(folder, `${rows}.json`),
  ];
  const startMs = performance.now();
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env.PATH ?? "", SIPNAV_HOME: folder, SIPNAV_BASE_URL: url, SIPNAV_TOKEN: token },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => {
    said += part;
  });
  const [code] = await once(child, "close");
  const seconds = (performance.now() - startMs) / 1_000;
  const peak = /peak (\d+)/.exec(said)?.[1];
  if (code !== 0 || peak === undefined) throw new Error(said);
  const mib = (Number(peak) / 1024).toFixed(0);
  console.log(
    `dry run of ${rows.toLocaleString("en")} rows: ${mib} MiB at the peak, ${seconds.toFixed(1)} s`,
  );
}

/** Has a process tell its peak memory in KiB when it ends. */
const hook = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))`;

/** Prints how fast sheets are checked, what the journal costs, and how much memory a long dry run takes. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-bench-"));
  const sandbox = await startSandbox({ cdrs: 10 });
  try {
    await benchReading(folder);
    await benchJournal(folder);
    for (const rows of [500_000, 1_000_000]) await dryRun(folder, rows, sandbox.url, sandbox.token);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
