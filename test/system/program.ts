import { spawn } from "node:child_process";
import { resolve } from "node:path";

export const bin = resolve(import.meta.dirname, "../../bin/sipnav.js");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs a program to its end, with the given variables and PATH, and nothing else of this process's environment. */
export function runProgram(argv: readonly string[], { environment, input }: RunOptions = {}): Promise<Run> {
  const [program = "", ...given] = argv;
  const env = { PATH: process.env.PATH ?? "", ...environment };
  return new Promise((settle, reject) => {
    const child = spawn(program, given, { env, cwd: "/" });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (part) => (stdout += part));
    child.stderr.on("data", (part) => (stderr += part));
    child.on("error", reject);
    child.on("close", (code) => settle({ code, stdout, stderr }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
  });
}

/** Runs the built sipnav. */
export const runSipnav = (words: readonly string[], options?: RunOptions): Promise<Run> =>
  runProgram([process.execPath, bin, ...words], options);
