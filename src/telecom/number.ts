import { normaliseNumber, parseNanp, tollFreeNpas } from "./nanp.ts";
import { placeOfNpa } from "./npa.ts";

/** What a phone number's own digits tell. */
export interface NumberFacts {
  /** E.164 without its plus: a North American number of ten digits has its 1. */
  readonly digits: string;
  /** Whether it can be called from anywhere. */
  readonly isDialled: boolean;
  readonly sort: "North American" | "toll-free" | "international" | "no number for dialling";
  /** As people of its country write it, where that is known. */
  readonly national: string | undefined;
  /** The state or province of its area code; undefined where it has none, or a newer one. */
  readonly place: string | undefined;
  readonly country: "US" | "CA" | undefined;
}

/** Country code and subscriber: shorter ones are service codes, longer ones do not exist. */
const digitsMin = 7;
const digitsMax = 15;

/** What a number tells without being looked up; undefined for what is no number at all. */
export function describeNumber(text: string): NumberFacts | undefined {
  const nanp = parseNanp(text);
  if (nanp) {
    const { npa, exchange, line } = nanp;
    const place = placeOfNpa(npa);
    const isTollFree = (tollFreeNpas as readonly string[]).includes(npa);
    return {
      digits: `1${npa}${exchange}${line}`,
      isDialled: true,
      sort: isTollFree ? "toll-free" : "North American",
      national: `(${npa}) ${exchange}-${line}`,
      place: place?.name,
      country: place?.country,
    };
  }
  const digits = normaliseNumber(text);
  if (digits === undefined) return undefined;
  // What begins with 1 is North American or nothing.
  const isDialled = digits.length >= digitsMin && digits.length <= digitsMax && !/^[01]/.test(digits);
  const sort = isDialled ? "international" : "no number for dialling";
  return { digits, isDialled, sort, national: undefined, place: undefined, country: undefined };
}
