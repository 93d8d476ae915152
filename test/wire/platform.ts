import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, vi } from "vitest";
import { type Send, sender } from "./http.ts";

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const program = resolve(import.meta.dirname, "../../bin/sipnav.js");

/** The line the process prints when it is ready. */
export interface Ready {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly otp_username: string;
  readonly otp_code: string;
}

export interface Platform {
  readonly ready: Ready;
  readonly child: ChildProcess;
  readonly api: Send;
  /** Sends a signal and gives the exit code once the process is gone; null when the signal killed it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const sizes = "--port 0 --seed 7 --accounts 60 --carriers 30 --companies 12 --cdrs 5000";

/** The flags of a small platform, but for those that are given here. */
function flagsWith(given: readonly string[]): string[] {
  const words = sizes.split(" ");
  const kept = words.filter((_, at) => !given.includes(words[at - (at % 2)] ?? ""));
  return [...kept, ...given];
}

/** Starts the platform as a process of its own; flags given here win over the small default seed. */
export async function start(...flags: string[]): Promise<Platform> {
  const child = launch(flagsWith(flags));
  const output = collect(child);
  const line = await Promise.race([output.firstLine, output.ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`the sandbox ended: ${output.stderr()}`);
  const ready: Ready = JSON.parse(line);
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    return output.ended;
  };
  return { ready, child, api: sender(ready.url, ready.token), stop };
}

/** One platform for all tests of a file. */
export async function startForFile(): Promise<Platform> {
  const platform = await start();
  afterAll(() => platform.stop());
  return platform;
}

/** Runs a start that is meant to fail, to its end. */
export async function startToEnd(...flags: string[]) {
  const child = launch(flagsWith(flags));
  const output = collect(child);
  const alarm = setTimeout(() => child.kill("SIGKILL"), 50_000);
  const code = await output.ended;
  clearTimeout(alarm);
  return { code, stdout: output.stdout(), stderr: output.stderr() };
}

/** A folder for one test, and what removes it. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "wire-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function launch(flags: readonly string[]): ChildProcess {
  // A home of its own: settings of whoever runs the tests must not be read or written.
  const home = folder();
  const child = spawn(process.execPath, [program, "sandbox", "start", ...flags], {
    env: { PATH: process.env.PATH, HOME: home.path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.once("close", home.remove);
  return child;
}

function collect(child: ChildProcess) {
  let stdout = "";
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const firstLine = new Promise<string>((found) => {
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
      const end = stdout.indexOf("\n");
      if (end >= 0) found(stdout.slice(0, end));
    });
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { firstLine, ended, stdout: () => stdout, stderr: () => stderr };
}
