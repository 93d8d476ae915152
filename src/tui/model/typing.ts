import { truncate, visible, width } from "../../core/text.ts";
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

/**
 * Where the next character goes after a key, as the length of what stands behind that place; undefined when the key
 * does not move it.
 */
export function moveCaret(text: string, behind: number, { chord }: Key): number | undefined {
  const before = text.slice(0, text.length - behind);
  switch (chord) {
    case "left":
      return behind + (graphemesOf(before).at(-1) ?? "").length;
    case "right":
      return behind - (graphemesOf(text.slice(before.length))[0] ?? "").length;
    case "home":
    case "ctrl+a":
      return text.length;
    case "end":
    case "ctrl+e":
      return 0;
    default:
      return undefined;
  }
}

/** A text after a key that is typed within it: delete takes the character behind that place. */
export function typeWithin(text: string, behind: number, key: Key): { text: string; behind: number } {
  const [before, rest] = [text.slice(0, text.length - behind), text.slice(text.length - behind)];
  const kept = key.chord === "delete" ? rest.slice((graphemesOf(rest)[0] ?? "").length) : rest;
  return { text: typeKey(before, key) + kept, behind: kept.length };
}

/** How a text that is typed is shown. */
export interface InputLook {
  readonly hidden: boolean;
  /** Whether the person types here now: a mark then stands where the next character goes. */
  readonly isOpen: boolean;
  readonly columns: number;
  /** How much of the text stands behind that place; none unless told. */
  readonly behind?: number;
}

/** A typed text for the screen: its end, or what is around the mark, when it is too long; stars for a secret. */
export function inputText(text: string, { hidden, isOpen, columns, behind = 0 }: InputLook): string {
  const shown = (part: string) => (hidden ? "*".repeat(graphemesOf(part).length) : visible(part));
  const [before, after] = [text.slice(0, text.length - behind), text.slice(text.length - behind)].map(shown);
  const marked = isOpen ? `${before}_` : `${before}`;
  if (width(marked + after) <= columns) return marked + after;
  const rest = truncate(after ?? "", Math.floor(columns / 3));
  const room = columns - width(rest);
  if (width(marked) <= room) return marked + truncate(after ?? "", columns - width(marked));
  let end = "";
  for (const character of graphemesOf(marked).reverse()) {
    if (width(character + end) > room - 1) break;
    end = character + end;
  }
  return `…${end}${rest}`;
}
