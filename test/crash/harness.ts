import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type CrashSheet, compare, type Damage, type Row, writeCrashSheet } from "./sheet.ts";

/** What a crash run is made of. */
export interface CrashOptions {
  /** The program's entry. */
  readonly program: string;
  readonly kills: number;
  /** New accounts in each sheet. */
  readonly rows: number;
  readonly format: "csv" | "xlsx";
  readonly faults: string;
  log(text: string): void;
}

/** What came of it, over all sheets. */
export interface CrashResult extends Damage {
  readonly kills: number;
  readonly sheets: number;
  /** New accounts, and how many more the platform has than before. */
  readonly rows: number;
  readonly added: number;
  /** Changes to known accounts. */
  readonly changes: number;
  /** Rows that the jobs' reports say are done. */
  readonly reported: number;
  /** Changes that the same imports plan when they are done again. */
  readonly replanned: number;
  /** How often a resume without a kill had to be repeated. */
  readonly repeats: number;
}

const seeded = 60;
const killsPerSheet = 25;
/** Some part of the time that a row takes, so that kills fall into every stage of a long import. */
const killAfterMsOfRow = 0.4;
const killAfterMsMin = 900;
const resumesMax = 20;

/** Where the platform is, and a token for it. */
interface Platform {
  readonly url: string;
  readonly token: string;
}

/** One sheet's import: the program with a home of its own. */
interface Import {
  readonly program: string;
  readonly home: string;
  readonly sheet: CrashSheet;
  readonly platform: Platform;
}

/**
 * Imports sheets while the program is killed (SIGKILL) at random moments, resumes each until it is done, holds the
 * platform's own tables and the job's report against the sheet, and imports it once more.
 */
export async function runCrashes(options: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-crash-"));
  const sandbox = await startSandbox(options, join(folder, "sandbox"));
  const { platform } = sandbox;
  const before = await readAccounts(platform);
  const ids = before.map(({ account_id }) => String(account_id));
  const total = { kills: 0, sheets: 0, rows: 0, changes: 0, reported: 0, replanned: 0, repeats: 0 };
  const damage: Damage = { lost: [], doubled: [], wrong: [] };
  try {
    while (total.kills < options.kills) {
      const home = join(folder, `sheet-${total.sheets}`);
      mkdirSync(home);
      const facts = { mark: `Crash ${total.sheets}`, rows: options.rows, ids };
      const sheet = await writeCrashSheet(home, options.format, facts);
      const task = { program: options.program, home, sheet, platform };
      const ended = await killAndResume(options, task, Math.min(killsPerSheet, options.kills - total.kills));
      total.kills += ended.kills;
      total.repeats += ended.repeats;
      total.sheets += 1;
      total.rows += options.rows;
      total.changes += ids.length;
      compare(await readAccounts(platform), sheet, damage);
      total.reported += await countReported(task);
      total.replanned += await countReplanned(task);
      options.log(`${total.kills} kills: ${damage.lost.length} lost, ${damage.doubled.length} doubled`);
    }
    return { ...total, added: (await readAccounts(platform)).length - before.length, ...damage };
  } finally {
    sandbox.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The platform as a process of its own, so that nothing of it dies with the program. */
async function startSandbox({ program, faults }: CrashOptions, home: string) {
  const words = ["sandbox", "start", "--accounts", `${seeded}`, "--cdrs", "100", "--faults", faults];
  const child = start(program, words, home, {});
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  for await (const line of lines) return { child, platform: JSON.parse(line) as Platform };
  throw new Error("The sandbox did not start.");
}

async function killAndResume(
  { log }: CrashOptions,
  task: Import,
  killsWanted: number,
): Promise<{ kills: number; repeats: number }> {
  const { sheet } = task;
  const run = (killAfterMs?: number) => {
    const job = jobIn(task.home);
    const words = job === undefined ? ["accounts", "import", sheet.path, "--yes"] : ["jobs", "resume", job];
    return runUntil(startOn(task, words), killAfterMs);
  };
  const killAfterMsMax = Math.max(killAfterMsMin, sheet.rows * killAfterMsOfRow);
  let kills = 0;
  while (kills < killsWanted) {
    const ended = await run(Math.random() * killAfterMsMax);
    if (ended === "killed") kills += 1;
    else if (ended === 0) break;
  }
  for (let repeats = 0; repeats < resumesMax; repeats++) {
    const ended = await run();
    if (ended === 0) return { kills, repeats };
    log(`resume ${repeats + 1} ended with ${ended}`);
  }
  return { kills, repeats: resumesMax };
}

/** The job of a home, once it is one. */
function jobIn(home: string): string | undefined {
  const folder = join(home, "state", "jobs");
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder).find((name) => existsSync(join(folder, name, "job.json")));
}

/** The rows that the job's own report knows to be done, each with its object's id. */
async function countReported(task: Import): Promise<number> {
  const [, rows] = await readJson(task, ["jobs", "show", jobIn(task.home) ?? "", "--rows"]);
  const ids = rows.flatMap(({ step, id }) => (step === "ok" && typeof id === "string" ? [id] : []));
  return new Set(ids).size;
}

/** What the same import plans when everything is done. */
async function countReplanned(task: Import): Promise<number> {
  const [{ create, update }] = await readJson(task, ["accounts", "import", task.sheet.path, "--yes"]);
  return Number(create) + Number(update);
}

async function readJson(task: Import, words: readonly string[]): Promise<[Row, readonly Row[]]> {
  const child = startOn(task, [...words, "--json"]);
  return JSON.parse(await text(child.stdout ?? process.stdin)) as [Row, readonly Row[]];
}

const startOn = ({ program, home, platform }: Import, words: readonly string[]) =>
  start(program, words, home, { SIPNAV_BASE_URL: platform.url, SIPNAV_TOKEN: platform.token });

function start(
  program: string,
  words: readonly string[],
  home: string,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env.PATH ?? "", SIPNAV_HOME: home, ...environment },
    stdio: ["ignore", "pipe", process.env.SIPNAV_CRASH_ERRORS ? "inherit" : "ignore"],
  });
}

/** How a process ended: its exit code, or that it was killed in time. */
async function runUntil(child: ChildProcess, killAfterMs: number | undefined): Promise<number | "killed"> {
  child.stdout?.resume();
  const ended = new Promise<number | "killed">((resolve) => {
    child.on("close", (code, signal) => resolve(signal === "SIGKILL" ? "killed" : (code ?? -1)));
  });
  if (killAfterMs !== undefined) {
    await Promise.race([ended, sleep(killAfterMs)]);
    child.kill("SIGKILL");
  }
  return ended;
}

async function readAccounts({ url }: Platform): Promise<Row[]> {
  const answer = await fetch(`${url}/__sandbox/tables/accounts`);
  return (await answer.json()) as Row[];
}
