import { visible } from "../core/text.ts";
import type { Output } from "../host/terminal.ts";

/** Sentences for a person on standard error, in the order they were said. */
export interface Notices {
  say(text: string): void;
  /** Resolves when everything said has left the process. */
  drained(): Promise<void>;
}

/** Notices to an output; quiet ones are dropped. */
export function openNotices(errors: Output, quiet: boolean): Notices {
  let said: Promise<unknown> = Promise.resolve();
  return {
    say(text) {
      if (!quiet) said = Promise.all([said, errors.write(`${visible(text)}\n`)]);
    },
    drained: async () => void (await said),
  };
}
