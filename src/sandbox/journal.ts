import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { SipnavError } from "../core/errors.ts";

/** An append-only file of one JSON value a line; a line is durable when its `append` resolves. */
export interface Journal {
  /** Resolves after an fsync that several concurrent callers share. */
  append(value: unknown): Promise<void>;
  /** Drops every line. */
  clear(): Promise<void>;
  /** Refuses all later writes, as after a failed one: what stands on disk can no longer be told. */
  poison(reason: Error): void;
  close(): Promise<void>;
}

/** How a journal is read at its start. */
export interface Replay {
  /** Takes one line's value; what it throws makes the line a corrupt one. */
  take(value: unknown): void;
  /** Called after the last line: the values of a shorter journal with the same meaning, if that is worth it. */
  compacted(linesCount: number): Iterable<unknown> | undefined;
}

/**
 * Opens the journal, made with mode 0600, and replays it. A last line without its newline was never acknowledged
 * and is cut off; any other line that cannot be read is an error that names it, and nothing is changed.
 * @throws config
 */
export async function openJournal(file: string, replay: Replay): Promise<Journal> {
  let handle = await open(file, "a+", 0o600);
  try {
    const content = await readFile(file);
    const end = content.lastIndexOf(10) + 1;
    const linesCount = replayLines(file, content.subarray(0, end), replay);
    if (end < content.length) await handle.truncate(end);
    const compacted = replay.compacted(linesCount);
    if (compacted !== undefined) {
      const text = Array.from(compacted, (value) => `${JSON.stringify(value)}\n`).join("");
      await replaceFile(file, text);
      await handle.close();
      handle = await open(file, "a+", 0o600);
    }
    await handle.sync();
    await syncFolder(file);
    return journalOn(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Writes beside, renames, and makes both durable; the file is for its owner alone. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const beside = await open(`${file}.new`, "w", 0o600);
  try {
    await beside.writeFile(text);
    await beside.sync();
  } finally {
    await beside.close();
  }
  await rename(`${file}.new`, file);
  await syncFolder(file);
}

async function syncFolder(file: string): Promise<void> {
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function replayLines(file: string, content: Buffer, replay: Replay): number {
  let count = 0;
  for (let start = 0; start < content.length; ) {
    const end = content.indexOf(10, start);
    count++;
    try {
      replay.take(JSON.parse(content.toString("utf8", start, end)));
    } catch (cause) {
      throw new SipnavError("config", `${file}:${count} is damaged: ${(cause as Error).message}`, {
        hint: "Mend the line or move the file away; nothing was changed.",
        details: [{ file, row: count, message: "not a journal line" }],
        cause,
      });
    }
    start = end + 1;
  }
  return count;
}

function journalOn(handle: FileHandle): Journal {
  let waiting: string[] = [];
  let flushing: Promise<void> | undefined;
  let broken: Error | undefined;

  /** Writes what has gathered while the write before was on its way: one fsync for all of it. */
  const flush = async () => {
    await previousOf(flushing);
    const lines = waiting.join("");
    waiting = [];
    if (broken !== undefined) throw broken;
    try {
      await handle.appendFile(lines);
      await handle.datasync();
    } catch (error) {
      broken = error as Error;
      throw error;
    }
  };
  return {
    append(value) {
      waiting.push(`${JSON.stringify(value)}\n`);
      if (waiting.length === 1) flushing = flush();
      return flushing as Promise<void>;
    },
    clear() {
      // Stands in the same queue as the writes: lines of before go, lines of after stay.
      const before = previousOf(flushing);
      flushing = (async () => {
        await before;
        if (broken !== undefined) throw broken;
        await handle.truncate(0);
        await handle.sync();
      })();
      return flushing;
    },
    poison(reason) {
      broken ??= reason;
    },
    async close() {
      await previousOf(flushing);
      await handle.close();
    },
  };
}

function previousOf(flushing: Promise<void> | undefined): Promise<void> | undefined {
  return flushing?.catch(() => undefined);
}
