import { visible, width } from "../../core/text.ts";
import type { Key } from "../terminal/sequences.ts";
import { graphemesOf } from "./graphemes.ts";

/** A line of text after a key: characters and pastes are added, backspace takes the last one, Ctrl-U all. */
export function typeKey(text: string, key: Key): string {
  if (key.chord === "backspace") {
    const last = graphemesOf(text).at(-1) ?? "";
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
  const shown = hidden ? "*".repeat(graphemesOf(text).length) : visible(text);
  const marked = isOpen ? `${shown}_` : shown;
  if (width(marked) <= columns) return marked;
  let end = "";
  for (const character of graphemesOf(marked).reverse()) {
    if (width(character + end) > columns - 1) break;
    end = character + end;
  }
  return `…${end}`;
}
