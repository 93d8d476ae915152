import { type Dialect, LineParser } from "./csvparser.ts";
import { detectEncoding, type Encoding, readText } from "./encoding.ts";
import { findHeader } from "./header.ts";
import type { RawTable, SheetCaps, SheetOptions, SheetRow } from "./sheet.ts";
import type { Source } from "./source.ts";

const delimiters = [",", ";", "\t", "|"];
const pieceBytes = 256;

/** A CSV file whose way of writing is known. */
export interface CsvTable extends RawTable {
  readonly delimiter: string;
  readonly encoding: Encoding;
}

/**
 * Finds out how a CSV file is written. The delimiter is the one of which the best table comes out: counting
 * characters would take the decimal commas of `a;0,5;0,7` for it.
 * @throws validation when the text is in no known encoding, or its quotes are broken whatever the delimiter
 */
export async function openCsv(source: Source, options: SheetOptions, caps: SheetCaps): Promise<CsvTable> {
  const { name } = source;
  const text = await readHead(source);
  const present = delimiters.filter((delimiter, index) => index === 0 || text.includes(delimiter));
  const tried = present.map((delimiter) => {
    const dialect = detectDialect(text, delimiter);
    const { rows, error } = parseSample(name, text, source.isWhole, dialect, caps);
    const { index, score } = findHeader(rows, options);
    // One column is what comes out of every wrong delimiter: it is the last to be chosen.
    return { dialect, rows, error, score: (rows[index]?.cells.length ?? 0) > 1 ? score : score - 1e6 };
  });
  const best = tried.reduce((first, next) => (next.score > first.score ? next : first));
  if (best.error && best.rows.length === 0) throw best.error;
  return {
    delimiter: best.dialect.delimiter,
    encoding: detectEncoding(source.head).encoding,
    sample: best.rows,
    batches: () => parseRows(new LineParser(name, best.dialect, caps), readText(name, source.bytes())),
  };
}

async function* parseRows(parser: LineParser, text: AsyncIterable<Buffer>) {
  for await (const chunk of text) yield parser.feed(chunk);
  yield parser.feed();
}

/** The first bytes as UTF-8; a character cut in two at their end is left away unless they are all there are. */
async function readHead({ name, head, isWhole }: Source): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readText(name, [head])) {
    chunks.push(chunk);
    if (!isWhole) break;
  }
  return Buffer.concat(chunks);
}

function detectDialect(text: Buffer, delimiter: string): Dialect {
  const lineEnds = text.includes("\n") || !text.includes("\r") ? ["\r\n", "\n"] : ["\r"];
  const starts = ["\n", "\r", delimiter].map((before) => `${before}="`);
  const looseQuotes = text.indexOf('="') === 0 || starts.some((start) => text.includes(start));
  return { delimiter, lineEnds, looseQuotes };
}

/** The rows before the first fault, and the fault. */
function parseSample(file: string, text: Buffer, isWhole: boolean, dialect: Dialect, caps: SheetCaps) {
  const parser = new LineParser(file, dialect, caps);
  const rows: SheetRow[] = [];
  let error: unknown;
  // In pieces, since a call that fails hands back no rows.
  for (let start = 0; start < text.length && error === undefined; start += pieceBytes) {
    error = attempt(() => rows.push(...parser.feed(text.subarray(start, start + pieceBytes))));
  }
  if (isWhole) error ??= attempt(() => rows.push(...parser.feed()));
  return { rows, error };
}

function attempt(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
