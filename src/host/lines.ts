import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { fileError, isMissing, makePrivateFolder } from "./files.ts";

const pageChars = 64 * 1024;

/** Takes the lines of a new file. */
export interface LineWriter {
  /** A promise is to be waited for before the next line: the disk is behind. */
  write(line: string): Promise<void> | void;
  /** Makes the lines durable. */
  close(): Promise<void>;
}

/** Opens a new file, or an empty one in the place of an old one, that only its owner may read. @throws config */
export async function writeLines(path: string): Promise<LineWriter> {
  await makePrivateFolder(dirname(path));
  let page = "";
  let handle: FileHandle;
  const attempt = async <T>(step: () => Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (cause) {
      throw fileError("config", "write", path, cause);
    }
  };
  handle = await attempt(() => open(path, "w", 0o600));
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
    close: () =>
      attempt(async () => {
        await flush();
        await handle.sync();
      }).finally(() => handle.close()),
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
    throw fileError("config", "read", path, cause);
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
