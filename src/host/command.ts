import { execFile } from "node:child_process";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";

/** Who waits for a command. */
export interface CommandListener {
  readonly signal: AbortSignal;
  /** Hears each line that it says besides its answer. */
  notice(line: string): void;
}

/**
 * What a command of the user's prints: a program and its arguments, started without a shell. Its own messages
 * are handed on as they come, so that it can say what it waits for. No argument appears in an error: it may be a secret.
 * @throws config when it cannot be started, fails, or takes longer than `timeoutMs`; interrupted
 */
export function runCommand(
  argv: readonly string[],
  { signal, notice }: CommandListener,
  timeoutMs: number = limits.answerCommandTimeoutMs,
): Promise<string> {
  const [program = "", ...given] = argv;
  return new Promise((resolve, reject) => {
    const options = {
      signal,
      timeout: timeoutMs,
      maxBuffer: limits.answerCommandBytesMax,
      killSignal: "SIGKILL",
    } as const;
    const child = execFile(program, given, options, (error, stdout) => {
      if (error === null) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason);
      const reason = error.killed ? `took longer than ${timeoutMs / 1000} s` : reasonOf(error.code);
      reject(
        new SipnavError("config", `The command ${program} ${reason}.`, {
          hint: "Run it by itself to see why.",
        }),
      );
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.end();
    child.stderr?.setEncoding("utf8").on("data", (said: string) => {
      for (const line of said.split("\n")) if (line.trim() !== "") notice(line);
    });
  });
}

function reasonOf(code: string | number | null | undefined): string {
  if (code === "ENOENT") return "was not found";
  if (code === "EACCES") return "may not be run";
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "answered too much";
  return typeof code === "number" ? `ended with exit code ${code}` : "failed";
}
