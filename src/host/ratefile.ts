import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep, setImmediate as yieldOnce } from "node:timers/promises";
import { isMissing } from "../core/filefaults.ts";
import { limits } from "../core/limits.ts";
import { makePrivateFolder } from "./files.ts";

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
 * Opens such a text. It is changed in place by one write under `PATH.lock`, which only one process can make: a file
 * that is renamed over another has to be on the disk first, which takes longer than all else. A change takes some
 * 0.1 ms, in which this process does nothing else; so a lock that stands for long was left by a process that was
 * killed, and is removed.
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
    return writeText(path, change, isOurs);
  } finally {
    if (isOurs()) removeLock(lock);
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

/** Node's own way to remove what may not be there loads a library first. */
function removeLock(lock: string): void {
  try {
    unlinkSync(lock);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
  }
}

/** Spaces stand where the text before was longer: nothing of it is ever left behind a shorter one. */
function writeText(path: string, change: Change, isOurs: () => boolean): boolean {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  try {
    const before = readFileSync(file);
    const text = Buffer.from(change(before.length === 0 ? undefined : before.toString().trimEnd()));
    if (!isOurs()) return false;
    const bytes = Buffer.alloc(Math.max(before.length, text.length), " ");
    text.copy(bytes);
    writeSync(file, bytes, 0, bytes.length, 0);
    return true;
  } finally {
    closeSync(file);
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
      else if (mark !== "" && nowMs - seen.sinceMs > limits.rateLockMsMax) removeLock(lock);
    },
  };
}
