import { sheetError } from "./faults.ts";
import { capsOf, type Sheet, type SheetOptions, type SheetSource } from "./sheet.ts";
import { openSource, type Source } from "./source.ts";
import { openTable } from "./table.ts";

const excelName = /\.xls[xm]$/i;

/**
 * Opens a CSV file or an Excel workbook as one stream of rows; the content decides which it is, not the name.
 * @throws usage when the file cannot be opened, validation when it cannot be read as a sheet
 */
export async function openSheet(from: SheetSource, options: SheetOptions = {}): Promise<Sheet> {
  const caps = capsOf(options);
  const source = await openSource(from, caps);
  const notices: string[] = [];
  if (startsWith(source, "PK\x03\x04")) {
    if (!excelName.test(source.name)) {
      notices.push(`${source.name} is an Excel workbook in spite of its name.`);
    }
    const { openXlsx } = await import("./xlsxreader.ts");
    return openXlsx(source, options, caps, notices);
  }
  refuseOthers(source);
  if (excelName.test(source.name)) notices.push(`${source.name} is text, not Excel; it is read as CSV.`);
  if (options.sheet !== undefined) notices.push("A CSV file has no sheets: the sheet's name is not used.");
  const { openCsv } = await import("./csvreader.ts");
  const raw = await openCsv(source, options, caps);
  const { delimiter, encoding } = raw;
  if (delimiter !== ",") notices.push(`The delimiter is ${JSON.stringify(delimiter)}.`);
  if (encoding !== "utf-8") notices.push(`The encoding is ${encoding}.`);
  const facts = {
    file: source.name,
    format: "csv" as const,
    delimiter,
    encoding,
    close: async () => undefined,
  };
  return openTable(facts, raw, options, caps, notices);
}

/** Files that are often taken for a sheet and can't be read as one. */
function refuseOthers(source: Source) {
  if (startsWith(source, "\xd0\xcf\x11\xe0")) {
    const hint = "Open it in Excel and save it as .xlsx without a password.";
    throw sheetError(source.name, "it is protected by a password, or an old .xls file", { hint });
  }
  if (startsWith(source, "PK") || startsWith(source, "%PDF"))
    throw sheetError(source.name, "it is not a sheet");
  const isUtf16 = startsWith(source, "\xff\xfe") || startsWith(source, "\xfe\xff");
  if (excelName.test(source.name) && source.head.includes(0) && !isUtf16) {
    const hint = "It may be damaged or cut off: save it in Excel once more.";
    throw sheetError(source.name, "it is no Excel workbook, though its name says so", { hint });
  }
  if (/^(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*["}]/.test(source.head.toString("latin1", 0, 200))) {
    throw sheetError(source.name, "it is JSON, not a sheet", { hint: "Export it as CSV or .xlsx." });
  }
  if (
    /^(\ufeff|\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml)/i.test(source.head.toString("latin1", 0, 200))
  ) {
    const hint = "Open it in Excel or a browser and save it as .xlsx or CSV.";
    throw sheetError(source.name, "it is a web page or XML, not a sheet", { hint });
  }
}

function startsWith({ head }: Source, magic: string): boolean {
  return head.subarray(0, magic.length).equals(Buffer.from(magic, "latin1"));
}
