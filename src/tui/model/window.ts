/** The part of a long list that is on the screen. */
export interface Window {
  /** The chosen entry. */
  readonly cursor: number;
  /** The first entry on the screen. */
  readonly top: number;
}

/** At the beginning. */
export const start: Window = { cursor: 0, top: 0 };

/**
 * The window with its cursor at an entry: kept within the list, and scrolled by the edge, only as far as needed.
 * @param count entries of the list
 * @param rows entries that fit on the screen
 */
export function moveTo(window: Window, cursor: number, count: number, rows: number): Window {
  const kept = Math.max(0, Math.min(cursor, count - 1));
  const height = Math.max(1, rows);
  const lowest = Math.max(0, count - height);
  const top = Math.min(Math.max(window.top, kept - height + 1), kept, lowest);
  return { cursor: kept, top };
}

const moves = ["up", "down", "pageUp", "pageDown", "first", "last"] as const;

/** A way to move through a list. */
export type Move = (typeof moves)[number];

/** Whether a word is a way to move. */
export const isMove = (word: string): word is Move => (moves as readonly string[]).includes(word);

/** Where a move leads from an entry; a page keeps one entry of the last one in sight. */
export function destination(move: Move, cursor: number, count: number, rows: number): number {
  const page = Math.max(1, rows - 1);
  const ends = { up: cursor - 1, down: cursor + 1, pageUp: cursor - page, pageDown: cursor + page };
  if (move === "first") return 0;
  return move === "last" ? count - 1 : ends[move];
}
