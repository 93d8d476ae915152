import type { Column } from "./document.ts";
import { openSink, type PlaceOptions, type Written } from "./sink.ts";

/** A column of a sheet that a person is to fill in. */
export interface TemplateColumn extends Column {
  /** Shown when the pointer rests on the header. */
  readonly comment?: string;
  /** The words that may be entered. */
  readonly choices?: readonly string[];
}

/** Excel's own limit of a list that stands in the rule itself. */
const listCharsMax = 255;
const rowsMax = 1_048_576;

/**
 * Writes an empty workbook to fill in: a header with comments, and cells that take only what may be entered. Text
 * columns are text in Excel too, so that it keeps leading zeros and long numbers.
 * @throws usage when the file is there already, or can't be written
 */
export async function writeTemplate(
  path: string,
  columns: readonly TemplateColumn[],
  options: PlaceOptions = {},
): Promise<Written> {
  const { addSheet, openBook } = await import("./xlsxwriter.ts");
  const sink = await openSink(path, options);
  const book = openBook(sink);
  const sheet = addSheet(book.workbook, columns, "Sheet1", "@");
  for (const [index, { label, comment, choices = [] }] of columns.entries()) {
    if (comment !== undefined) sheet.getRow(1).getCell(index + 1).note = comment;
    const list = choices.join(",");
    // A word with a comma would become two, and a longer list makes Excel call the file broken.
    if (list === "" || list.length > listCharsMax || choices.some((choice) => /[,"]/.test(choice))) continue;
    const { letter } = sheet.getColumn(index + 1);
    sheet.dataValidations.add(`${letter}2:${letter}${rowsMax}`, {
      type: "list",
      allowBlank: true,
      showErrorMessage: true,
      errorTitle: label,
      error: `One of ${list}`.slice(0, listCharsMax),
      formulae: [`"${list}"`],
    });
  }
  return book.close();
}
