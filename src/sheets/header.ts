import type { SheetOptions, SheetRow } from "./sheet.ts";

/** Rows in which a header is looked for, and rows below it that it is held against. */
const rowsMax = 200;

const letter = /\p{L}/u;
const dated = /^\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3})[-/.]\d{1,4}/;
const numeric = /^[-+]?[\d.,\s%]+(e[-+]?\d+)?$/i;
/** `Currency:` and the like stand above a table. */
const labelling = /:$/;
/** A row that looks this much like a header as the best one does, and stands above it, is the header. */
const nearBest = 0.6;

/** A header, by its place among the rows, and how much it looks like one. */
export interface HeaderFound {
  readonly index: number;
  /** About the number of its columns that have a name above and values below; 0 or less when nothing looks like one. */
  readonly score: number;
}

/**
 * The row that looks like a header: words that seldom come again in their columns, above columns that are filled,
 * best with numbers, and no filled column without a word; known words count three times. Of rows that are about as
 * good the first one is it: the others are data.
 */
export function findHeader(rows: readonly SheetRow[], options: SheetOptions): HeaderFound {
  if (options.headerRow !== undefined) {
    const index = rows.findIndex(({ line }) => line === options.headerRow);
    return { index, score: index === -1 ? 0 : (rows[index]?.cells.length ?? 0) };
  }
  const known = new Set(Array.from(options.knownHeaders ?? [], plainWord));
  const below = new Below();
  // From the last row up, so that each row finds its columns counted already.
  const scores = rows
    .slice(0, rowsMax)
    .reverse()
    .map(({ cells }) => {
      const score = below.score(cells, known);
      below.add(cells);
      return score;
    })
    .reverse();
  const best = Math.max(0, ...scores);
  const index = scores.findIndex((score) => score > 0 && score >= nearBest * best);
  return { index, score: scores[index] ?? 0 };
}

/** A header's word without case, spaces and punctuation. */
export function plainWord(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** What stands in the columns below a row. */
class Below {
  #rows = 0;
  readonly #columns: { filled: number; numbers: number; readonly counts: Map<string, number> }[] = [];

  score(cells: readonly string[], known: ReadonlySet<string>): number {
    let score = 0;
    for (let index = 0; index < Math.max(cells.length, this.#columns.length); index++) {
      const word = (cells[index] ?? "").trim();
      const { filled = 0, numbers = 0, counts } = this.#columns[index] ?? {};
      const share = this.#rows === 0 ? 0 : filled / this.#rows;
      if (word === "") score -= share;
      else if (!letter.test(word) || numeric.test(word) || dated.test(word)) score -= 1;
      else if (!labelling.test(word)) {
        const contrast = filled === 0 ? 0 : (0.5 * numbers) / filled;
        const repeated = filled === 0 ? 0 : (counts?.get(word) ?? 0) / filled;
        const wanted = known.has(plainWord(word)) ? 2 : 0;
        score += (0.1 + 0.9 * share) * (1 + contrast + wanted) * (1 - repeated);
      }
    }
    return score;
  }

  add(cells: readonly string[]) {
    this.#rows++;
    for (const [index, cell] of cells.entries()) {
      this.#columns[index] ??= { filled: 0, numbers: 0, counts: new Map() };
      if (cell === "") continue;
      const column = this.#columns[index];
      const word = cell.trim();
      column.filled++;
      if (numeric.test(word) || dated.test(word)) column.numbers++;
      column.counts.set(word, (column.counts.get(word) ?? 0) + 1);
    }
  }
}
