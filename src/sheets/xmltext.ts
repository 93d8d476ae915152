import { TextDecoder } from "node:util";
import { limitError, sheetError } from "./faults.ts";
import { mendXml, type PartKind } from "./mends.ts";
import type { SheetCaps } from "./sheet.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Parts that may be long, and the tags before which they are cut. */
const cutTags = { worksheet: ["c ", "row"], strings: ["si"] } as const;

/** A part that is read piece by piece. */
export type LongPart = keyof typeof cutTags;

/** Far more than a cell of ordinary length, with its markup and formula. */
const cellBytesMax = 1024 * 1024;
const root = /<(?:([\w.-]+:))?(?:worksheet|sst|workbook|styleSheet|Relationships)[\s>/]/;
const rowsEnd = /<\/(?:[\w.-]+:)?sheetData\s*>|<(?:[\w.-]+:)?sheetData\s*\/>/;

/**
 * The XML of a part as pieces that exceljs reads right: cut between cells, so that no character and no cell is in
 * two pieces; without name prefixes, which it does not know; and mended. Of a worksheet nothing that follows the
 * rows is handed on, though it is read for the checksum.
 * @param onTail hears of what follows the rows
 * @throws validation when the text is not UTF-8, has a document type (entities could grow without end), holds a
 * cell far too long, or ends within the rows
 */
export async function* readXml(
  file: string,
  chunks: AsyncIterable<Buffer>,
  kind: LongPart,
  caps: SheetCaps,
  onTail?: (bytes: Buffer) => void,
): AsyncGenerator<string> {
  let prefix: string | undefined;
  let bytes: Buffer = Buffer.alloc(0);
  let isOver = false;
  for await (const chunk of chunks) {
    if (isOver) {
      onTail?.(chunk);
      continue;
    }
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    prefix ??= readPrefix(file, bytes);
    const end = kind === "worksheet" ? findEnd(bytes) : undefined;
    const cut = end ?? lastCut(bytes, kind, prefix ?? "");
    isOver = end !== undefined;
    if (cut > 0 && prefix !== undefined) {
      yield finish(file, bytes.subarray(0, cut), kind, prefix);
      bytes = bytes.subarray(cut);
      if (isOver) onTail?.(bytes);
    }
    if (bytes.length > cellBytesMax && !isOver) {
      throw limitError(file, "sheetCellCharsMax", caps.sheetCellCharsMax, "a cell is far too long");
    }
  }
  if (isOver) return;
  if (kind === "worksheet") throw sheetError(file, "the workbook is damaged (a sheet ends within its rows)");
  yield finish(file, bytes, kind, prefix);
}

/** The XML of a short part, in one piece. */
export async function readShortXml(file: string, chunks: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  const bytes = Buffer.concat(all);
  return finish(file, bytes, "workbook", readPrefix(file, bytes));
}

function finish(file: string, bytes: Buffer, kind: PartKind, prefix = ""): string {
  const text = decode(file, bytes);
  const plain = prefix === "" ? text : text.replaceAll(`<${prefix}`, "<").replaceAll(`</${prefix}`, "</");
  return mendXml(plain, kind);
}

/** All in one call: decoding as a stream takes several times longer. */
function decode(file: string, bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw sheetError(file, "the workbook is damaged (its XML is not valid UTF-8)", { cause });
  }
}

/** The prefix of all names, often `x:` in files written by .NET; undefined until the first tag is there. */
function readPrefix(file: string, bytes: Buffer): string | undefined {
  if (bytes.includes("<!DOCTYPE") || bytes.includes("<!ENTITY")) {
    throw sheetError(file, "its XML has a document type, which no spreadsheet program writes");
  }
  const found = root.exec(bytes.toString("latin1"));
  return found ? (found[1] ?? "") : undefined;
}

/** Where the rows end, if they do within these bytes. */
function findEnd(bytes: Buffer): number | undefined {
  // In Latin-1 a place among the characters is one among the bytes.
  const found = bytes.includes("sheetData") ? rowsEnd.exec(bytes.toString("latin1")) : null;
  return found ? found.index + found[0].length : undefined;
}

function lastCut(bytes: Buffer, kind: LongPart, prefix: string): number {
  return Math.max(0, ...cutTags[kind].map((tag) => bytes.lastIndexOf(`<${prefix}${tag}`)));
}
