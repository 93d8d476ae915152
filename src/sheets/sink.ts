import { createHash, randomBytes } from "node:crypto";
import { link, lstat, open, rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";
import { SipnavError } from "../core/errors.ts";
import { fileError } from "./faults.ts";

/** How a file is put in place. */
export interface PlaceOptions {
  /** Replaces a file that is there. */
  readonly force?: boolean;
  /** Of the new file; 0o600 for what only its owner should read. */
  readonly mode?: number;
}

/** What was written. */
export interface Written {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where bytes go, one write at a time. */
export interface Sink {
  /** @throws usage when the disk or the reader at the other end refuses */
  write(bytes: Buffer): Promise<void>;
  /** Only now has a file its name. */
  close(): Promise<Written>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

/**
 * Opens a path or a stream for writing. A file is written beside its name, made durable and renamed at the end;
 * a stream is the caller's and stays open.
 * @throws usage when the path is taken or can't be written
 */
export async function openSink(target: string | Writable, options: PlaceOptions = {}): Promise<Sink> {
  const place = typeof target === "string" ? await openFile(target, options) : openStream(target);
  const hash = createHash("sha256");
  let bytesWritten = 0;
  let last = Promise.resolve();
  return {
    write(bytes) {
      hash.update(bytes);
      bytesWritten += bytes.length;
      // In a chain: bytes keep their order even when a caller does not wait.
      last = last.then(() => place.write(bytes));
      return last;
    },
    async close() {
      await last;
      await place.finish();
      return { bytes: bytesWritten, sha256: hash.digest("hex") };
    },
    abort: place.abandon,
  };
}

interface Place {
  write(bytes: Buffer): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

async function openFile(path: string, { force = false, mode = 0o666 }: PlaceOptions): Promise<Place> {
  const taken = (cause?: unknown) =>
    new SipnavError("usage", `${path} is there already.`, {
      hint: "Replace it with --force.",
      code: "EEXIST",
      cause,
    });
  if (!force && (await lstat(path).catch(() => undefined))) throw taken();
  const beside = `${path}.${randomBytes(6).toString("hex")}.part`;
  const handle = await open(beside, "wx", mode).catch((cause) => {
    throw fileError("write", path, cause);
  });
  const abandon = async () => {
    await handle.close().catch(() => undefined);
    await rm(beside, { force: true }).catch(() => undefined);
  };
  const orAbandon = async (step: Promise<unknown>) => {
    try {
      await step;
    } catch (cause) {
      await abandon();
      throw (cause as NodeJS.ErrnoException).code === "EEXIST"
        ? taken(cause)
        : fileError("write", path, cause);
    }
  };
  return {
    write: (bytes) => orAbandon(handle.writeFile(bytes)),
    async finish() {
      await orAbandon(handle.sync());
      await handle.close();
      await orAbandon(force ? rename(beside, path) : takeName(beside, path));
    },
    abandon,
  };
}

/** Unlike a rename, a link never replaces what another program put there meanwhile. */
async function takeName(beside: string, path: string) {
  try {
    await link(beside, path);
    await rm(beside);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // Not every file system has links.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw cause;
    await rename(beside, path);
  }
}

function openStream(stream: Writable): Place {
  const write = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const settle = (cause?: Error | null) => {
        // The stream says it twice: here, and as an event that must find a listener.
        if (cause) {
          return reject(cause instanceof SipnavError ? cause : fileError("write", "to the stream", cause));
        }
        stream.off("error", settle);
        resolve();
      };
      stream.once("error", settle);
      stream.write(bytes, settle);
    });
  return { write, finish: async () => undefined, abandon: async () => undefined };
}
