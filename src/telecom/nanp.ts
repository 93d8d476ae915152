/** The parts of a North American number, as digits. */
export interface Nanp {
  npa: string;
  exchange: string;
  line: string;
}

/** The area codes whose calls are paid for by the called party. */
export const tollFreeNpas = ["800", "833", "844", "855", "866", "877", "888"] as const;

/** Toll-free, personal (5XX), Canadian special (6XX), interexchange, government and premium codes. */
const nonGeographic =
  /^(?:8(?:00|33|44|55|66|77|88)|5(?:00|2[1-9]|33|44|66|77|88)|6(?:00|22|33|44|55|77|88)|7[01]0|900)$/;

/** 1 + 10 digits or ten, after a plus only 1 + 10; the rules for N11 are checked apart. */
const shape = /^(?:\+?1)?([2-9][0-8]\d)([2-9]\d\d)(\d{4})$/;

/** The digits, with a plus before them when the number is written for dialling from abroad. */
function canonical(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^(?:tel|sips?):/i, "")
    .replace(/[@;].*$/s, "")
    .replace(/[\s\-\u2010-\u2015.()[\]]/g, "");
  const [, prefix, digits] = /^(\+|00|011)?(\d+)$/.exec(bare) ?? [];
  return prefix === undefined ? digits : `+${digits}`;
}

/**
 * A phone number's digits: without spaces, dashes, dots, brackets, `tel:`, `sip:…@`, and a leading `+`,
 * `00` or `011`. Undefined when anything else is left, as in `anonymous`. Ten national digits stay ten.
 */
export function normaliseNumber(text: string): string | undefined {
  return canonical(text)?.replace("+", "");
}

/**
 * A North American number's parts, or undefined when it can't be one: NPA `[2-9][0-8][0-9]`, exchange
 * `[2-9][0-9]{2}`, neither of the form N11 (a non-geographic NPA may have such an exchange). Takes 10 or
 * 1 + 10 digits; after `+`, `00` or `011` only 1 + 10, because other countries have ten digits too.
 */
export function parseNanp(text: string): Nanp | undefined {
  // Most numbers are bare already, and statistics read millions of them.
  const match = shape.exec(text) ?? shape.exec(canonical(text) ?? "");
  const [, npa = "", exchange = "", line = ""] = match ?? [];
  if (match === null || npa.endsWith("11")) return undefined;
  if (exchange.endsWith("11") && !nonGeographic.test(npa)) return undefined;
  return { npa, exchange, line };
}
