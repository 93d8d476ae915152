import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { escapeHidden, nearest, numberText, pad, truncate, visible, width } from "../../src/core/text.ts";
import { computedMs } from "../clock.ts";

const anyText = fc.string({ unit: "binary", maxLength: 40 });
const readable = fc.string({ unit: "grapheme", maxLength: 40 });
const control = /\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]/u;

describe("visible", () => {
  test.each([
    ["Acme Télécom 東京 😀", "Acme Télécom 東京 😀"],
    ["\u001b[31mred\u001b]0;title\u0007", "␛[31mred␛]0;title␇"],
    ["a\tb\r\nc\u007f", "a␉b␍␊c␡"],
    ["\u009b2J", "<U+009B>2J"],
    ["\u202egnp.exe", "<U+202E>gnp.exe"],
    ["\ud800x", "<U+D800>x"],
    ["👨‍👩‍👧", "👨‍👩‍👧"],
  ])("%j", (given, shown) => {
    expect(visible(given)).toBe(shown);
  });

  test("never lets a control through, and changes nothing twice", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(text)).not.toMatch(control);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});

test("escaped JSON is the same data without hidden signs", () => {
  fc.assert(
    fc.property(fc.array(anyText), (texts) => {
      const json = escapeHidden(JSON.stringify(texts, null, 2));
      expect(JSON.parse(json)).toEqual(texts);
      expect(json.replaceAll("\n", "")).not.toMatch(control);
    }),
  );
  expect(escapeHidden('"\u202e\u009b\u007f"')).toBe(String.raw`"\u202E\u009B\u007F"`);
});

describe("width", () => {
  test.each([
    ["abc", 3],
    ["Télécom", 7],
    ["東京", 4],
    ["서울", 4],
    ["e\u0301", 1],
    ["😀", 2],
    ["👨‍👩‍👧", 2],
    ["\u001b[31m", 4],
    ["", 0],
  ])("%j takes %i", (text, columns) => {
    expect(width(text)).toBe(columns);
  });

  test("the counted scripts take what the library says", () => {
    for (let code = 0x20; code <= 0xffff; code++) {
      if (code >= 0x4e10 && code < 0x9ff0) continue;
      const sign = String.fromCharCode(code);
      const columns = stringWidth(sign, { countAnsiEscapeCodes: true });
      if (width(sign) !== columns) expect({ code, columns: width(sign) }).toEqual({ code, columns });
    }
    fc.assert(
      fc.property(readable, (text) => {
        expect(width(text)).toBe(stringWidth(text));
      }),
    );
  });
});

describe("truncate", () => {
  test.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["abcdef", 1, "…"],
    ["abcdef", 0, ""],
    ["東京電話", 5, "東京…"],
    ["東京電話", 4, "東…"],
    ["👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
  ])("%j to %i is %j", (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
  });

  test("never takes more columns than it may, and cuts only what is too wide", () => {
    fc.assert(
      fc.property(anyText, fc.nat(30), (given, columns) => {
        const text = visible(given);
        expect(width(truncate(text, columns))).toBeLessThanOrEqual(columns);
        if (width(text) <= columns) expect(truncate(text, columns)).toBe(text);
      }),
    );
  });
});

test("a padded text takes exactly the columns asked for, on either side", () => {
  fc.assert(
    fc.property(readable, fc.constantFrom("left", "right"), (text, align) => {
      const columns = width(text) + 3;
      const padded = pad(text, columns, align);
      expect(width(padded)).toBe(columns);
      expect(align === "left" ? padded.startsWith(text) : padded.endsWith(text)).toBe(true);
    }),
  );
  expect(pad("long", 2)).toBe("long");
});

test.each([
  [0.1, "0.1"],
  [1e-7, "0.0000001"],
  [-1.5e-9, "-0.0000000015"],
  [1e21, "1000000000000000000000"],
])("the number %d is %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  ["acount_name", "account_name"],
  ["accountName", "account_name"],
  ["name", "account_name"],
  ["acco", "account_name"],
  ["shwo", "show"],
  ["lsit", "list"],
  ["listing", "list"],
  ["like", undefined],
  ["like".toUpperCase(), undefined],
  ["bad", undefined],
  ["QE", undefined],
  ["e", undefined],
  ["", undefined],
  ["xyz", undefined],
])("the nearest to %j is %j", (word, known) => {
  expect(nearest(word, ["lte", "account_name", "show", "list", "eq", "note"])).toBe(known);
});

test("100,000 cells of the common scripts take no noticeable time", () => {
  const names = ["Plain Name Ltd", "Télécom Sud", "東京電話", "Связь"];
  const tookMs = computedMs(() => {
    for (let i = 0; i < 100_000; i++) truncate(visible(names[i % 4] ?? ""), 40);
  });
  expect(tookMs).toBeLessThan(1_500);
});
