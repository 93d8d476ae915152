import { SipnavError } from "../core/errors.ts";

/** How the world outside ends what is running. */
export interface Ending {
  /** Aborted by the first Ctrl-C, unless somebody took it, and by a request to terminate; a `SipnavError`. */
  readonly signal: AbortSignal;
  /** Ends the process with an exit code; after its terminal went away, by that signal. */
  leave(code: number): void;
  /** Ends the process at once, as one whose terminal went away. */
  hangUp(): void;
  /** Lets Ctrl-C abort this controller and nothing else, until the answered function is called. */
  takeInterrupts(controller: AbortController): () => void;
}

/**
 * Listens to the signals of a process. The first Ctrl-C asks what runs to end well; the second ends the process at
 * once with 130. SIGTERM and a terminal that went away ask the same, with 143.
 */
export function listenForEnd(
  process: Pick<NodeJS.Process, "on" | "exit" | "kill" | "pid" | "removeAllListeners" | "stdin" | "stdout">,
): Ending {
  const whole = new AbortController();
  let interrupted = whole;
  let hungUp = false;
  process.on("SIGINT", () => {
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort(new SipnavError("interrupted", "Interrupted."));
  });
  // By its own signal: Node 20 crashes where it would give back a terminal that is gone.
  const hangUp = () => {
    process.removeAllListeners("SIGHUP");
    process.kill(process.pid, "SIGHUP");
  };
  const leave = (code: number) => {
    if (hungUp && (process.stdin.isTTY || process.stdout.isTTY)) hangUp();
    else process.exit(code);
  };
  for (const name of ["SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      hungUp ||= name === "SIGHUP";
      if (whole.signal.aborted) leave(143);
      whole.abort(new SipnavError("terminated", "Terminated."));
    });
  }
  return {
    signal: whole.signal,
    leave,
    hangUp,
    takeInterrupts(controller) {
      interrupted = controller;
      return () => {
        interrupted = whole;
      };
    },
  };
}
