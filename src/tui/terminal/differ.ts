/** A terminal's size in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/**
 * What to write so that a screen showing `before` shows `after`: changed rows only, each by an absolute move, its
 * text, and an erase to the end of the line. Rows carry their own colours; rows beyond `rows` are left out.
 * @param before the rows on the screen; undefined when that is unknown, and the whole screen is cleared first
 */
export function diffRows(
  before: readonly string[] | undefined,
  after: readonly string[],
  rows: number,
): string {
  let changes = before === undefined ? "\u001b[0m\u001b[H\u001b[2J" : "";
  for (let row = 0; row < rows; row++) {
    const text = after[row] ?? "";
    if (text === (before?.[row] ?? "")) continue;
    changes += `\u001b[${row + 1};1H${text}\u001b[0m\u001b[K`;
  }
  return changes;
}
