import { sheetError } from "./faults.ts";
import type { Merge } from "./sheet.ts";

const mergeCell = /<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g;
const tagCharsMax = 1024;
const mergesMax = 100_000;

/**
 * Hears of the bytes that follow a worksheet's rows, in any pieces, and adds the merged cells among them.
 * @throws validation when there are more than any person makes
 */
export function mergeReader(file: string, merges: Merge[]): (bytes: Buffer) => void {
  let rest = "";
  return (bytes) => {
    rest += bytes.toString("latin1");
    for (const [, left = "", top, right = "", bottom] of rest.matchAll(mergeCell)) {
      merges.push({
        top: Number(top),
        bottom: Number(bottom),
        left: columnNumber(left),
        right: columnNumber(right),
      });
    }
    if (merges.length > mergesMax) {
      throw sheetError(file, `it has more than ${mergesMax.toLocaleString("en")} merged cells`);
    }
    // A tag may go on in the next piece; one that has ended was read already.
    const last = rest.slice(Math.max(rest.lastIndexOf("<"), rest.length - tagCharsMax, 0));
    rest = last.includes(">") ? "" : last;
  };
}

/** `A` is 0, `AA` is 26. */
const columnNumber = (letters: string): number =>
  Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** A cell as Excel names it. */
export function cellName({ top, left }: Pick<Merge, "top" | "left">): string {
  let letters = "";
  for (let rest = left + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${top}`;
}
