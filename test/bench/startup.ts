import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = 31;

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
  "completion of accounts show 1": {
    words: ["bin/sipnav.js", "__complete", "--", "accounts", "show", "1"],
    budget: 1.5,
  },
  "sipnav accounts list": { words: ["bin/sipnav.js", "accounts", "list"], budget: 2.6 },
};

/** Prints what the start of each takes beside a bare node: medians of runs that take turns. */
export async function run(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "sipnav-bench-"));
  // Nothing else of the environment: extra certificates, for one, are read at every start of node.
  const environment = { PATH: process.env.PATH, SIPNAV_HOME: home };
  const tookMs = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  const sandbox = startPlatform(environment);
  try {
    await logIn(await sandbox.started, environment);
    for (let round = 0; round < rounds; round++) {
      for (const [name, { words }] of Object.entries(cases)) {
        tookMs.get(name)?.push(await timeRun(words, environment));
      }
    }
  } finally {
    sandbox.child.kill();
    rmSync(home, { recursive: true, force: true });
  }
  const bareMs = median(tookMs.get("node -e 0") ?? []);
  for (const [name, { budget }] of Object.entries(cases)) {
    const ms = median(tookMs.get(name) ?? []);
    const limit = budget === undefined ? "" : `, budget ${budget}`;
    console.log(`${name}: ${ms.toFixed(1)} ms, × ${(ms / bareMs).toFixed(2)}${limit}`);
  }
}

interface Platform {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** The embedded platform in a process of its own, where it takes no time from this one. */
function startPlatform(environment: NodeJS.ProcessEnv) {
  const words = ["bin/sipnav.js", "sandbox", "start", "--cdrs", "0", "--json"];
  const child = spawn(process.execPath, words, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const started = once(child.stdout, "data").then(([text]) => JSON.parse(String(text)) as Platform);
  return { child, started };
}

/** Opens a session that is kept in a file. */
async function logIn({ url, username, password }: Platform, environment: NodeJS.ProcessEnv): Promise<void> {
  const words = ["login", "--base-url", url, "--username", username, "--password-stdin", "--store", "file"];
  const child = spawn(process.execPath, ["bin/sipnav.js", ...words], {
    env: environment,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.end(`${password}\n`);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the login ended with ${code}`);
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
