import { describe, expect, test } from "vitest";
import { describeNumber } from "../../src/telecom/number.ts";

describe("what a number tells by itself", () => {
  test.each([
    ["2125550100", "12125550100", "North American", "New York", "US"],
    ["+1 (212) 555-0100", "12125550100", "North American", "New York", "US"],
    ["sip:12125550100@203.0.113.7;user=phone", "12125550100", "North American", "New York", "US"],
    ["tel:+1-416-555-0100", "14165550100", "North American", "Ontario", "CA"],
    ["8002345678", "18002345678", "toll-free", undefined, undefined],
    ["+44 20 7946 0958", "442079460958", "international", undefined, undefined],
    ["011442079460958", "442079460958", "international", undefined, undefined],
    ["12349115678", "12349115678", "no number for dialling", undefined, undefined],
    ["911", "911", "no number for dialling", undefined, undefined],
    ["12345678901234567", "12345678901234567", "no number for dialling", undefined, undefined],
  ])("%s is %s, %s", (text, digits, sort, place, country) => {
    expect(describeNumber(text)).toMatchObject({ digits, sort, place, country });
  });

  test.each(["anonymous", "", "12x", "accounts"])("%j is none", (text) => {
    expect(describeNumber(text)).toBeUndefined();
  });
});
