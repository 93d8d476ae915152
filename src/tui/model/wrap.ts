import { width } from "../../core/text.ts";
import { graphemesOf } from "./graphemes.ts";

/** The text on lines of a width at most, broken at spaces where that is possible. Always one line at least. */
export function wrap(text: string, columnsMax: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )/)) {
    if (width(line + word.trimEnd()) > columnsMax && line !== "") {
      lines.push(line.trimEnd());
      line = "";
    }
    const pieces = breakWord(word, columnsMax);
    lines.push(...pieces.slice(0, -1));
    line += pieces.at(-1) ?? "";
  }
  return [...lines, line.trimEnd()];
}

/** A word too long for a line, cut between characters. */
function breakWord(word: string, columnsMax: number): string[] {
  if (width(word.trimEnd()) <= columnsMax) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of graphemesOf(word)) {
    if (piece !== "" && width(piece + character) > columnsMax) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}
