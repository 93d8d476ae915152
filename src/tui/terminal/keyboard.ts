import { setImmediate as nextTurn } from "node:timers/promises";
import type { ReadStream } from "node:tty";
import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";
import { createDecoder } from "./decoder.ts";
import type { Key } from "./sequences.ts";

/** A terminal's keyboard in raw mode. */
export interface Keyboard {
  /** Raw mode on, keys flow. */
  open(): void;
  /** Raw mode off, keys rest. Never throws, whatever became of the terminal. */
  close(): void;
}

/** What the keyboard needs of a terminal's input stream. */
export type KeyboardInput = Pick<ReadStream, "on" | "off" | "setRawMode" | "resume" | "pause">;

/** Reads keys from a terminal; `onKey` is called once a key, in order. */
export function createKeyboard(input: KeyboardInput, clock: Clock, onKey: (key: Key) => void): Keyboard {
  const decoder = createDecoder();
  let silence: AbortController | undefined;
  const read = (chunk: Buffer | string) => {
    silence?.abort();
    for (const key of decoder.push(chunk)) onKey(key);
    if (decoder.escaping) void awaitSilence();
  };
  const awaitSilence = async () => {
    const own = new AbortController();
    silence = own;
    await clock.sleep(limits.escapeWaitMs, own.signal);
    // On a busy computer the rest of a sequence may lie there unread.
    await nextTurn();
    if (own.signal.aborted) return;
    for (const key of decoder.flush()) onKey(key);
  };
  return {
    open() {
      input.setRawMode(true);
      input.on("data", read);
      input.resume();
    },
    close() {
      silence?.abort();
      input.off("data", read);
      input.pause();
      try {
        input.setRawMode(false);
      } catch {
        // the terminal is gone, and its modes with it
      }
    },
  };
}
