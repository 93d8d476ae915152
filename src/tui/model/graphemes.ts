let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as a person counts them. The segmenter is costly to make, and made at first use. */
export function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
