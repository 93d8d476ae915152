import { Readable } from "node:stream";
import exceljs, { type Row } from "exceljs";
import { limitError, sheetError, unreadable } from "./faults.ts";
import { mergeReader } from "./merges.ts";
import type { Merge, SheetCaps } from "./sheet.ts";
import { isDateFormat, isDigitFormat } from "./xlsxcells.ts";
import { readShortXml, readXml } from "./xmltext.ts";
import type { Archive, Part } from "./zip.ts";

/** A sheet of a workbook, in the order of its tabs. */
export interface SheetEntry {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: Part;
}

/** A workbook without its rows. */
export interface Workbook {
  readonly sheets: readonly SheetEntry[];
  /**
   * The rows of a sheet, as exceljs makes them, in batches; row after row in constant memory.
   * @param merges gets the merged cells, which follow the rows
   */
  rows(sheet: SheetEntry, merges: Merge[]): AsyncIterable<readonly Row[]>;
}

/** What exceljs's WorkbookReader is made of, as far as it is used here; its types leave it out. */
interface ReaderParts {
  workbookRels?: readonly { Id: string; Target: string }[];
  model?: { sheets?: readonly { name: string; rId: string; state?: string }[] };
  styles: { getStyleModel(id: number): { numFmt?: string } | null };
  _parseRels(part: Readable): Promise<void>;
  _parseWorkbook(part: Readable): Promise<void>;
  _parseStyles(part: Readable): Promise<void>;
  _parseSharedStrings(part: Readable): AsyncIterable<unknown>;
  _parseWorksheet(
    xml: AsyncIterable<string>,
    id: number,
  ): Iterable<{ value: { parse(): AsyncIterable<readonly { eventType: string; value: Row | null }[]> } }>;
}

const dateStyle = { numFmt: "yyyy-mm-dd" };

/**
 * Opens a workbook by exceljs's streaming reader, part by part. Its own walk through the file is not used: it takes
 * the parts as they come, which loses sheet names or whole sheets when they stand in an unusual order, spills
 * sheets to disk, and unpacks without limit.
 * @throws validation when a part is missing, damaged, or too large to be held
 */
export async function openWorkbook(archive: Archive, file: string, caps: SheetCaps): Promise<Workbook> {
  const reader = createReader();
  const find = (path: RegExp) => Array.from(archive.parts.values()).find((part) => path.test(part.path));
  const check = (part: Part) => {
    if (part.bytes > caps.sheetStringsBytesMax) throw tooLarge(file, part, caps);
    return archive.read(part);
  };
  const read = async (part: Part) => Readable.from([await readShortXml(file, check(part))]);
  const book = find(/^xl\/workbook\d*\.xml$/i);
  const rels = find(/^xl\/_rels\/workbook\d*\.xml\.rels$/i);
  if (!book || !rels) throw sheetError(file, whatElse(archive));
  try {
    await reader._parseRels(await read(rels));
    await reader._parseWorkbook(await read(book));
    const styles = find(/^xl\/styles\.xml$/i);
    if (styles) await reader._parseStyles(await read(styles));
    keepStyles(reader);
    const strings = find(/^xl\/sharedStrings\.xml$/i);
    if (strings) await readStrings(reader, readXml(file, check(strings), "strings", caps));
  } catch (cause) {
    throw unreadable(file, cause);
  }
  return {
    sheets: listSheets(reader, archive),
    rows({ part }, merges) {
      const xml = readXml(file, archive.read(part), "worksheet", caps, mergeReader(file, merges));
      return readRows(reader, xml, file);
    },
  };
}

async function readStrings(reader: ReaderParts, xml: AsyncIterable<string>) {
  // It keeps them itself, and yields nothing.
  for await (const _ of reader._parseSharedStrings(Readable.from(xml)));
}

function createReader(): ReaderParts {
  const options = {
    worksheets: "emit",
    sharedStrings: "cache",
    styles: "cache",
    hyperlinks: "ignore",
  } as const;
  return new exceljs.stream.xlsx.WorkbookReader("", options) as unknown as ReaderParts;
}

/**
 * Of all styles two things matter: whether a number is a date, which exceljs's own test takes `0 \m` for, and how many
 * digits it has at least.
 */
function keepStyles(reader: ReaderParts) {
  const { styles } = reader;
  const known = new Map<number, { numFmt: string } | null>();
  reader.styles = {
    getStyleModel(id) {
      const found = known.get(id);
      if (found !== undefined) return found;
      const format = styles.getStyleModel(id)?.numFmt;
      const style = isDateFormat(format) ? dateStyle : isDigitFormat(format) ? { numFmt: format } : null;
      known.set(id, style);
      return style;
    },
  };
}

function listSheets({ workbookRels = [], model }: ReaderParts, archive: Archive): SheetEntry[] {
  return (model?.sheets ?? []).flatMap(({ name, rId, state }) => {
    const target = workbookRels.find(({ Id }) => Id === rId)?.Target ?? "";
    const part = archive.parts.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    // A tab may also be a chart.
    return part && !/chartsheets|dialogsheets/.test(part.path)
      ? [{ name, part, isHidden: state !== undefined && state !== "visible" }]
      : [];
  });
}

async function* readRows(reader: ReaderParts, xml: AsyncIterable<string>, file: string) {
  try {
    for (const { value: sheet } of reader._parseWorksheet(xml, 1)) {
      for await (const events of sheet.parse()) {
        const rows: Row[] = [];
        for (const { eventType, value } of events) {
          if (eventType !== "row") continue;
          // A row within a row ends twice, the second time as null.
          if (!value?.number) throw sheetError(file, "the workbook is damaged (a row has no number)");
          rows.push(value);
        }
        yield rows;
      }
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function tooLarge(file: string, { path, bytes }: Part, { sheetStringsBytesMax }: SheetCaps) {
  return limitError(file, "sheetStringsBytesMax", sheetStringsBytesMax, `${path} has ${bytes} bytes`);
}

/** Other things that are zip files. */
function whatElse({ parts }: Archive): string {
  if (parts.has("xl/workbook.bin")) return "it is a binary workbook (.xlsb); save it as .xlsx";
  if (parts.has("content.xml")) return "it is an OpenDocument file; save it as .xlsx";
  return "it is a zip file, but no Excel workbook";
}
