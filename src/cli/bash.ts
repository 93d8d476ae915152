import { visible } from "../core/text.ts";
import { filesMark } from "./completion.ts";
import { type Completion, flagBefore } from "./values.ts";
import { readWords, type WordsToCursor } from "./words.ts";

/** How the word at the cursor is written. */
type Cursor = Pick<WordsToCursor, "part" | "open">;

/**
 * What `sipnav __complete --bash` prints. bash replaces only what follows an open quote or the last of its breaks, and
 * puts in what it is given as it is: each candidate is cut there and quoted. Where files belong, three lines follow the
 * mark: what to cut off each path, what to put before it, and the path so far.
 * @param typed the word at the cursor
 * @param breaks the characters that bash breaks words at
 */
export function bashText(
  { candidates, source }: Completion,
  typed: string,
  { part, open }: Cursor,
  breaks: string,
): string {
  const kept = textOf(headOf(part, open, breaks));
  const flag = flagBefore(typed);
  if (source === "files") {
    const path = typed.slice(flag.length);
    return [filesMark, kept.slice(flag.length), flag.slice(kept.length), path, ""].join("\n");
  }
  const ends = candidates.map(({ value }) => visible(value).slice(kept.length));
  return ends.map((end) => `${quoted(end, open)}\n`).join("");
}

/** Within single quotes nothing can be escaped. */
function quoted(text: string, open: string | undefined): string {
  if (open === "'") return text;
  return text.replace(open === '"' ? /["\\`$]/g : /[\s"'\\`$&|;<>()*?[\]{}!#~]/g, "\\$&");
}

/** Of a word as it is written, what bash leaves as it is. */
function headOf(part: string, open: string | undefined, breaks: string): string {
  if (open === "'" || open === '"') return part.slice(0, part.lastIndexOf(open) + 1);
  const last = [...part].findLastIndex(
    (char, index) => "=:@".includes(char) && breaks.includes(char) && part[index - 1] !== "\\",
  );
  return part.slice(0, last + 1);
}

const textOf = (head: string): string => readWords(head).words[0]?.text ?? "";
