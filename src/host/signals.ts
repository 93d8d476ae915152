import { SipnavError } from "../core/errors.ts";

/** How the world outside ends what is running. */
export interface Ending {
  /** Aborted by the first Ctrl-C, unless somebody took it, and by a request to terminate; a `SipnavError`. */
  readonly signal: AbortSignal;
  /** Lets Ctrl-C abort this controller and nothing else, until the answered function is called. */
  takeInterrupts(controller: AbortController): () => void;
}

/**
 * Listens to the signals of a process. The first Ctrl-C asks what runs to end well; the second ends the process at
 * once with 130. SIGTERM and a terminal that went away ask the same, with 143.
 */
export function listenForEnd(process: Pick<NodeJS.Process, "on" | "exit">): Ending {
  const whole = new AbortController();
  let interrupted = whole;
  process.on("SIGINT", () => {
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort(new SipnavError("interrupted", "Interrupted."));
  });
  for (const name of ["SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (whole.signal.aborted) process.exit(143);
      whole.abort(new SipnavError("terminated", "Terminated."));
    });
  }
  return {
    signal: whole.signal,
    takeInterrupts(controller) {
      interrupted = controller;
      return () => {
        interrupted = whole;
      };
    },
  };
}
