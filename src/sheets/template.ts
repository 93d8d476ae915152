import { limits } from "../core/limits.ts";
import type { Column } from "./document.ts";
import { openSink, type Place, type Written } from "./sink.ts";

/** A column of a sheet that a person is to fill in. */
export interface TemplateColumn extends Column {
  /** Shown when the pointer rests on the header. */
  readonly comment?: string;
  /** The words that may be entered. */
  readonly choices?: readonly string[];
}

/** Excel's own limit of a list that stands in the rule itself. */
const listCharsMax = 255;

/**
 * Writes an empty workbook to fill in: a header with comments, and cells that take only what may be entered. Text
 * columns are text in Excel too, so that it keeps leading zeros and long numbers.
 */
export async function writeTemplate(place: Place, columns: readonly TemplateColumn[]): Promise<Written> {
  const { addSheet, openBook } = await import("./xlsxwriter.ts");
  const book = openBook(openSink(place));
  const sheet = addSheet(book.workbook, columns, "Sheet1", "@");
  for (const [index, { label, comment, choices = [] }] of columns.entries()) {
    if (comment !== undefined) sheet.getRow(1).getCell(index + 1).note = comment;
    const list = choices.join(",");
    // A word with a comma would become two, and a longer list makes Excel call the file broken.
    if (list === "" || list.length > listCharsMax || choices.some((choice) => /[,"]/.test(choice))) continue;
    const { letter } = sheet.getColumn(index + 1);
    sheet.dataValidations.add(`${letter}2:${letter}${limits.templateRowsMax + 1}`, {
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
