import { visible, width } from "../../core/text.ts";
import type { Key } from "../terminal/sequences.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A line of text after a key: characters and pastes are added, backspace takes the last one, Ctrl-U all. */
export function typeKey(text: string, key: Key): string {
  if (key.chord === "backspace") {
    const last = [...graphemes.segment(text)].at(-1)?.segment ?? "";
    return text.slice(0, text.length - last.length);
  }
  if (key.chord === "ctrl+u") return "";
  if (key.chord === "ctrl+w") return text.replace(/\S+\s*$/, "");
  // What is pasted into a line is one line.
  return text + (key.chord === "paste" ? key.text.trim().replace(/[\r\n\t]+/g, " ") : key.text);
}

/** How a text that is typed is shown. */
export interface InputLook {
  readonly hidden: boolean;
  /** Whether the person types here now: a mark then stands where the next character goes. */
  readonly isOpen: boolean;
  readonly columns: number;
}

/** A typed text for the screen: its end when it is too long, stars for a secret. */
export function inputText(text: string, { hidden, isOpen, columns }: InputLook): string {
  const shown = hidden ? "*".repeat([...graphemes.segment(text)].length) : visible(text);
  const marked = isOpen ? `${shown}_` : shown;
  if (width(marked) <= columns) return marked;
  let end = "";
  for (const { segment } of [...graphemes.segment(marked)].reverse()) {
    if (width(segment + end) > columns - 1) break;
    end = segment + end;
  }
  return `…${end}`;
}
