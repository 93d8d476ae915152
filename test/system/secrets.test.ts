import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { filesBelow, temporaryFolder } from "../host/desk.ts";
import { openPlatform } from "../services/platform.ts";
import { bin, type RunOptions, runSipnav } from "./program.ts";

/** The command lines of all processes that have this home, and no other's. */
function commandLines(home: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const isOwn = readFileSync(`/proc/${name}/environ`, "utf8").split("\0").includes(`HOME=${home}`);
        return isOwn ? readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ") : "";
      } catch {
        return "";
      }
    });
}

/** Runs something, and remembers every command line of sipnav and its children meanwhile. */
async function watched<T>(home: string, seen: Set<string>, running: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    for (const line of commandLines(home)) seen.add(line);
  }, 60);
  return running.finally(() => clearInterval(timer));
}

/** A person at a terminal, who types lines into a shell. */
function typeInShell(
  environment: Readonly<Record<string, string>>,
  lines: readonly string[],
): Promise<string> {
  const child = spawn("script", ["-qec", `'${process.execPath}' '${bin}' shell`, "/dev/null"], {
    env: { PATH: process.env.PATH, TERM: "xterm", ...environment },
    cwd: "/",
  });
  onTestFinished(() => void child.kill());
  let seen = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const isFirst = !seen.includes("]> ");
    seen += text;
    if (isFirst && seen.includes("]> ")) child.stdin.write(`${[...lines, "exit"].join("\r")}\r`);
  });
  return new Promise((resolve) => child.on("close", () => resolve(seen)));
}

test("a day's work leaves no secret in any file, output, history or command line", async () => {
  const sandbox = await openPlatform();
  const home = temporaryFolder();
  const own = { HOME: home, TMPDIR: join(home, "tmp"), SIPNAV_PASSPHRASE: "the-passphrase", LANG: "C.UTF-8" };
  mkdirSync(own.TMPDIR);
  const file = (name: string) => join(home, name);
  writeFileSync(file("in.csv"), "account_name,customer_id\nOne,2001\nTwo,2001\nThree,none\n");
  const lines = new Set<string>();
  let said = "";
  const run = async (words: readonly string[], options: RunOptions = {}) => {
    const environment = { ...own, ...options.environment };
    const ended = await watched(home, lines, runSipnav(words, { ...options, environment }));
    said += ended.stdout + ended.stderr;
    return ended;
  };
  const login = ["login", "--base-url", sandbox.url, "--username", sandbox.username, "--password-stdin"];
  expect(
    await run([...login, "--store", "file", "--remember", "--debug"], { input: sandbox.password }),
  ).toMatchObject({ code: 0 });
  const { stdout: token } = await runSipnav(["auth", "token"], { environment: own });
  expect(token).toMatch(/^eyJ/);
  await run(["accounts", "import", file("in.csv"), "--dry-run", "--debug"]);
  writeFileSync(file("in.csv"), "account_name,customer_id\nOne,2001\nTwo,2001\n");
  expect(await run(["accounts", "import", file("in.csv"), "--yes", "--debug"])).toMatchObject({ code: 0 });
  for (const words of [
    ["jobs", "list", "--json"],
    ["accounts", "export", "--out", file("out.xlsx"), "--manifest"],
    ["accounts", "list", "--out", file("out.json"), "--debug"],
    ["api", "GET", "/api/accounts", "--include", "--debug"],
    ["api", "POST", "/api/accounts", "--field", "a=1", "--dry-run"],
    ["accounts", "create", "--account-name", "x", "--customer-id", "2001", "--dry-run"],
    ["accounts", "show", "99999", "--debug", "--json"],
    ["config", "explain", "--json"],
    ["auth", "list", "--json"],
    ["doctor", "--json"],
  ]) {
    await run(words);
  }
  sandbox.failNext({ operation: "listAccounts", kind: "http500", times: 20 });
  await run(["accounts", "list", "--debug"]);
  await run(["accounts", "list", "--debug"], { environment: { SIPNAV_BASE_URL: "http://127.0.0.1:9" } });
  await run(["accounts", "list", "--debug"], { environment: { SIPNAV_TOKEN: "a-token-of-cron" } });
  await run(["login", "--token-stdin", "--profile", "lab", "--base-url", sandbox.url, "--store", "file"], {
    input: "a-refused-token\n",
  });
  await run(["shell"], { input: "accounts list\nwhoami\n" });
  said += await typeInShell(own, [
    "accounts list --limit 1",
    "api GET /api/accounts --field api_token=typed-by-mistake",
    "login --username typed-password --no-input",
  ]);
  await run(["logout", "--debug"]);
  const history = readFileSync(join(home, ".local/state/sipnav/shell-history"), "utf8");
  expect(history).toBe("accounts list --limit 1\nexit\n");
  const files = [...filesBelow(home)].filter(([path]) => !path.endsWith("in.csv"));
  const written = files.map(([path, text]) => `${path}\n${text}`).join("\n");
  expect(files.some(([path]) => path.includes("/jobs/"))).toBe(true);
  expect(files.some(([path]) => path.includes("/rates/"))).toBe(true);
  expect([...lines].some((line) => line.includes("accounts import"))).toBe(true);
  const secrets = [sandbox.password, token.trim(), "the-passphrase", "a-token-of-cron", "a-refused-token"];
  for (const secret of secrets) {
    expect({ secret, said: said.includes(secret), written: written.includes(secret) }).toEqual({
      secret,
      said: false,
      written: false,
    });
    expect([...lines].filter((line) => line.includes(secret))).toEqual([]);
  }
  expect(`${said}${written}${[...lines].join()}`).not.toMatch(/eyJ[\w-]+\.[\w-]+\.|Bearer \S/);
  expect(written).not.toMatch(/typed-by-mistake|typed-password/);
}, 120_000);
