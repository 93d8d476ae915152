import type { Clock } from "../core/clock.ts";
import { limits } from "../core/limits.ts";
import { truncate, visible } from "../core/text.ts";
import type { Output } from "../host/terminal.ts";

/** Sentences for a person on standard error, in the order they were said. */
export interface Notices {
  say(text: string): void;
  /** A line that the next one takes the place of; where lines stay, one every few seconds. Empty takes it away. */
  progress(text: string): void;
  /** Resolves when everything said has left the process, and no progress stands on the terminal. */
  drained(): Promise<void>;
}

/** Back to the start of the line, and clear it. */
const wipe = "\r\u001b[K";

/** How notices are shown. */
export interface NoticeForm {
  /** Drops them all. */
  readonly quiet: boolean;
  /** Whether a line may be written over. */
  readonly live: boolean;
}

/** Notices to an output. */
export function openNotices(
  errors: Output,
  { quiet, live }: NoticeForm,
  clock: Pick<Clock, "nowMs">,
): Notices {
  let said: Promise<unknown> = Promise.resolve();
  let isShown = false;
  let lineAtMs = clock.nowMs();
  const write = (text: string) => {
    said = Promise.all([said, errors.write(`${isShown ? wipe : ""}${text}`)]);
    isShown = false;
  };
  const say = (text: string) => {
    if (!quiet) write(`${visible(text)}\n`);
  };
  const progress = (text: string) => {
    if (quiet || (text === "" && !isShown)) return;
    if (live) {
      write(truncate(visible(text), errors.columns - 1));
      isShown = text !== "";
    } else if (clock.nowMs() - lineAtMs >= limits.progressLineMs) {
      lineAtMs = clock.nowMs();
      say(text);
    }
  };
  return {
    say,
    progress,
    async drained() {
      progress("");
      await said;
    },
  };
}
