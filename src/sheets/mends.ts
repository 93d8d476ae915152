/** A way of writing that exceljs's streaming reader misreads in silence, and the same said so that it reads it right. */
export interface Mend {
  /** There whenever there is something to mend, and cheap to look for. */
  readonly sign: RegExp;
  readonly pattern: RegExp;
  by(...groups: string[]): string;
}

/** Line ends after a text are taken for a part of it. */
const trimIndent: Mend = {
  sign: /<\/[tv]>\s/,
  pattern: /<\/([tv])>\s+</g,
  by: (_, tag) => `</${tag}><`,
};

/** A reading aid for Japanese takes the place of the text itself. */
const dropPhonetics: Mend = {
  sign: /Ph>/,
  pattern: /<rPh[\s>][\s\S]*?<\/rPh>/g,
  by: () => "",
};

/** Of a formatted text within a cell only the last run is read. */
const joinRuns: Mend = {
  sign: /<\/r>/,
  pattern: /<is>([\s\S]*?)<\/is>/g,
  by: (_, inner = "") => {
    const runs = inner.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g);
    return `<is><t>${Array.from(runs, ([, text]) => text).join("")}</t></is>`;
  },
};

/** A date in ISO 8601 is read as its year. */
const isoDates: Mend = {
  sign: /"d"/,
  pattern: /(<c\s[^>]*?\st=)"d"/g,
  by: (_, cell) => `${cell}"str"`,
};

/** Of a formula's result only texts and numbers are read; zero and dates are not. Its value alone is read right. */
const storedResults: Mend = {
  sign: /<f[\s>]/,
  pattern: /<f(?:\s[^>]*)?(?:\/>|>[^<]*<\/f>)(?=\s*<v[\s/>])/g,
  by: () => "",
};

/** What stands for a character is read twice in texts within cells, so that `&amp;` in one becomes `&`. */
const escapedOnce: Mend = {
  sign: /&(?:amp|#38|#x26);(?:amp|lt|gt|quot|apos);/,
  pattern: /&(?:amp|#38|#x26);(?=(?:amp|lt|gt|quot|apos);)/g,
  by: () => "&amp;amp;",
};

/** Only a 1 is taken for yes: days would be read four years early. */
const date1904: Mend = {
  sign: /date1904/,
  pattern: /(\sdate1904=)"true"/,
  by: (_, name) => `${name}"1"`,
};

/** That a row is hidden is not read. Its height is: a row without any is hidden just as well. */
const hiddenRows: Mend = {
  sign: /hidden/,
  pattern: /<row(\s[^>]*?\shidden="(?:1|true)"[^>]*)>/g,
  by: (_, rest = "") => `<row ht="0"${rest.replace(/\sht="[^"]*"/, "")}>`,
};

/** What is mended in each kind of part. */
export const mends = {
  worksheet: [trimIndent, dropPhonetics, joinRuns, isoDates, storedResults, escapedOnce, hiddenRows],
  strings: [trimIndent, dropPhonetics],
  workbook: [date1904],
} as const satisfies Readonly<Record<string, readonly Mend[]>>;

/** Which part of a workbook a text is. */
export type PartKind = keyof typeof mends;

/** All signs of a part at once: most pieces have none, and one look is enough. */
const anySign = Object.fromEntries(
  Object.entries(mends).map(([kind, list]) => [
    kind,
    new RegExp(list.map(({ sign }) => sign.source).join("|")),
  ]),
);

/** The piece of a part with all that is misread said another way. */
export function mendXml(piece: string, kind: PartKind): string {
  if (!anySign[kind]?.test(piece)) return piece;
  let text = piece;
  for (const { sign, pattern, by } of mends[kind]) if (sign.test(text)) text = text.replace(pattern, by);
  return text;
}
