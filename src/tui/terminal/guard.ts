import type { EventEmitter } from "node:events";
import type { Clock } from "../../core/clock.ts";

/** What the guard needs of the process: its signals and last words. */
export interface GuardedProcess extends Pick<EventEmitter, "prependListener" | "off" | "removeAllListeners"> {
  readonly pid: number;
  kill(pid: number, signal: NodeJS.Signals): boolean;
}

/** The terminal as the guard sees it. */
export interface Guarded {
  readonly process: GuardedProcess;
  /** The streams whose end or failure means that the terminal is gone. */
  readonly streams: readonly Pick<EventEmitter, "on" | "off">[];
  readonly clock: Clock;
  /** Gives the terminal back, at once and by synchronous writes; may be called twice. */
  leave(): void;
  /** Takes the terminal again after a stop. */
  enter(): void;
  /** Something was thrown that nobody caught; the terminal is given back already. */
  crash(thrown: unknown): void;
}

/** Keeps the terminal safe until it is released. */
export interface Guard {
  /** Stops the program as Ctrl-Z does, and takes the terminal again when it is continued. */
  suspend(): void;
  release(): void;
}

/** Longest time between the wish to stop and the stop; a shell without job control never stops. */
const stopMsMax = 100;

/**
 * Gives the terminal back on every way to end that does not come through the program itself: an error nobody
 * caught, `process.exit`, a vanished terminal; and around a stop (Ctrl-Z, SIGTSTP).
 * Node aborts when the terminal has vanished and anything listens for SIGHUP as it ends; so the last listener
 * goes first, and the process dies of the signal.
 */
export function guardTerminal({ process, streams, clock, leave, enter, crash }: Guarded): Guard {
  let stopped = false;
  let gone = false;
  const onExit = () => leave();
  const onThrown = (thrown: unknown) => {
    leave();
    crash(thrown);
  };
  const onHangUp = () => {
    if (gone) return;
    // Before all else: leaving a terminal that is gone fails, and tells the streams' listeners so.
    gone = true;
    leave();
    process.removeAllListeners("SIGHUP");
    process.kill(process.pid, "SIGHUP");
  };
  const resume = () => {
    if (!stopped) return;
    stopped = false;
    process.prependListener("SIGTSTP", suspend);
    enter();
  };
  const suspend = () => {
    if (stopped) return;
    stopped = true;
    leave();
    process.off("SIGTSTP", suspend);
    // To the whole group, as the terminal itself does: a wrapper stops with its child.
    process.kill(0, "SIGTSTP");
    void clock.sleep(stopMsMax).then(resume);
  };
  const listeners = {
    exit: onExit,
    uncaughtException: onThrown,
    unhandledRejection: onThrown,
    SIGHUP: onHangUp,
    SIGTSTP: suspend,
    SIGCONT: resume,
  };
  // First of all listeners: whatever another one prints belongs on the restored screen.
  for (const [event, listener] of Object.entries(listeners)) process.prependListener(event, listener);
  for (const stream of streams) {
    for (const event of ["end", "close", "error"]) stream.on(event, onHangUp);
  }
  return {
    suspend,
    release() {
      for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
      for (const stream of streams) {
        for (const event of ["end", "close", "error"]) stream.off(event, onHangUp);
      }
    },
  };
}
