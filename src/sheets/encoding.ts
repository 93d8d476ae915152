import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { sheetError } from "./faults.ts";

/** The encodings that a CSV file may have. UTF-16 needs its byte order mark. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

const lineFeed = 0x0a;

/** The encoding that a file's first bytes tell, and the length of the mark that tells it. */
export function detectEncoding(head: Buffer): { encoding: Encoding; markBytes: number } {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", markBytes: 2 };
  return { encoding: "utf-8", markBytes: head.subarray(0, 3).equals(Buffer.from("\ufeff")) ? 3 : 0 };
}

/**
 * The text of a file as chunks of UTF-8 without byte order mark.
 * @throws validation naming the first line that is not in the encoding, or that holds a zero byte
 */
export async function* readText(
  file: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<Buffer> {
  let carry: Buffer = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  let line = 1;
  let isStart = true;
  for await (const chunk of bytes) {
    let text = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    if (isStart) {
      if (text.length < 3) {
        carry = text;
        continue;
      }
      const { encoding, markBytes } = detectEncoding(text);
      if (encoding !== "utf-8") decoder = new TextDecoder(encoding, { fatal: true });
      text = text.subarray(markBytes);
      isStart = false;
    }
    carry = Buffer.alloc(0);
    if (decoder) text = decode(file, decoder, text, line);
    else {
      const length = wholeLength(text);
      carry = text.subarray(length);
      text = text.subarray(0, length);
    }
    checkText(file, text, line);
    yield text;
    line += countLines(text);
  }
  if (decoder) decode(file, decoder, undefined, line);
  checkText(file, carry, line);
  if (carry.length > 0) yield carry;
}

function decode(file: string, decoder: TextDecoder, bytes: Buffer | undefined, line: number): Buffer {
  try {
    return Buffer.from(decoder.decode(bytes, { stream: bytes !== undefined }));
  } catch (cause) {
    throw sheetError(file, `the text is not valid ${decoder.encoding} from about here on`, {
      row: line,
      cause,
    });
  }
}

function checkText(file: string, text: Buffer, line: number) {
  if (isUtf8(text) && !text.includes(0)) return;
  for (let start = 0, row = line; start < text.length; row++) {
    const end = text.indexOf(lineFeed, start);
    const part = text.subarray(start, end === -1 ? text.length : end + 1);
    if (!isUtf8(part)) {
      const hint = "Save the file as CSV UTF-8; Excel's plain CSV uses an older encoding.";
      throw sheetError(file, "the text is not valid UTF-8", { row, hint });
    }
    if (part.includes(0)) {
      const hint = "If it is UTF-16, save it with a byte order mark or as UTF-8.";
      throw sheetError(file, "there is a zero byte, so this is not a text file", { row, hint });
    }
    start += part.length;
  }
}

function countLines(text: Buffer): number {
  let count = 0;
  for (let at = text.indexOf(lineFeed); at !== -1; at = text.indexOf(lineFeed, at + 1)) count++;
  return count;
}

/** The length without a character that has only begun: UTF-8 tells a character's length in its first byte. */
function wholeLength(text: Buffer): number {
  for (let back = 1; back <= 3 && back <= text.length; back++) {
    const byte = text[text.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? text.length - back : text.length;
  }
  return text.length;
}
