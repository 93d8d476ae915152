import { describe, expect, it } from "vitest";
import { jurisdictionOf } from "../../src/telecom/jurisdiction.ts";
import { placeOfNpa } from "../../src/telecom/npa.ts";

describe("jurisdictionOf", () => {
  it.each([
    ["one state, two area codes", "12122345678", "17162345678", "intra"],
    ["one province", "+15142345678", "+14182345678", "intra"],
    ["two states", "12122345678", "12142345678", "inter"],
    ["US to Canada", "12122345678", "15142345678", "inter"],
    ["ten national digits", "2122345678", "(716) 234-5678", "intra"],
    ["a toll-free caller", "18002345678", "12142345678", "indeterminate"],
    ["a toll-free number", "12122345678", "18882345678", "indeterminate"],
    ["a withheld caller", "anonymous", "12142345678", "indeterminate"],
    ["no caller", "", "12142345678", "indeterminate"],
    ["a foreign caller", "+442079460018", "12142345678", "indeterminate"],
    ["an area code newer than the list", "12122345678", "19432345678", "indeterminate"],
    ["the Caribbean", "12122345678", "18762345678", "indeterminate"],
    ["a broken North American number", "12122345678", "12121115678", "indeterminate"],
    ["a service code", "12122345678", "911", "indeterminate"],
    ["no called number", "12122345678", "", "indeterminate"],
    ["abroad", "12122345678", "442079460018", "international"],
    ["abroad with ten digits", "12122345678", "+4582345678", "international"],
    ["abroad from a withheld caller", "anonymous", "011442079460018", "international"],
  ])("%s: %s to %s is %s", (_case, caller, called, expected) => {
    expect(jurisdictionOf(caller, called)).toBe(expected);
  });

  it("can be told of newer area codes", () => {
    const placeOf = (npa: string) => placeOfNpa(npa === "943" ? "404" : npa);
    expect(jurisdictionOf("14042345678", "19432345678", placeOf)).toBe("intra");
  });
});
