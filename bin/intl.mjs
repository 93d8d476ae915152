const { ListFormat, Segmenter } = Intl;

/** Texts in which every character stands for itself. */
const plain = /^[\x1b\x20-\x7e]*$/;

/**
 * Stands in the bundles for Intl.Segmenter, by graphemes: making a real one takes longer than everything else that
 * `--help` does, so it is made when a text needs it.
 */
export class GraphemeSegmenter {
  #locale;
  #real;

  constructor(locale) {
    this.#locale = locale;
  }

  segment(text) {
    if (plain.test(text)) return Array.from(text, (segment, index) => ({ segment, index, input: text }));
    this.#real ??= new Segmenter(this.#locale);
    return this.#real.segment(text);
  }
}

/** Stands for Intl.ListFormat, of which got's libraries make two for their messages, at the price of a whole request. */
export class LateListFormat {
  #given;

  constructor(...given) {
    this.#given = given;
  }

  format(words) {
    return new ListFormat(...this.#given).format(words);
  }
}
