import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContent } from "../../src/api/content.ts";
import { openEnvelope } from "../../src/api/envelope.ts";
import { parseJson } from "../../src/api/json.ts";
import { readDetails, readReasons } from "../../src/api/reasons.ts";

describe("parseJson", () => {
  test.each([
    ["[12345678901234567890]", ["12345678901234567890"]],
    ['{"a":-0.123456789012345678}', { a: "-0.123456789012345678" }],
    ["[9007199254740993,9007199254740992]", ["9007199254740993", 9007199254740992]],
    ["[1234567890.1234567e3]", ["1234567890.1234567e3"]],
    ['["1234567890123456789","\\"12345678901234567890"]', ["1234567890123456789", '"12345678901234567890']],
    ["[1.5,0.000000000000000001,1e30]", [1.5, 1e-18, 1e30]],
  ])("%s", (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test("is JSON.parse for everything that a double holds", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("a number never changes its digits", () => {
    fc.assert(
      fc.property(fc.bigInt(), (number) => {
        expect(String((parseJson(`[${number}]`) as unknown[])[0])).toBe(String(number));
      }),
    );
  });

  test.each(["", "{", '{"a":}', "[12345678901234567890", "12345678901234567890.5.5"])("%j throws", (text) => {
    expect(() => parseJson(text)).toThrowError(SyntaxError);
  });
});

test.each([
  ["", undefined, { kind: "empty" }],
  [" \n", undefined, { kind: "empty" }],
  ['\ufeff{"a":1}', undefined, { kind: "json", value: { a: 1 } }],
  ['{"a":1}', "text/html; charset=utf-8", { kind: "json", value: { a: 1 } }],
  ["[1]", undefined, { kind: "json", value: [1] }],
  ["null", "application/json", { kind: "text", text: "null" }],
  ["<html>", "application/json", { kind: "page" }],
  ["Too Many", "text/html", { kind: "page" }],
  ["Too Many", "text/plain", { kind: "text", text: "Too Many" }],
  ["Too Many", "application/json", { kind: "unreadable", why: "is broken JSON" }],
])("the body %j of type %j", (text, type, content) => {
  const headers = type === undefined ? {} : { "content-type": type };
  expect(readContent(headers, new TextEncoder().encode(text))).toEqual(content);
});

test.each([
  [
    { success: true, data: [1], message: "m" },
    { success: true, data: [1], message: "m" },
  ],
  [
    { success: 0, data: null, message: null },
    { success: false, data: undefined, message: "" },
  ],
  [{ success: "false" }, { success: false, data: undefined, message: "" }],
  [{ data: { a: 1 } }, { success: true, data: { a: 1 }, message: "" }],
  [
    { current_page: 1, data: [2] },
    { success: true, data: { current_page: 1, data: [2] }, message: "" },
  ],
  [{ account_id: 1 }, { success: true, data: { account_id: 1 }, message: "" }],
  [[1], { success: true, data: [1], message: "" }],
  [undefined, { success: true, data: undefined, message: "" }],
])("the envelope of %j", (body, envelope) => {
  expect(openEnvelope(body)).toEqual(envelope);
});

describe("reasons", () => {
  test.each([
    ["One.", [{ message: "One." }]],
    [["One.", " "], [{ message: "One." }]],
    [{ name: "One." }, [{ field: "name", message: "One." }]],
    [
      { a: { 0: { b: ["One.", "Two."] } } },
      [
        { field: "a.0.b", message: "One." },
        { field: "a.0.b", message: "Two." },
      ],
    ],
    [{ name: "Acme", account_id: 5 }, []],
    [[{ a: null }], []],
    [undefined, []],
  ])("%j", (value, details) => {
    expect(readDetails(value)).toEqual(details);
  });

  test("are looked for in errors, then data, then the message", () => {
    expect(readReasons({ errors: { a: ["E"] }, data: { b: ["D"] }, message: "M" }).text).toBe("E");
    expect(readReasons({ errors: [], data: { b: ["D"] }, message: "M" }).text).toBe("D");
    expect(readReasons({ errors: null, data: { id: 1 }, message: "M" }).text).toBe("M");
    expect(readReasons("Too Many Attempts.").text).toBe("Too Many Attempts.");
    expect(readReasons({ message: " " }).text).toBeUndefined();
  });

  test("are short, whatever the platform sends", () => {
    expect(readReasons({ message: "x".repeat(9999) }).text).toHaveLength(301);
    let deep: unknown = "reason";
    for (let depth = 0; depth < 5000; depth += 1) deep = { a: deep };
    expect(readDetails(deep)).toEqual([]);
    expect(readDetails(Array.from({ length: 200_000 }, () => "r"))).toHaveLength(200_000);
  });
});
