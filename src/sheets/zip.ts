import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { limitError, sheetError, unreadable } from "./faults.ts";
import type { SheetCaps } from "./sheet.ts";

/** One part of an archive, as its directory declares it. */
export interface Part {
  readonly path: string;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly isPacked: boolean;
  readonly crc: number;
  readonly offset: number;
}

/** An archive's directory, read and checked; parts are read in any order, each as often as wanted. */
export interface Archive {
  readonly parts: ReadonlyMap<string, Part>;
  /** @throws validation when the part is not what the directory declares: too long, too short, damaged */
  read(part: Part): AsyncGenerator<Buffer>;
}

/** Parts below it may be packed as tightly as they like: a megabyte harms nobody. */
const bombBytesMin = 1024 * 1024;
const directoryBytesMax = 16 * 1024 * 1024;
const chunkSize = 64 * 1024;
const endBytes = 22;
const commentBytesMax = 0xffff;
const isInZip64 = 0xffffffff;

/**
 * Reads the directory at the end of a zip file (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16), not the headers between
 * the parts: only it says everything before the first byte is unpacked.
 * @throws validation when it is damaged, protected by a password, or a zip bomb by its own declaration
 */
export async function openArchive(path: string, file: string, caps: SheetCaps): Promise<Archive> {
  const damaged = (reason: string) => sheetError(file, `the workbook is damaged (${reason})`);
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, endBytes + commentBytesMax));
    await handle.read(tail, 0, tail.length, size - tail.length);
    const at = tail.lastIndexOf("PK\x05\x06", undefined, "latin1");
    if (at === -1 || at + endBytes > tail.length) throw damaged("it ends too early");
    const directory = Buffer.alloc(Math.min(tail.readUInt32LE(at + 12), directoryBytesMax));
    const { bytesRead } = await handle.read(directory, 0, directory.length, tail.readUInt32LE(at + 16));
    const parts = readDirectory(directory.subarray(0, bytesRead), tail.readUInt16LE(at + 10), damaged);
    checkParts(parts, file, caps);
    return { parts, read: (part) => readPart(path, part, damaged, file) };
  } catch (cause) {
    throw unreadable(file, cause);
  } finally {
    await handle.close();
  }
}

function readDirectory(bytes: Buffer, count: number, damaged: (reason: string) => Error): Map<string, Part> {
  const parts = new Map<string, Part>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
      throw damaged("its directory is broken");
    const method = bytes.readUInt16LE(at + 10);
    const pathEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = pathEnd + bytes.readUInt16LE(at + 30);
    const path = bytes
      .toString("utf8", at + 46, pathEnd)
      .replaceAll("\\", "/")
      .replace(/^\//, "");
    if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw damaged("a part is encrypted");
    if (method !== 0 && method !== 8) throw damaged(`a part is packed by method ${method}`);
    const wide = wideNumbers(bytes.subarray(pathEnd, extraEnd));
    const number = (offset: number) => {
      const value = bytes.readUInt32LE(at + offset);
      return value === isInZip64 ? wide() : value;
    };
    // Zip64 gives the numbers that do not fit in this very order.
    const unpacked = number(24);
    const packed = number(20);
    const offset = number(42);
    const crc = bytes.readUInt32LE(at + 16);
    parts.set(path, { path, packedBytes: packed, bytes: unpacked, isPacked: method === 8, crc, offset });
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** The 64-bit numbers of the extra field 1, one a call. */
function wideNumbers(extra: Buffer): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return () => {
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  };
}

function checkParts(parts: ReadonlyMap<string, Part>, file: string, caps: SheetCaps) {
  const { sheetUnpackedBytesMax, sheetExpansionMax } = caps;
  let total = 0;
  for (const { path, bytes, packedBytes } of parts.values()) {
    total += bytes;
    if (bytes > bombBytesMin && bytes > packedBytes * sheetExpansionMax) {
      throw limitError(
        file,
        "sheetExpansionMax",
        sheetExpansionMax,
        `${path} unpacks to far more than it should`,
      );
    }
  }
  if (total > sheetUnpackedBytesMax) {
    throw limitError(file, "sheetUnpackedBytesMax", sheetUnpackedBytesMax, `it unpacks to ${total} bytes`);
  }
}

async function* readPart(path: string, part: Part, damaged: (reason: string) => Error, file: string) {
  if (part.packedBytes === 0) return;
  try {
    const start = await findContent(path, part, damaged);
    const packed = createReadStream(path, { start, end: start + part.packedBytes - 1 });
    const stream = part.isPacked
      ? pipeline(packed, createInflateRaw({ chunkSize }), () => undefined)
      : packed;
    let bytes = 0;
    let crc = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > part.bytes) throw damaged(`${part.path} is longer than declared`);
      crc = crc32(chunk, crc);
      yield chunk;
    }
    if (bytes !== part.bytes || crc !== part.crc) throw damaged(`the checksum of ${part.path} is wrong`);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** Where a part's bytes start: behind a header whose own lengths may differ from the directory's. */
async function findContent(path: string, part: Part, damaged: (reason: string) => Error): Promise<number> {
  const handle = await open(path);
  try {
    const header = Buffer.alloc(30);
    await handle.read(header, 0, header.length, part.offset);
    if (header.readUInt32LE(0) !== 0x04034b50) throw damaged(`${part.path} is not where it should be`);
    return part.offset + header.length + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}
