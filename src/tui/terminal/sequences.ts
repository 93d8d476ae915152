/** What a person did at the keyboard: one key, or a whole paste. */
export interface Key {
  /** `a`, `G`, `up`, `enter`, `ctrl+c`, `alt+x`, `shift+tab`; `paste` for text that was pasted. */
  readonly chord: string;
  /** The text it types; empty for a key that types none. */
  readonly text: string;
}

/** Final letter of `ESC [ … X` and `ESC O X` to key. */
const byLetter: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  E: "center",
  F: "end",
  H: "home",
  M: "enter",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
  Z: "shift+tab",
};

/** Number of `ESC [ n ~` to key (xterm, rxvt, Linux console). */
const byNumber: Readonly<Record<string, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  ...Object.fromEntries([11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((n, i) => [n, `f${i + 1}`])),
};

const byCode: Readonly<Record<number, string>> = {
  8: "backspace",
  9: "tab",
  10: "enter",
  13: "enter",
  27: "esc",
  127: "backspace",
};

/** The keys that have a name rather than a character. */
export const namedKeys: ReadonlySet<string> = new Set([
  ...Object.values(byLetter),
  ...Object.values(byNumber),
  ...Object.values(byCode),
  "space",
]);

/** xterm's modifier parameter: 1 + shift 1, alt 2, ctrl 4. */
function modified(name: string, parameter: string | undefined): string {
  const bits = Math.max(0, Number.parseInt(parameter ?? "1", 10) - 1 || 0);
  const prefix = `${bits & 4 ? "ctrl+" : ""}${bits & 2 ? "alt+" : ""}`;
  return `${prefix}${bits & 1 && !name.startsWith("shift+") ? "shift+" : ""}${name}`;
}

/** The key of one character that is no part of a sequence; undefined for a control that no keyboard sends. */
export function keyOfCharacter(character: string): Key | undefined {
  const code = character.codePointAt(0) ?? 0;
  const named = byCode[code];
  if (named !== undefined) return { chord: named, text: "" };
  if (code === 0) return { chord: "ctrl+space", text: "" };
  if (code < 27) return { chord: `ctrl+${String.fromCharCode(code + 96)}`, text: "" };
  if (code < 32) return { chord: `ctrl+${String.fromCharCode(code + 64)}`, text: "" };
  if (code >= 0x80 && code < 0xa0) return undefined;
  return { chord: character === " " ? "space" : character, text: character };
}

/** The key of a character by its code, as the kitty and modifyOtherKeys protocols report it. */
function keyOfCode(code: number, modifiers: string | undefined): Key | undefined {
  if (!(code > 0 && code < 0x110000)) return undefined;
  const key = keyOfCharacter(String.fromCodePoint(code));
  const chord = key && modified(key.chord, modifiers);
  return chord === undefined ? undefined : { chord, text: chord === key?.chord ? key.text : "" };
}

/**
 * The key of `ESC [ parameters final`; undefined for what is no key: mouse reports, focus reports, answers to
 * queries.
 */
export function keyOfCsi(parameters: string, final: string): Key | undefined {
  if (/^[<>?=]/.test(parameters)) return undefined;
  const [first = "", second, third] = parameters.replace(/^\[/, "").split(";");
  if (final === "u") return keyOfCode(Number(first.split(":")[0]), second?.split(":")[0]);
  if (final === "~" && first === "27") return keyOfCode(Number(third), second);
  const name = "~^@".includes(final) ? byNumber[first] : keyOfLetter(parameters, final);
  if (name === undefined) return undefined;
  const rxvt = { "^": "5", "@": "6" }[final];
  return { chord: modified(name, rxvt ?? second), text: "" };
}

/** The Linux console sends F1–F5 as `ESC [ [ A` to `E`; every other terminal counts one key, as in `ESC [ 1 ; 5 A`. */
function keyOfLetter(parameters: string, final: string): string | undefined {
  if (parameters === "[") return "ABCDE".includes(final) ? `f${"ABCDE".indexOf(final) + 1}` : undefined;
  return /^1?(;|$)/.test(parameters) && final !== "M" ? byLetter[final] : undefined;
}

/** The key of `ESC O final`: arrows and the keypad in application mode. */
export function keyOfSs3(final: string): Key | undefined {
  const name = byLetter[final];
  return name === undefined ? undefined : { chord: name, text: "" };
}
