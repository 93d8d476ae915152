import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** What a crash run is made of. */
export interface CrashOptions {
  /** The program's entry. */
  readonly program: string;
  readonly kills: number;
  /** New accounts in each sheet. */
  readonly rows: number;
  readonly faults: string;
  log(text: string): void;
}

/** What came of it, over all sheets. */
export interface CrashResult {
  readonly kills: number;
  readonly sheets: number;
  readonly rows: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly wrong: readonly string[];
  /** How often a resume without a kill had to be repeated. */
  readonly repeats: number;
}

const seeded = 60;
const killsPerSheet = 25;
const killAfterMsMax = 900;
const resumesMax = 20;

type Row = Readonly<Record<string, unknown>>;

/** Where the platform is, and a token for it. */
interface Platform {
  readonly url: string;
  readonly token: string;
}

/**
 * Imports sheets while the program is killed (SIGKILL) at random moments, resumes each until it is done, and holds
 * the platform's own tables against the sheets.
 */
export async function runCrashes(options: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-crash-"));
  const sandbox = await startSandbox(options, join(folder, "sandbox"));
  const ids = (await readAccounts(sandbox.platform)).map(({ account_id }) => String(account_id));
  const total = { kills: 0, sheets: 0, rows: 0, repeats: 0 };
  const found = { lost: [] as string[], doubled: [] as string[], wrong: [] as string[] };
  try {
    while (total.kills < options.kills) {
      const home = join(folder, `sheet-${total.sheets}`);
      const mark = `Crash ${total.sheets}`;
      const kills = Math.min(killsPerSheet, options.kills - total.kills);
      const sheet = writeSheet(home, mark, options.rows, ids);
      const ended = await killAndResume(options, sandbox.platform, home, sheet, kills);
      total.kills += ended.kills;
      total.repeats += ended.repeats;
      total.sheets += 1;
      total.rows += options.rows + ids.length;
      compare(await readAccounts(sandbox.platform), mark, options.rows, ids, found);
      options.log(`${total.kills} kills: ${found.lost.length} lost, ${found.doubled.length} doubled`);
    }
    return { ...total, ...found };
  } finally {
    sandbox.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The platform as a process of its own, so that nothing of it dies with the program. */
async function startSandbox({ program, faults }: CrashOptions, home: string) {
  const words = ["sandbox", "start", "--accounts", `${seeded}`, "--cdrs", "100", "--faults", faults];
  const child = start(program, words, home, {}, "pipe");
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  for await (const line of lines) return { child, platform: JSON.parse(line) as Platform };
  throw new Error("The sandbox did not start.");
}

/** New accounts, and a change to each of those that are there. */
function writeSheet(home: string, mark: string, rows: number, ids: readonly string[]): string {
  mkdirSync(home, { recursive: true });
  const path = join(home, "accounts.csv");
  const created = Array.from({ length: rows }, (_, n) => `,${mark} account ${n},2001,${n % 500},${mark}`);
  const updated = ids.map((id, n) => `${id},,,${n},${mark}`);
  const lines = ["account_id,account_name,customer_id,channels_limit,note", ...created];
  for (const [n, line] of updated.entries()) lines.splice(1 + Math.floor((n * rows) / ids.length), 0, line);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

async function killAndResume(
  { program, log }: CrashOptions,
  { url, token }: Platform,
  home: string,
  sheet: string,
  killsWanted: number,
): Promise<{ kills: number; repeats: number }> {
  const environment = { SIPNAV_BASE_URL: url, SIPNAV_TOKEN: token };
  const run = (killAfterMs?: number) => {
    const job = jobIn(home);
    const words = job === undefined ? ["accounts", "import", sheet, "--yes"] : ["jobs", "resume", job];
    return runUntil(start(program, words, home, environment, "ignore"), killAfterMs);
  };
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

function start(
  program: string,
  words: readonly string[],
  home: string,
  environment: Readonly<Record<string, string>>,
  stdout: "pipe" | "ignore",
): ChildProcess {
  return spawn(process.execPath, [program, ...words], {
    env: { PATH: process.env.PATH ?? "", SIPNAV_HOME: home, ...environment },
    stdio: ["ignore", stdout, process.env.SIPNAV_CRASH_ERRORS ? "inherit" : "ignore"],
  });
}

/** How a process ended: its exit code, or that it was killed in time. */
async function runUntil(child: ChildProcess, killAfterMs: number | undefined): Promise<number | "killed"> {
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

function compare(
  table: readonly Row[],
  mark: string,
  rows: number,
  ids: readonly string[],
  found: { lost: string[]; doubled: string[]; wrong: string[] },
): void {
  const byName = groupByName(table);
  for (let n = 0; n < rows; n++) {
    const name = `${mark} account ${n}`;
    const same = byName.get(name) ?? [];
    if (same.length === 0) found.lost.push(name);
    if (same.length > 1) found.doubled.push(name);
    for (const row of same) {
      const isRight =
        row.channels_limit === n % 500 && row.note === mark && String(row.customer_id) === "2001";
      if (!isRight) found.wrong.push(name);
    }
  }
  const byId = new Map(table.map((row) => [String(row.account_id), row]));
  for (const [n, id] of ids.entries()) {
    const row = byId.get(id);
    if (row?.channels_limit !== n || row.note !== mark) found.lost.push(`the change of ${id}`);
  }
}

function groupByName(table: readonly Row[]): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of table) groups.set(row.account_name, [...(groups.get(row.account_name) ?? []), row]);
  return groups;
}
