import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { fileError, isMissing } from "../core/filefaults.ts";
import { ownFileError } from "./files.ts";

const pageChars = 64 * 1024;

/** Takes the lines of a new file. */
export interface LineWriter {
  /** A promise is to be waited for before the next line: the disk is behind. */
  write(line: string): Promise<void> | void;
  /** Makes the lines durable. */
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/**
 * Opens a file that only its owner may read; it takes its name, and the place of an old one, when it is closed.
 * @throws config
 */
export async function writeLines(path: string): Promise<LineWriter> {
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  const attempt = async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (cause) {
      await rm(beside, { force: true }).catch(() => undefined);
      throw ownFileError("write", path, cause);
    }
  };
  let page = "";
  const handle = await attempt(() => open(beside, "wx", 0o600));
  const flush = () => {
    const text = page;
    page = "";
    return attempt(() => handle.appendFile(text));
  };
  return {
    write(line) {
      page += `${line}\n`;
      return page.length < pageChars ? undefined : flush();
    },
    async close() {
      try {
        await flush();
        await attempt(() => handle.sync());
      } finally {
        await handle.close();
      }
      await attempt(() => rename(beside, path));
    },
    async abandon() {
      await handle.close().catch(() => undefined);
      await rm(beside, { force: true }).catch(() => undefined);
    },
  };
}

/**
 * The lines of a file without their ends, the last one only if it has its end; none when there is no file.
 * @throws config
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  let torn: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: pageChars }) as AsyncIterable<Buffer>) {
      const chunk = torn.length === 0 ? piece : Buffer.concat([torn, piece]);
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        yield chunk.toString("utf8", start, end);
        start = end + 1;
      }
      torn = chunk.subarray(start);
    }
  } catch (cause) {
    if (isMissing(cause)) return;
    throw ownFileError("read", path, cause);
  }
}

/** The SHA-256 of a file's bytes, hexadecimal. @throws usage */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (cause) {
    throw fileError("usage", "read", path, cause);
  }
  return hash.digest("hex");
}
