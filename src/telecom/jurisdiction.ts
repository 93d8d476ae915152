import { normaliseNumber, parseNanp } from "./nanp.ts";
import { type Place, placeOfNpa } from "./npa.ts";

/** Which rate of a deck a call falls under. */
export type Jurisdiction = "inter" | "intra" | "indeterminate" | "international";

/** The shortest number that can be a subscriber abroad; below it stand service codes. */
const digitsMin = 7;

/**
 * A call's jurisdiction: the state of the caller's own number (not dipped) against the state of the called
 * number's LRN. Same state → intra; different, US–Canada too → inter; unknown, foreign, toll-free or
 * withheld on either side → indeterminate; a called number outside country code 1 → international.
 * Ten bare digits are read as North American: give E.164 numbers a leading `+`. `placeOf` can know more
 * area codes than the built-in table.
 */
export function jurisdictionOf(
  caller: string,
  called: string,
  placeOf: (npa: string) => Place | undefined = placeOfNpa,
): Jurisdiction {
  const to = parseNanp(called);
  if (to === undefined) {
    const digits = normaliseNumber(called) ?? "";
    return digits.length < digitsMin || digits.startsWith("1") ? "indeterminate" : "international";
  }
  const from = parseNanp(caller);
  const fromPlace = from && placeOf(from.npa);
  const toPlace = placeOf(to.npa);
  if (fromPlace === undefined || toPlace === undefined) return "indeterminate";
  return fromPlace.code === toPlace.code ? "intra" : "inter";
}
