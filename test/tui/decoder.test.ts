import { describe, expect, test } from "vitest";
import { createDecoder } from "../../src/tui/terminal/decoder.ts";

const esc = "\u001b";

/** What a terminal sends, and the chords it means; text in quotes is what the keys type. */
const table: readonly (readonly [sent: string, chords: string])[] = [
  ["abc", "a b c"],
  ["gG?-", "g G ? -"],
  ["\r", "enter"],
  ["\n", "enter"],
  ["\t", "tab"],
  [" ", "space"],
  ["\u007f\u007f", "backspace backspace"],
  ["\b", "backspace"],
  ["\u0003\u001a\u000c", "ctrl+c ctrl+z ctrl+l"],
  ["\u0000", "ctrl+space"],
  [`${esc}[A${esc}[B${esc}[C${esc}[D`, "up down right left"],
  [`${esc}OA${esc}OB${esc}OH${esc}OP`, "up down home f1"],
  [`${esc}[H${esc}[F${esc}[1~${esc}[4~${esc}[7~${esc}[8~`, "home end home end home end"],
  [`${esc}[5~${esc}[6~${esc}[3~${esc}[2~`, "pageup pagedown delete insert"],
  [`${esc}[Z`, "shift+tab"],
  [`${esc}[1;5A${esc}[1;3B${esc}[1;2C${esc}[5;5~`, "ctrl+up alt+down shift+right ctrl+pageup"],
  [`${esc}[5^${esc}[5@`, "ctrl+pageup ctrl+shift+pageup"],
  [`${esc}[15~${esc}[24~${esc}[[A`, "f5 f12 f1"],
  [`${esc}x${esc}\r`, "alt+x alt+enter"],
  [`${esc}[97;5u${esc}[27;5;13~${esc}[13u`, "ctrl+a ctrl+enter enter"],
  [`${esc}[<0;10;20M${esc}[<0;10;20ma`, "a"],
  [`${esc}[M !!b`, "b"],
  [`${esc}[I${esc}[Oc`, "c"],
  [`${esc}]11;rgb:0000/0000/0000\u0007d`, "d"],
  [`${esc}P>|tmux 3.3a${esc}\\e`, "e"],
  [`${esc}[?62;4cf${esc}[24;80Rg`, "f g"],
  ["é広👍", "é 広 👍"],
  [`${esc}[200~a${esc}[A\r\nq${esc}[201~z`, `paste'a${esc}[A\r\nq' z`],
  [`${esc}[200~広👍${esc}[201~`, "paste'広👍'"],
  [`${esc}[200~${esc}[201~`, "paste''"],
  [`${esc}[12\rx`, "enter x"],
  ["\u0080\u009bA", "A"],
];

function decode(chunks: readonly (Buffer | string)[]): string {
  const decoder = createDecoder();
  const keys = [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.flush()];
  return keys.map(({ chord, text }) => (chord === "paste" ? `paste'${text}'` : chord)).join(" ");
}

describe("the key decoder", () => {
  test.each(table)("%j is %s, whole and split anywhere", (sent, chords) => {
    const bytes = Buffer.from(sent);
    expect(decode([bytes])).toBe(chords);
    expect(decode([...bytes].map((byte) => Buffer.of(byte)))).toBe(chords);
    for (let at = 1; at < bytes.length; at++) {
      expect(decode([bytes.subarray(0, at), bytes.subarray(at)]), `split at ${at}`).toBe(chords);
    }
  });

  test("all of it in one stream, a byte at a time, is the same as each alone", () => {
    const all = Buffer.from(table.map(([sent]) => sent).join(""));
    const chords = table.map(([, expected]) => expected).join(" ");
    expect(decode([...all].map((byte) => Buffer.of(byte)))).toBe(chords);
    expect(decode([all])).toBe(chords);
  });

  test("a lone escape is the Esc key only after silence", () => {
    const decoder = createDecoder();
    expect(decoder.push(esc)).toEqual([]);
    expect(decoder.escaping).toBe(true);
    expect(decoder.flush()).toEqual([{ chord: "esc", text: "" }]);
    expect(decoder.escaping).toBe(false);
    expect(decoder.flush()).toEqual([]);
    expect(decoder.push("b")).toEqual([{ chord: "b", text: "b" }]);
  });

  test("Esc typed twice is two Esc keys", () => {
    const decoder = createDecoder();
    expect(decoder.push(esc + esc)).toEqual([{ chord: "esc", text: "" }]);
    expect(decoder.flush()).toEqual([{ chord: "esc", text: "" }]);
  });

  test("silence within a sequence makes no key of its beginning", () => {
    const decoder = createDecoder();
    decoder.push(`${esc}[`);
    expect(decoder.escaping).toBe(false);
    expect(decoder.flush()).toEqual([]);
    expect(decoder.push("A")).toEqual([{ chord: "up", text: "" }]);
  });

  test("Alt with a letter that also starts a string is a key after silence", () => {
    const decoder = createDecoder();
    expect(decoder.push(`${esc}P`)).toEqual([]);
    expect(decoder.flush()).toEqual([{ chord: "alt+P", text: "" }]);
  });

  test("silence within a paste ends nothing, and keys in it are text", () => {
    const decoder = createDecoder();
    decoder.push(`${esc}[200~x${esc}`);
    expect(decoder.flush()).toEqual([]);
    expect(decoder.push(`[201~`)).toEqual([{ chord: "paste", text: "x" }]);
  });

  test("a paste beyond the cap is cut, and what follows it is read", () => {
    const decoder = createDecoder();
    const keys = decoder.push(`${esc}[200~${"x".repeat(2_000_000)}${esc}[201~q`);
    expect(keys.map(({ chord, text }) => [chord, text.length])).toEqual([
      ["paste", 1024 * 1024],
      ["q", 1],
    ]);
  });

  test("a string without an end does not swallow the keyboard for good", () => {
    const decoder = createDecoder();
    decoder.push(`${esc}]0;${"x".repeat(5000)}`);
    expect(decoder.push("q")).toEqual([{ chord: "q", text: "q" }]);
  });
});
