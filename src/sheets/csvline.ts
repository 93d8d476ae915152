const special = /[",\r\n]/;
const formula = /^[=+\-@\t\r]/;
/** A phone number or a negative amount is no formula. */
const harmless = /^(\+\d{1,20}|-\d+(\.\d+)?(e[+-]?\d+)?)$/i;

/** A text as a CSV cell (RFC 4180): in quotes, with inner quotes doubled, when it holds a comma, quote or line end. */
export function csvCell(text: string): string {
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The text with an apostrophe in front when a spreadsheet would take it for a formula: a leading `=`, `+`, `-`,
 * `@`, tab or CR. The reader takes it away again.
 */
export function guardFormula(text: string): string {
  return formula.test(text) && !harmless.test(text) ? `'${text}` : text;
}
