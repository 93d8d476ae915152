import stringWidth from "string-width";

const printableAscii = /^[\x20-\x7e]*$/;

/**
 * Controls (C0, DEL, C1), line and paragraph separators, bidi and other invisible format controls, and lone
 * surrogates: whatever could move a cursor, recolour a screen or reorder a line.
 */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udfff]/gu;

/** Text from a platform or a file, made harmless for a terminal: each control stands as a visible sign. */
export function visible(text: string): string {
  if (printableAscii.test(text)) return text;
  return text.replace(unsafe, (control) => {
    const code = control.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "␡";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** Terminal columns that a text takes: East Asian wide characters count two, combining marks none. */
export function width(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(text);
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text cut to a number of columns, with an ellipsis where something was cut. */
export function truncate(text: string, columnsMax: number): string {
  if (width(text) <= columnsMax) return text;
  if (columnsMax < 1) return "";
  let kept = "";
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    columns += width(segment);
    if (columns > columnsMax - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The text filled with spaces to a number of columns, on the left for `right` alignment. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, columns - width(text)));
  return align === "right" ? fill + text : text + fill;
}

/** The nearest of the known words to a mistyped one, if one is near enough to be worth suggesting. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
