import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isMissing } from "../core/filefaults.ts";
import { ownFileError } from "./files.ts";
import { readLines } from "./lines.ts";

/** An append-only file of one JSON value a line. */
export interface Journal {
  /**
   * Resolves when the line is on the disk; several callers share one fsync.
   * @throws config naming the file, for this line and all later ones: after a failed write nothing is certain
   */
  append(entry: object): Promise<void>;
  /** Adds a line that nobody waits for; it goes to the disk with the next that is appended, or flushed. */
  add(entry: object): void;
  /** Resolves when everything appended is on the disk. @throws config */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

/**
 * Opens a journal that only its owner may read; a last line that was torn by a crash is cut off, since nobody was
 * told that it is there.
 * @throws config
 */
export async function openJournal(path: string): Promise<Journal> {
  try {
    await cutTornLine(path);
    const handle = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
    await syncFolder(dirname(path));
    return journalOn(handle, path);
  } catch (cause) {
    throw ownFileError("open the journal", path, cause);
  }
}

/** The values of a journal, the oldest first; nothing when there is none. @throws config for a damaged line */
export async function* readJournal<T>(path: string): AsyncGenerator<T> {
  let line = 0;
  for await (const text of readLines(path)) {
    line += 1;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value !== "object" || value === null) throw new Error("it is no line of a journal");
      yield value as T;
    } catch (cause) {
      throw ownFileError("read", `${path}:${line}`, cause);
    }
  }
}

async function cutTornLine(path: string): Promise<void> {
  const size = await stat(path).then(
    (facts) => (facts.isFile() ? facts.size : 0),
    (cause) => {
      if (isMissing(cause)) return 0;
      throw cause;
    },
  );
  if (size === 0) return;
  let whole = 0;
  for await (const text of readLines(path)) whole += Buffer.byteLength(text) + 1;
  if (whole === size) return;
  const handle = await open(path, "r+");
  try {
    await handle.truncate(whole);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A new file's name is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function journalOn(handle: FileHandle, path: string): Journal {
  let waiting: string[] = [];
  let flushing: Promise<void> = Promise.resolve();
  let broken: Error | undefined;
  /** Whether a write will take what is waiting now. */
  let isDue = false;

  /** Writes what has gathered while the write before was on its way. */
  const writeWaiting = async (before: Promise<void>) => {
    await before.catch(() => undefined);
    const lines = waiting.join("");
    waiting = [];
    isDue = false;
    if (broken !== undefined) throw broken;
    try {
      await handle.appendFile(lines);
      await handle.datasync();
    } catch (cause) {
      broken = ownFileError("write the journal", path, cause);
      throw broken;
    }
  };
  const flush = () => {
    if (isDue || waiting.length === 0) return flushing;
    isDue = true;
    flushing = writeWaiting(flushing);
    // Whoever adds an answer does not wait for it, and hears of the failure at the next line.
    flushing.catch(() => undefined);
    return flushing;
  };
  const add = (entry: object) => void waiting.push(`${JSON.stringify(entry)}\n`);
  return {
    append(entry) {
      add(entry);
      return flush();
    },
    add,
    flush,
    close: async () => {
      await flush().catch(() => undefined);
      await handle.close();
    },
  };
}
