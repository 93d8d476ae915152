import stringWidth from "string-width";

const printableAscii = /^[\x20-\x7e]*$/;

/** DEL, C1, line and paragraph separators, bidi and other invisible format controls, as a character class. */
const hidden = String.raw`\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb`;
const hiddenSigns = new RegExp(`[${hidden}]`, "g");

/** Whatever could move a cursor, recolour a screen or reorder a line: the hidden, C0 and lone surrogates. */
const unsafe = new RegExp(String.raw`[\0-\x1f${hidden}]|[\ud800-\udfff]`, "gu");

const codeOf = (sign: string) => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** Text from a platform or a file, made harmless for a terminal: each control stands as a visible sign. */
export function visible(text: string): string {
  if (printableAscii.test(text)) return text;
  return text.replace(unsafe, (control) => {
    const code = control.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "␡" : `<U+${codeOf(control)}>`;
  });
}

/**
 * JSON text with what `JSON.stringify` leaves raw and a terminal would obey written as `\uXXXX`: harmless to look
 * at, and the same data. C0 is left alone: within strings it is escaped already, elsewhere it is the layout.
 */
export function escapeHidden(json: string): string {
  return printableAscii.test(json) ? json : json.replace(hiddenSigns, (sign) => `\\u${codeOf(sign)}`);
}

/** Letters without marks or joiners: those of the scripts below take one column each, and these take two. */
const wide = String.raw`\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3`;
const wideLetters = new RegExp(`[${wide}]`, "g");
const simpleLetters = new RegExp(
  String.raw`^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2013\u2014\u2018-\u201d\u2026${wide}]*$`,
);

/** The width of a text of the common scripts: a hundred times faster than the library, which tells the others apart. */
function simpleWidth(text: string): number | undefined {
  if (printableAscii.test(text)) return text.length;
  return simpleLetters.test(text) ? text.length + (text.match(wideLetters)?.length ?? 0) : undefined;
}

/**
 * Terminal columns that a text takes: East Asian wide characters and emoji count two, combining marks and controls
 * none.
 */
export function width(text: string): number {
  return simpleWidth(text) ?? stringWidth(text, { countAnsiEscapeCodes: true });
}

/** Made at the first use: it costs more than the rest of a short command. */
let segmenter: Intl.Segmenter | undefined;

function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** The text cut to a number of columns, with an ellipsis where something was cut; no character is cut in two. */
export function truncate(text: string, columnsMax: number): string {
  if ((simpleWidth(text) ?? Number.POSITIVE_INFINITY) <= columnsMax) return text;
  let kept = 0;
  let columns = 0;
  for (const { segment, index } of graphemesOf(text)) {
    columns += width(segment);
    if (columns > columnsMax) return columnsMax < 1 ? "" : `${text.slice(0, kept)}…`;
    if (columns < columnsMax) kept = index + segment.length;
  }
  return text;
}

/** The text filled with spaces to a number of columns, on the left for `right` alignment. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, columns - width(text)));
  return align === "right" ? fill + text : text + fill;
}

/** A number in plain digits: the shortest that say it exactly, never with an exponent. */
export function numberText(value: number): string {
  const text = String(value);
  if (Number.isSafeInteger(value) || !text.includes("e")) return text;
  return value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 });
}

/** A text as a CSV cell (RFC 4180): in quotes, with inner quotes doubled, when it holds a delimiter, quote or line end. */
export function csvCell(text: string, delimiter = ","): string {
  return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a spreadsheet takes for a formula. */
const formula = /^[=+\-@\t\r]/;
/** A phone number or a negative amount is no formula. */
const harmless = /^(\+\d{1,20}|-\d+(\.\d+)?(e[+-]?\d+)?)$/i;

/**
 * The text with an apostrophe in front when a spreadsheet would take it for a formula: a leading `=`, `+`, `-`,
 * `@`, tab or CR. The reader takes it away again.
 */
export function guardFormula(text: string): string {
  return formula.test(text) && !harmless.test(text) ? `'${text}` : text;
}

/** How many slips a word of a length may have and still be known: more would suggest something else. */
const slipsMax = (letters: number) => (letters < 3 ? 0 : letters < 5 ? 1 : letters < 9 ? 2 : 3);

/**
 * The nearest of the known words to a mistyped one, if one is near enough to be worth suggesting: with a few slips,
 * else with the word as its beginning, or as one of the parts that `_` and `-` divide it into.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const typed = plain(word);
  const words = [...known];
  let best: string | undefined;
  let bestDistance = slipsMax(typed.length) + 1;
  for (const candidate of words) {
    const distance = editDistance(typed, plain(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  if (best !== undefined || typed.length < 3) return best;
  return (
    words.find((candidate) => plain(candidate).startsWith(typed)) ??
    words.find((candidate) => candidate.toLowerCase().split(/[_-]/).includes(typed)) ??
    words.find((candidate) => candidate.length > 3 && typed.startsWith(plain(candidate)))
  );
}

/** `accountName`, `account-name` and `account_name` are one word to a person. */
const plain = (word: string) => word.toLowerCase().replace(/[_-]/g, "");

/** Levenshtein distance, in which two neighbours changing places are one slip; one row at a time. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? change) + 1 : change;
      row.push(Math.min(change, swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
