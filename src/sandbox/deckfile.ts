/** A row of a deck file that was refused. */
export interface DeckFailure {
  /** The line in the file, the header being 1. */
  readonly line: number;
  readonly reason: string;
  readonly cells: readonly string[];
}

/** What a deck file holds once its columns were mapped. */
export interface DeckRows {
  /** The platform's field names, in the order of the mapping. */
  readonly fields: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly failures: readonly DeckFailure[];
}

/** The platform's fields of which a mapping needs at least one. */
export const rateFields = ["rate", "rate_inter", "rate_intra", "rate_indet"] as const;

/** Splits RFC 4180 text into rows of cells; blank lines are skipped. Good for well-formed files only. */
export function splitCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
  for (let match = cells.exec(text); match !== null; match = cells.exec(text)) {
    const [, cell = "", separator] = match;
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (separator === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (cells.lastIndex >= text.length) break;
  }
  return rows;
}

/** Rows as RFC 4180 text. */
export function joinCsv(rows: Iterable<readonly string[]>): string {
  const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return Array.from(rows, (row) => `${row.map(quoted).join(",")}\n`).join("");
}

/** Reads a deck file by a mapping of the platform's fields to the file's headers. */
export function readDeck(content: string, fieldsmap: Readonly<Record<string, string>>): DeckRows {
  const [header = [], ...lines] = splitCsv(content);
  const fields = Object.keys(fieldsmap);
  const columns = Object.values(fieldsmap).map((name) => header.indexOf(name));
  const rows: string[][] = [];
  const failures: DeckFailure[] = [];
  for (const [index, cells] of lines.entries()) {
    const row = columns.map((column) => cells[column]?.trim() ?? "");
    const reason = problemOf(fields, row);
    if (reason === undefined) rows.push(row);
    else failures.push({ line: index + 2, reason, cells });
  }
  return { fields, rows, failures };
}

function problemOf(fields: readonly string[], row: readonly string[]): string | undefined {
  const prefix = row[fields.indexOf("prefix")] ?? "";
  if (!/^\d{1,15}$/.test(prefix)) return `prefix "${prefix}" is not a number`;
  const wrong = rateFields.find((field) => {
    const rate = row[fields.indexOf(field)];
    return rate !== undefined && !/^\d{1,6}(\.\d{1,10})?$/.test(rate);
  });
  return wrong === undefined ? undefined : `${wrong} "${row[fields.indexOf(wrong)]}" is not a rate`;
}
