import { array, assert, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { readWords, splitWords } from "../../src/cli/words.ts";

describe("a line's words", () => {
  test.each([
    ["", []],
    ["  accounts   list\t--all ", ["accounts", "list", "--all"]],
    ["a 'b c' \"d e\"", ["a", "b c", "d e"]],
    ["a'b'\"c\"d", ["abcd"]],
    ["'' \"\"", ["", ""]],
    ["--where 'name eq \"x\"'", ["--where", 'name eq "x"']],
    [String.raw`a\ b \' \" \\`, ["a b", "'", '"', "\\"]],
    [String.raw`"a\"b\\c\d"`, [String.raw`a"b\c\d`]],
    [String.raw`'a\b'`, [String.raw`a\b`]],
    ["a # comment 'open", ["a"]],
    ["a#b", ["a#b"]],
    ["# all of it", []],
    ["'#'", ["#"]],
  ])("%j", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  test.each(["a 'b", 'a "b', String.raw`a "b\"`, "a \\"])("refuses %j", (line) => {
    expect(() => splitWords(line)).toThrow(expect.objectContaining({ kind: "usage" }));
  });

  test("what is open at the end is told, with the word so far and its place", () => {
    expect(readWords("list --where 'account_na")).toEqual({
      words: [
        { text: "list", start: 0, end: 4 },
        { text: "--where", start: 5, end: 12 },
        { text: "account_na", start: 13, end: 24 },
      ],
      open: "'",
    });
  });

  test("quoted words come back as they were", () => {
    assert(
      property(array(string()), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(" ");
        expect(splitWords(line)).toEqual(words);
      }),
    );
  });
});
