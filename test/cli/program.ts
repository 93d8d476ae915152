import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const bin = join(import.meta.dirname, "../../bin/sipnav.js");

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface ProcessOptions {
  /** The whole environment: nothing of the test's own is handed on but the way to node. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What standard input holds; without it, it is closed. */
  readonly stdin?: string;
  readonly node?: readonly string[];
}

/** Starts the built program as a process of its own, without a terminal. */
export function startProgram(words: readonly string[], options: ProcessOptions = {}) {
  const child: ChildProcess = spawn(process.execPath, [...(options.node ?? []), bin, ...words], {
    env: { PATH: process.env.PATH, ...options.environment },
    stdio: [options.stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  child.stdin?.end(options.stdin);
  const said = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...said }));
  });
  return { child, said, ended };
}

/** Runs the built program to its end. */
export const runProgram = (words: readonly string[], options?: ProcessOptions): Promise<ProcessEnd> =>
  startProgram(words, options).ended;
