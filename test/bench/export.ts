import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import got from "got";
import { createClient } from "../../src/api/client.ts";
import { utc } from "../../src/core/time.ts";
import { rowFormats } from "../../src/domain/formats.ts";
import { openOutFile } from "../../src/host/outfile.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { accountCalls } from "../../src/services/calls.ts";
import { exportList } from "../../src/services/export.ts";

const rounds = 7;
const accounts = 20_000;
const rowsPerPage = 1_000;
const pagesAtOnce = 8;

/**
 * Prints rows a second beside reading the same pages with nothing but got and JSON.parse, by the clock and by the
 * processor's time, which other programs on the machine change less; and what memory it takes.
 */
export async function run(): Promise<void> {
  if (process.argv[2] === "sandbox") return serve(Number(process.argv[3]));
  const folder = mkdtempSync(join(tmpdir(), "sipnav-bench-"));
  try {
    await compare(folder);
    await measureMemory(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Platform {
  readonly url: string;
  readonly token: string;
}

/** In a process of its own, so that the platform's work is not counted as the program's. */
async function serve(count: number): Promise<void> {
  const { url, token } = await startSandbox({ accounts: count, cdrs: 10 });
  process.stdout.write(JSON.stringify({ url, token }));
}

async function withPlatform(count: number, work: (platform: Platform) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [String(process.argv[1]), "sandbox", String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(child.stdout, "data");
    await work(JSON.parse(String(line)));
  } finally {
    child.kill();
  }
}

async function compare(folder: string): Promise<void> {
  await withPlatform(accounts, async (platform) => {
    const ways = new Map<string, () => Promise<void>>([["got + JSON.parse", () => readBare(platform)]]);
    for (const format of rowFormats)
      ways.set(format, () => exportTo(platform, format, join(folder, `x.${format}`)));
    const times = new Map<string, { wallMs: number[]; cpuMs: number[] }>();
    // Taking turns, so that a busy moment of the machine meets all of them; the first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [name, way] of ways) {
        const startMs = performance.now();
        const startCpu = process.cpuUsage();
        await way();
        const { user, system } = process.cpuUsage(startCpu);
        if (round === 0) continue;
        const all = times.get(name) ?? { wallMs: [], cpuMs: [] };
        all.wallMs.push(performance.now() - startMs);
        all.cpuMs.push((user + system) / 1_000);
        times.set(name, all);
      }
    }
    const bare = times.get("got + JSON.parse") ?? { wallMs: [], cpuMs: [] };
    for (const [name, { wallMs, cpuMs }] of times) {
      const perSecond = Math.round((accounts * 1_000) / median(wallMs)).toLocaleString("en");
      const [byClock, byCpu] = [
        [bare.wallMs, wallMs],
        [bare.cpuMs, cpuMs],
      ].map(([theirs = [], ours = []]) => (median(theirs) / median(ours)).toFixed(2));
      const ratios = `${byClock} of bare by the clock, ${byCpu} by processor time`;
      console.log(`${name.padEnd(18)} ${perSecond.padStart(9)} rows/s  ${ratios}`);
    }
  });
}

async function readBare({ url, token }: Platform): Promise<void> {
  const agent = new http.Agent({ keepAlive: true });
  const client = got.extend({ agent: { http: agent }, headers: { authorization: `Bearer ${token}` } });
  let next = 1;
  const work = async () => {
    while (next <= accounts / rowsPerPage) {
      const query = `external=1&per_page=${rowsPerPage}&page=${next++}`;
      const { body } = await client(`${url}/api/accounts?${query}`);
      if (JSON.parse(body).data.data.length !== rowsPerPage) throw new Error("a page is not full");
    }
  };
  await Promise.all(Array.from({ length: pagesAtOnce }, work));
  agent.destroy();
}

async function exportTo(
  { url, token }: Platform,
  format: (typeof rowFormats)[number],
  path: string,
): Promise<void> {
  const client = createClient({
    baseUrl: url,
    token,
    userAgent: "bench",
    clock: { nowMs: Date.now, sleep: () => Promise.resolve() },
  });
  const { noun, list } = accountCalls;
  const source = { client, zone: utc, signal: new AbortController().signal, onNotice: () => {} };
  const order = {
    call: { operation: list, input: { query: { per_page: rowsPerPage } }, shape: noun },
    selection: { rowsMax: Number.POSITIVE_INFINITY },
    form: { format, options: { formulaGuard: true } },
  };
  const { rows, complete } = await exportList(source, order, await openOutFile(path, true));
  if (rows !== accounts || !complete) throw new Error("rows are missing");
  client.close();
}

/** Peaks of the built program, with few rows and with many: they must be about the same. */
async function measureMemory(folder: string): Promise<void> {
  const peaks = new Map<string, number[]>();
  for (const count of [accounts, accounts * 5]) {
    await withPlatform(count, async (platform) => {
      for (const format of rowFormats) {
        const peak = await peakMiB(platform, join(folder, `y.${format}`));
        peaks.set(format, [...(peaks.get(format) ?? []), peak]);
      }
    });
  }
  const sizes = `${accounts.toLocaleString("en")} and ${(accounts * 5).toLocaleString("en")} rows`;
  for (const [format, [few = 0, many = 0]] of peaks) {
    console.log(
      `${format.padEnd(18)} ${few.toFixed(0)} and ${many.toFixed(0)} MiB at the most, for ${sizes}`,
    );
  }
}

async function peakMiB({ url, token }: Platform, path: string): Promise<number> {
  const tell = "process.on('exit', () => console.log(process.resourceUsage().maxRSS / 1024))";
  const program = [resolve("bin/sipnav.js"), "accounts", "export", "--out", path, "--force", "--quiet"];
  const child = spawn(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, ...program],
    {
      env: { SIPNAV_HOME: join(path, ".."), SIPNAV_TOKEN: token, SIPNAV_BASE_URL: url },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = await once(child.stdout, "data");
  return Number(line);
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
