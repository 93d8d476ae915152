import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { width } from "../../src/core/text.ts";
import { graphemesOf } from "../../src/tui/model/graphemes.ts";
import { inputText, moveCaret, typeKey, typeWithin } from "../../src/tui/model/typing.ts";
import { wrap } from "../../src/tui/model/wrap.ts";
import { openPlatformStage } from "./platform.ts";

describe("typed text", () => {
  const key = (chord: string, typed = chord) => ({ chord, text: typed });

  test("grows by keys and pastes, a paste on one line", () => {
    expect(typeKey("ab", key("c"))).toBe("abc");
    expect(typeKey("", key("paste", " two\r\nlines\n"))).toBe("two lines");
    expect(typeKey("ab", key("up", ""))).toBe("ab");
  });

  test("backspace takes a whole character, Ctrl-W a word, Ctrl-U all", () => {
    expect(typeKey("a👩‍👩‍👧", key("backspace", ""))).toBe("a");
    expect(typeKey("", key("backspace", ""))).toBe("");
    expect(typeKey("one two ", key("ctrl+w", ""))).toBe("one ");
    expect(typeKey("one two", key("ctrl+u", ""))).toBe("");
  });

  test("is changed within: whole characters are passed over, and what stands behind the mark is kept", () => {
    const [left, right] = [key("left", ""), key("right", "")];
    const family = "👩‍👩‍👧";
    expect(moveCaret(`a${family}`, 0, left)).toBe(family.length);
    expect(moveCaret(`a${family}`, family.length, left)).toBe(family.length + 1);
    expect(moveCaret("ab", 2, left)).toBe(2);
    expect(moveCaret(`a${family}`, family.length, right)).toBe(0);
    expect(moveCaret("ab", 0, right)).toBe(0);
    expect(moveCaret("ab", 0, key("home", ""))).toBe(2);
    expect(moveCaret("ab", 2, key("ctrl+e", ""))).toBe(0);
    expect(moveCaret("ab", 1, key("x"))).toBeUndefined();
    expect(typeWithin("Acme est", 2, key("a"))).toEqual({ text: "Acme east", behind: 2 });
    expect(typeWithin("Acme", 2, key("backspace", ""))).toEqual({ text: "Ame", behind: 2 });
    expect(typeWithin(`a${family}b`, family.length + 1, key("delete", ""))).toEqual({
      text: "ab",
      behind: 1,
    });
    expect(typeWithin("ab", 0, key("delete", ""))).toEqual({ text: "ab", behind: 0 });
    expect(typeWithin("one two", 3, key("ctrl+u", ""))).toEqual({ text: "two", behind: 3 });
    expect(typeWithin("ad", 1, key("paste", "b\nc"))).toEqual({ text: "ab cd", behind: 1 });
  });

  test("shows the mark where the next character goes, however long the text is", () => {
    const look = { hidden: false, isOpen: true };
    expect(inputText("Acme east", { ...look, columns: 20, behind: 4 })).toBe("Acme _east");
    expect(inputText("secret", { ...look, hidden: true, columns: 20, behind: 2 })).toBe("****_**");
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.nat(60),
        fc.integer({ min: 6, max: 30 }),
        (text, at, columns) => {
          const behind = graphemesOf(text).slice(at).join("").length;
          const shown = inputText(text.replaceAll("_", "-"), { ...look, columns, behind });
          expect(width(shown)).toBeLessThanOrEqual(columns);
          expect(shown).toContain("_");
        },
      ),
    );
  });

  test("a secret is shown as stars, a long text by its end", () => {
    const look = { hidden: true, isOpen: false, columns: 20 };
    expect(inputText("häß", look)).toBe("***");
    const long = inputText(`${"x".repeat(50)}end`, { hidden: false, isOpen: true, columns: 10 });
    expect(long).toMatch(/^….*end_$/);
    expect(width(long)).toBeLessThanOrEqual(10);
  });

  test("wrapped lines fit, and lose nothing but spaces", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "word", "広帯域", "x".repeat(30), " ")), (parts) => {
        const whole = parts.join(" ");
        const lines = wrap(whole, 12);
        for (const line of lines) expect(width(line)).toBeLessThanOrEqual(12);
        expect(lines.join("").replaceAll(" ", "")).toBe(whole.replaceAll(" ", ""));
      }),
    );
  });
});

test("a name in a form is mended in its middle, and sent whole", async () => {
  const stage = await openPlatformStage();
  await stage.arm();
  await stage.choose("accounts", "update");
  await stage.press("1", ..."0001", "down", ..."Acme est", "left", "left", "a");
  expect(stage.text()).toMatch(/^> account-name +Acme ea_st /m);
  await stage.press("end", "!");
  expect(stage.text()).toMatch(/^> account-name +Acme east!_ /m);
  await stage.press("up", "down", "home", "delete");
  expect(stage.text()).toMatch(/^> account-name +_cme east! /m);
  await stage.start("ctrl+s");
  await stage.asked("Change account 10001?");
  await stage.press("y");
  expect((await stage.table("accounts"))[0]).toMatchObject({ account_id: 10001, account_name: "cme east!" });
  stage.send("q");
});
