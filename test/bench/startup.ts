import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../src/sandbox/server.ts";

const rounds = 21;

/** Words after `node`, and what they may take of `node -e 0`. */
const cases: Readonly<Record<string, { readonly words: readonly string[]; readonly budget?: number }>> = {
  "node -e 0": { words: ["-e", "0"] },
  "sipnav --version": { words: ["bin/sipnav.js", "--version"], budget: 1.15 },
  "sipnav --help": { words: ["bin/sipnav.js", "--help"], budget: 1.5 },
  "sipnav accounts list --help": { words: ["bin/sipnav.js", "accounts", "list", "--help"], budget: 1.5 },
  "completion of accounts list --": {
    words: ["bin/sipnav.js", "__complete", "--", "accounts", "list", "--"],
    budget: 1.5,
  },
  "sipnav accounts list": { words: ["bin/sipnav.js", "accounts", "list"], budget: 2.6 },
};

/** Prints what the start of each takes beside a bare node: medians of runs that take turns. */
export async function run(): Promise<void> {
  const sandbox = await startSandbox({ accounts: 500, carriers: 10, companies: 10, cdrs: 0 });
  const home = mkdtempSync(join(tmpdir(), "sipnav-bench-"));
  const environment = {
    PATH: process.env.PATH,
    SIPNAV_HOME: home,
    SIPNAV_TOKEN: sandbox.token,
    SIPNAV_BASE_URL: sandbox.url,
  };
  const tookMs = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, { words }] of Object.entries(cases)) {
        tookMs.get(name)?.push(await timeRun(words, environment));
      }
    }
  } finally {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  }
  const bareMs = median(tookMs.get("node -e 0") ?? []);
  for (const [name, { budget }] of Object.entries(cases)) {
    const ms = median(tookMs.get(name) ?? []);
    const limit = budget === undefined ? "" : `, budget ${budget}`;
    console.log(`${name}: ${ms.toFixed(1)} ms, × ${(ms / bareMs).toFixed(2)}${limit}`);
  }
}

function timeRun(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, words, { env: environment, stdio: "ignore" });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve(performance.now() - startMs);
      else reject(new Error(`${words.join(" ")} ended with ${code}`));
    });
  });
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
