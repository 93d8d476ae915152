import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { SipnavError } from "../core/errors.ts";
import { fileError } from "../core/filefaults.ts";
import { limitError, sheetError, unreadable } from "./faults.ts";
import type { SheetCaps, SheetSource } from "./sheet.ts";

/** Enough for the header and some hundred rows below it. */
const headBytes = 64 * 1024;

/** Bytes of a file or stream, unpacked if they were gzip. */
export interface Source {
  readonly name: string;
  /** Set while the file on disk holds the very bytes. */
  readonly path?: string;
  /** The first bytes; all of them when the source is shorter. */
  readonly head: Buffer;
  /** Whether the first bytes are all there are. */
  readonly isWhole: boolean;
  /** All bytes, from the first on. A stream can be read once. */
  bytes(): AsyncIterable<Buffer>;
}

/**
 * Opens a file or stream and looks at its start.
 * @throws usage when it cannot be opened, validation when it is empty or not gzip although it says so
 */
export async function openSource(source: SheetSource, caps: SheetCaps): Promise<Source> {
  const raw =
    typeof source === "string" ? await openFile(source) : await openStream(source.name, source.stream);
  if (raw.head.length === 0) throw sheetError(raw.name, "it is empty");
  if (raw.head[0] !== 0x1f || raw.head[1] !== 0x8b) return raw;
  const unpacked = () => gunzip(raw, caps.sheetUnpackedBytesMax);
  if (raw.path === undefined) return openStream(raw.name, unpacked());
  const head = await takeHead(unpacked());
  return { name: raw.name, ...head, bytes: unpacked };
}

async function openFile(path: string): Promise<Source> {
  const name = basename(path);
  const facts = await stat(path).catch((cause) => {
    throw fileError("usage", "read", path, cause);
  });
  // What is no file, such as a pipe, can be read once.
  if (!facts.isFile()) return openStream(name, readFile(path));
  return { name, path, ...(await takeHead(readFile(path))), bytes: () => readFile(path) };
}

/** Not the bare stream: that would open the file even if nobody reads it. */
async function* readFile(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw fileError("usage", "read", path, cause);
  }
}

/** A stream's first bytes are given back in front of its rest. */
async function openStream(name: string, stream: AsyncIterable<Uint8Array>): Promise<Source> {
  const rest = readStream(name, stream);
  const head = await takeHead(rest, false);
  let isRead = false;
  async function* replay() {
    if (isRead) throw new SipnavError("bug", `${name} is a stream and was read before.`);
    isRead = true;
    yield head.head;
    yield* rest;
  }
  return { name, ...head, bytes: replay };
}

async function* readStream(name: string, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  try {
    for await (const { buffer, byteOffset, length } of stream) yield Buffer.from(buffer, byteOffset, length);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

async function takeHead(bytes: AsyncGenerator<Buffer>, close = true) {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await bytes.next();
    if (next.done) return { head: Buffer.concat(chunks), isWhole: true };
    chunks.push(next.value);
    length += next.value.length;
  }
  if (close) await bytes.return(undefined);
  return { head: Buffer.concat(chunks), isWhole: false };
}

async function* gunzip(packed: Source, bytesMax: number): AsyncGenerator<Buffer> {
  const unpacking = pipeline(Readable.from(packed.bytes()), createGunzip(), () => undefined);
  let total = 0;
  try {
    for await (const chunk of unpacking) {
      total += chunk.length;
      if (total > bytesMax)
        throw limitError(packed.name, "sheetUnpackedBytesMax", bytesMax, "it unpacks to more bytes");
      yield chunk;
    }
  } catch (cause) {
    throw unreadable(packed.name, cause);
  } finally {
    unpacking.destroy();
  }
}
