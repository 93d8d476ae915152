import { StringDecoder } from "node:string_decoder";
import { limits } from "../../core/limits.ts";
import { type Key, keyOfCharacter, keyOfCsi, keyOfSs3 } from "./sequences.ts";

/** Turns what a terminal sends into keys, however the bytes are split into chunks. */
export interface Decoder {
  /** The keys that are complete with this chunk. */
  push(chunk: Buffer | string): Key[];
  /** Whether what waits may be a key: Esc or Alt with a letter, or a sequence's start. Ask `flush` after a silence. */
  readonly escaping: boolean;
  /** What waits, as a key. Anything longer stays: its rest is on the way. */
  flush(): Key[];
}

/** One thing read off the front of the input: its length, and the key if it is one. */
interface Token {
  readonly length: number;
  readonly key: Key | undefined;
}

const escapeCode = "\u001b";
const pasteStart = `${escapeCode}[200~`;
const pasteEnd = `${escapeCode}[201~`;

const csi = /^\u001b\[(\[|[\x30-\x3f]*[\x20-\x2f]*)([\x40-\x5a\x5c-\x7e])/;
const csiPartial = /^\u001b\[(\[|[\x30-\x3f]*[\x20-\x2f]*)$/;
/** OSC, DCS, SOS, PM and APC: strings that a terminal answers with, up to BEL or ST. */
const stringStart = /^\u001b[\]PX^_]/;
const stringEnd = /\u0007|\u001b\\/;
/** What silence turns into a key. `ESC [` is not here: a slow line splits sequences, and nobody types Alt-[. */
const ambiguous = /^\u001b[O\]PX^_]?$/;
/** A string or sequence without an end is given up at this length. */
const sequenceCharsMax = 4096;

/** A decoder of its own state. Text is UTF-8; no byte of a sequence ever comes out as text. */
export function createDecoder(): Decoder {
  const utf8 = new StringDecoder("utf8");
  let rest = "";
  let pasted: string | undefined;

  /** Takes paste text up to its end marker; a part of a marker at the end waits. */
  const readPaste = (): Key[] => {
    const end = rest.indexOf(pasteEnd);
    const kept = end >= 0 ? end : rest.length - partialLength(rest, pasteEnd);
    pasted = ((pasted ?? "") + rest.slice(0, kept)).slice(0, limits.pasteCharsMax);
    rest = rest.slice(end >= 0 ? end + pasteEnd.length : kept);
    if (end < 0) return [];
    const key = { chord: "paste", text: pasted };
    pasted = undefined;
    return [key];
  };

  const read = (): Key[] => {
    const keys: Key[] = [];
    while (rest !== "") {
      if (pasted !== undefined) {
        keys.push(...readPaste());
        if (pasted !== undefined) break;
        continue;
      }
      if (rest.startsWith(pasteStart)) {
        rest = rest.slice(pasteStart.length);
        pasted = "";
        continue;
      }
      const token = readToken(rest);
      if (token === undefined) break;
      rest = rest.slice(token.length);
      if (token.key) keys.push(token.key);
    }
    return keys;
  };

  return {
    push(chunk) {
      rest += typeof chunk === "string" ? chunk : utf8.write(chunk);
      return read();
    },
    get escaping() {
      return pasted === undefined && ambiguous.test(rest);
    },
    flush() {
      if (pasted !== undefined || !ambiguous.test(rest)) return [];
      const chord = rest === escapeCode ? "esc" : `alt+${rest.slice(1)}`;
      rest = "";
      return [{ chord, text: "" }];
    },
  };
}

/** The first token; undefined when more input is needed to tell. */
function readToken(input: string): Token | undefined {
  if (!input.startsWith(escapeCode)) {
    const character = String.fromCodePoint(input.codePointAt(0) ?? 0);
    return { length: character.length, key: keyOfCharacter(character) };
  }
  if (input.length === 1) return undefined;
  if (input[1] === "[") return readCsi(input);
  if (input[1] === "O") return input.length < 3 ? undefined : { length: 3, key: keyOfSs3(input[2] ?? "") };
  if (stringStart.test(input)) return readString(input);
  // ESC ESC: an Esc key, and whatever the second one starts.
  if (input[1] === escapeCode) return { length: 1, key: { chord: "esc", text: "" } };
  const character = String.fromCodePoint(input.codePointAt(1) ?? 0);
  const key = keyOfCharacter(character);
  return { length: 1 + character.length, key: key && { chord: `alt+${key.chord}`, text: "" } };
}

function readCsi(input: string): Token | undefined {
  // The oldest mouse report: three bytes follow `ESC [ M`.
  if (input.startsWith(`${escapeCode}[M`))
    return input.length < 6 ? undefined : { length: 6, key: undefined };
  const match = csi.exec(input);
  if (match) return { length: match[0].length, key: keyOfCsi(match[1] ?? "", match[2] ?? "") };
  if (csiPartial.test(input) && input.length < sequenceCharsMax) return undefined;
  // Broken off by something that cannot belong to it: what was read of it is dropped.
  const broken = /^\u001b\[\[?[\x20-\x3f]*/.exec(input);
  return { length: broken?.[0].length ?? 2, key: undefined };
}

function readString(input: string): Token | undefined {
  const end = stringEnd.exec(input);
  if (end) return { length: end.index + end[0].length, key: undefined };
  return input.length < sequenceCharsMax ? undefined : { length: input.length, key: undefined };
}

/** How many characters at the end of the text are the beginning of the marker. */
function partialLength(text: string, marker: string): number {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length--) {
    if (marker.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
