import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep, setImmediate as yieldOnce } from "node:timers/promises";
import { limits } from "../core/limits.ts";
import { isMissing, makePrivateFolder } from "./files.ts";

const yieldsMax = 10;

type Change = (text: string | undefined) => string;

/** A short text that many processes change often. */
export interface RateFile {
  /**
   * Replaces the text by what `change` makes of it, with no other process in between; undefined stands for none yet.
   * `change` may be called again when its work was lost to another process. Where the file can't be used the text
   * is this process's own: nothing fails for want of it. Rejects only with what `change` throws.
   */
  update(change: Change): Promise<void>;
}

/**
 * Opens such a text. The new one is written into `PATH.lock`, which only one process can make, and renamed: that is
 * the change and the end of the lock in one. It takes some 0.1 ms, in which this process does nothing else; so a lock
 * that stands for long was left by a process that was killed, and is removed.
 */
export function openRateFile(path: string): RateFile {
  let own: string | undefined;
  return {
    async update(change) {
      const watch = createWatch(`${path}.lock`);
      let hasFolder = false;
      let waits = 0;
      while (!watch.isOver()) {
        try {
          if (replaceText(path, change)) return;
          watch.look();
          // The other process is mostly done before a timer could fire.
          await (waits++ < yieldsMax ? yieldOnce() : sleep(1));
        } catch (cause) {
          if (!(cause instanceof Error && "syscall" in cause)) throw cause;
          if (hasFolder || !isMissing(cause)) break;
          hasFolder = true;
          await makePrivateFolder(dirname(path)).catch(() => undefined);
        }
      }
      own = change(own);
    },
  };
}

/** Answers false when another process holds the lock, or has taken it over. Throws file system errors. */
function replaceText(path: string, change: Change): boolean {
  const lock = `${path}.lock`;
  const handle = makeLock(lock);
  if (handle === undefined) return false;
  const isOurs = () => statSync(lock, { throwIfNoEntry: false })?.ino === fstatSync(handle).ino;
  try {
    writeSync(handle, change(readText(path)));
    if (!isOurs()) return false;
    renameSync(lock, path);
    return true;
  } catch (cause) {
    if (isOurs()) rmSync(lock, { force: true });
    throw cause;
  } finally {
    closeSync(handle);
  }
}

function makeLock(lock: string): number | undefined {
  try {
    return openSync(lock, "wx", 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw cause;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

/** Milliseconds of a clock that nobody sets; `performance` would be loaded for it. */
const monotonicMs = () => process.uptime() * 1000;

/** Removes a lock that stays the same for too long: the file system's clock may not be this computer's. */
function createWatch(lock: string) {
  const startMs = monotonicMs();
  let seen = { mark: "", sinceMs: startMs };
  return {
    isOver: () => monotonicMs() - startMs > limits.lockWaitMsMax,
    look() {
      const found = statSync(lock, { throwIfNoEntry: false });
      const mark = found ? `${found.ino} ${found.mtimeMs}` : "";
      const nowMs = monotonicMs();
      if (mark !== seen.mark) seen = { mark, sinceMs: nowMs };
      else if (mark !== "" && nowMs - seen.sinceMs > limits.rateLockMsMax) rmSync(lock, { force: true });
    },
  };
}
