import { SipnavError } from "../core/errors.ts";
import type { Meter } from "../core/progress.ts";
import { type Row, readRow } from "../domain/noun.ts";
import type { Place } from "../sheets/sink.ts";
import { type DocumentForm, openDocument, type RowDocument } from "./export/document.ts";
import { type ListCall, type ListSource, readPages, type Selection, type WireRow } from "./rows.ts";

/** Pages asked for at once. */
const pagesAtOnce = 8;

/** What is exported, and as what. */
export interface ExportOrder {
  readonly call: ListCall;
  readonly selection: Selection;
  readonly form: Omit<DocumentForm, "fields" | "zone">;
}

/** What became of an export. */
export interface Exported {
  readonly rows: number;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly fields: readonly string[];
  /** Whether every row that was wanted is in it. */
  readonly complete: boolean;
  /** Whatever was odd. */
  readonly notices: readonly string[];
}

/** Who else has to do with an export. */
export interface ExportParties {
  /** What the place is called in messages; without it what was written before a failure stays. */
  readonly name?: string | undefined;
  readonly onProgress?: Meter | undefined;
}

/** How far the reading has come. */
interface Progress {
  rowsRead: number;
  total: number | undefined;
  complete: boolean;
  notice(text: string): void;
}

/**
 * Writes the wanted rows of a list to a place, page by page: what is in memory does not grow with the list, unless
 * an order of our own is wanted.
 * @throws what the reading or the writing throws, with how far it had come; the place has got nothing then
 */
export async function exportList(
  source: ListSource,
  { call, selection, form }: ExportOrder,
  place: Place,
  { name, onProgress }: ExportParties = {},
): Promise<Exported> {
  const notices: string[] = [];
  const notice = (text: string) => {
    notices.push(text);
    source.onNotice(text, false);
  };
  const progress: Progress = { rowsRead: 0, total: undefined, complete: true, notice };
  const open = (first: readonly WireRow[]) =>
    openDocument({ ...form, fields: call.shape.fields, zone: source.zone }, first, place);
  let document: RowDocument | undefined;
  try {
    for await (const rows of wantedRows(source, call, selection, progress)) {
      onProgress?.(progress.rowsRead, progress.total);
      document ??= await open(rows);
      for (const row of rows) {
        const written = document.write(row);
        if (written) await written;
      }
    }
    document ??= await open([]);
    const { fields, leftOut } = document;
    const facts = await document.close();
    if (leftOut.size > 0) {
      progress.complete = false;
      notice(`${[...leftOut].join(", ")} turned up too late to be a column; --fields or JSON has it.`);
    }
    return { ...facts, fields: fields.map((field) => field.name), complete: progress.complete, notices };
  } catch (thrown) {
    await place.abandon();
    throw withProgress(thrown, progress, name);
  }
}

/**
 * The wanted rows, some at a time; all at once when they are put in order. They come as the platform sent them unless
 * they had to be read to be chosen.
 */
async function* wantedRows(
  source: ListSource,
  call: ListCall,
  { matches, compare, rowsMax }: Selection,
  progress: Progress,
): AsyncGenerator<readonly WireRow[]> {
  const listening: ListSource = {
    ...source,
    onNotice(text, rowsMissing) {
      progress.notice(text);
      if (rowsMissing) progress.complete = false;
    },
  };
  const cut = () => progress.notice(`Cut at ${rowsMax} rows (--limit); there are more.`);
  const read = (rows: readonly WireRow[]) => rows.map((row) => readRow(call.shape, row, source.zone));
  const held: Row[] = [];
  let rowsLeft = rowsMax;
  // One more than wanted tells whether there are more.
  const isPlain = matches === undefined && compare === undefined;
  const ahead = { prefetch: pagesAtOnce, rowsWanted: isPlain ? rowsMax + 1 : undefined };
  for await (const { rows, total } of readPages(listening, call, ahead)) {
    progress.rowsRead += rows.length;
    progress.total = total;
    if (compare !== undefined) {
      for (const row of read(rows)) if (matches?.(row) !== false) held.push(row);
    } else {
      const wanted = matches === undefined ? rows : read(rows).filter(matches);
      if (wanted.length > 0 && rowsLeft > 0) yield wanted.slice(0, rowsLeft);
      rowsLeft -= wanted.length;
      if (rowsLeft < 0) return cut();
    }
  }
  if (compare === undefined) return;
  yield held.sort(compare).slice(0, rowsMax);
  if (held.length > rowsMax) cut();
}

function withProgress(thrown: unknown, { rowsRead, total }: Progress, name: string | undefined): unknown {
  if (!(thrown instanceof SipnavError) || rowsRead === 0) return thrown;
  const far = `${rowsRead}${total === undefined ? "" : ` of ${total}`} rows had been read`;
  const left = name === undefined ? "what was written is not whole" : `${name} was not written`;
  // Faces have words of their own for what a person ended.
  return thrown.kind === "interrupted"
    ? new SipnavError(thrown.kind, thrown.message, { ...thrown.facts, hint: `${far}; ${left}.` })
    : new SipnavError(thrown.kind, `${thrown.message} ${far}; ${left}.`, thrown.facts);
}
