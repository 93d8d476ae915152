import type { SheetRow } from "./sheet.ts";

/** `25.000` and `25,000`: thousands to one, decimals to another. */
const doubtful = /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/;
const withComma = /^-?(\d+|\d{1,3}(\.\d{3})+),\d+$/;
const withPoint = /^-?(\d+|\d{1,3}(,\d{3})+)\.\d+$/;

/** Whether nobody can tell thousands from decimals in a number. */
export const isDoubtful = (cell: string): boolean => doubtful.test(cell);

/** More cells like `0,5` than like `0.5`; what is in doubt says nothing. */
export function hasDecimalComma(rows: readonly SheetRow[]): boolean {
  let balance = 0;
  for (const { cells } of rows) {
    for (const cell of cells) {
      if (isDoubtful(cell)) continue;
      if (withComma.test(cell)) balance++;
      else if (withPoint.test(cell)) balance--;
    }
  }
  return balance > 0;
}
