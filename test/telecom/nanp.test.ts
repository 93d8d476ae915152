import { describe, expect, it } from "vitest";
import { normaliseNumber, parseNanp, tollFreeNpas } from "../../src/telecom/nanp.ts";

describe("normaliseNumber", () => {
  it.each([
    ["234-235-5678", "2342355678"],
    ["(234) 235.5678", "2342355678"],
    ["+1 234 235 5678", "12342355678"],
    ["0044 20 7946 0018", "442079460018"],
    ["011-44-20-7946-0018", "442079460018"],
    ["tel:+1-234-235-5678;phone-context=x", "12342355678"],
    ["sip:+12342355678@192.0.2.1:5060;user=phone", "12342355678"],
    ["SIPS:2342355678@example.com", "2342355678"],
    ["234\u2011235\u20115678", "2342355678"],
    ["911", "911"],
  ])("%s → %s", (text, digits) => {
    expect(normaliseNumber(text)).toBe(digits);
  });

  it.each(["anonymous", "sip:anonymous@anonymous.invalid", "", "+", "12a4", "4.47E+11"])(
    "%j is no number",
    (text) => {
      expect(normaliseNumber(text)).toBeUndefined();
    },
  );
});

describe("parseNanp", () => {
  it.each([
    ["234-235-5678", { npa: "234", exchange: "235", line: "5678" }],
    ["281-234-5678", { npa: "281", exchange: "234", line: "5678" }],
    ["12812345678", { npa: "281", exchange: "234", line: "5678" }],
    ["+12812345678", { npa: "281", exchange: "234", line: "5678" }],
  ])("%s is valid", (text, parts) => {
    expect(parseNanp(text)).toEqual(parts);
  });

  it.each([
    ["an exchange of the form N11", "234-911-5678"],
    ["an exchange that starts with 1", "314-159-2653"],
    ["an area code that starts with 1", "123-234-5678"],
    ["an area code with 9 in the middle", "291-234-5678"],
    ["an area code of the form N11", "811-234-5678"],
    ["too few digits", "234-235-567"],
    ["too many digits", "1234-235-56789"],
    ["ten digits after a plus", "+2342355678"],
    ["ten digits after 00", "002342355678"],
    ["another country", "+442079460018"],
    ["no number", "anonymous"],
  ])("refuses %s", (_reason, text) => {
    expect(parseNanp(text)).toBeUndefined();
  });

  it("lets toll-free numbers have an exchange of the form N11", () => {
    for (const npa of tollFreeNpas) expect(parseNanp(`1${npa}4112222`)?.exchange).toBe("411");
  });
});
