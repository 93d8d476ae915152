import { SipnavError } from "../core/errors.ts";

/** One word of a line, without its quotes. */
export interface Word {
  readonly text: string;
  /** Where it begins and ends in the line. */
  readonly start: number;
  readonly end: number;
}

/** A line's words, and the quote or backslash that was left open at its end. */
export interface Words {
  readonly words: readonly Word[];
  readonly open?: string;
}

/**
 * Splits a line as a POSIX shell does: 'single' quotes keep everything, "double" quotes keep everything but a
 * backslash before `"` and `\`, a backslash keeps the next character, and `#` at a word's start begins a comment.
 * Nothing is expanded.
 */
export function readWords(line: string): Words {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) at += 1;
    else if (line[at] === "#") break;
    else {
      const start = at;
      const { text, end, open } = readWord(line, start);
      words.push({ text, start, end });
      if (open !== undefined) return { words, open };
      at = end;
    }
  }
  return { words };
}

function readWord(line: string, start: number): { text: string; end: number; open?: string } {
  let text = "";
  let at = start;
  let quote = "";
  for (; at < line.length; at++) {
    const char = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote === "'" ? char === "'" : quote === '"' ? char === '"' : false) quote = "";
    else if (quote === "" && (char === "'" || char === '"')) quote = char;
    else if (quote === "" && /\s/.test(char)) break;
    else if (char === "\\" && (quote === "" || (quote === '"' && /["\\]/.test(next)))) {
      if (next === "") return { text, end: line.length, open: "\\" };
      text += next;
      at += 1;
    } else text += char;
  }
  return quote === "" ? { text, end: at } : { text, end: at, open: quote };
}

/** A line up to the cursor: its words, of which Tab completes the last, and how that one is written. */
export interface WordsToCursor {
  readonly words: readonly string[];
  /** The last word with its quotes; empty after a space. */
  readonly part: string;
  readonly open: string | undefined;
}

/** The words of a line that ends at the cursor. */
export function wordsToCursor(line: string): WordsToCursor {
  const { words, open } = readWords(line);
  const texts = words.map(({ text }) => text);
  const last = words.at(-1);
  return last?.end === line.length
    ? { words: texts, part: line.slice(last.start), open }
    : { words: [...texts, ""], part: "", open };
}

/** The words of a whole line. @throws usage when a quote is not closed */
export function splitWords(line: string): string[] {
  const { words, open } = readWords(line);
  if (open === undefined) return words.map(({ text }) => text);
  const message = open === "\\" ? "The line ends in a backslash." : `A quote is not closed: ${open}`;
  throw new SipnavError("usage", message);
}
