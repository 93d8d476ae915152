import type { Command } from "../commands/define.ts";
import type { KnownHost } from "../commands/known.ts";
import { SipnavError } from "../core/errors.ts";
import type { QuickOutput } from "../host/quick.ts";
import { completionOf } from "./candidates.ts";
import { readCommandLine } from "./program.ts";

/**
 * Answers what the declarations alone can answer, help and completion, without the program that stands behind them:
 * these are asked for at every Tab, and loading all of it takes longer than answering.
 * @param declared the commands as plain data; of their functions none is called
 * @returns whether it is answered; if not, it takes the whole program
 */
export async function answer(
  words: readonly string[],
  { output, ...host }: FrontHost,
  declared: readonly Command[],
  version: string,
): Promise<boolean> {
  const text =
    words[0] === "__complete"
      ? await completionOf(declared, words.slice(1), host)
      : helpOf(declared, words, version, output);
  return text !== undefined && output.write(text);
}

/** The little of a host that is needed. */
export interface FrontHost extends KnownHost {
  readonly output: QuickOutput;
}

function helpOf(
  declared: readonly Command[],
  words: readonly string[],
  version: string,
  { columns }: QuickOutput,
): string | undefined {
  try {
    const choice = readCommandLine(declared, words, { version, columns });
    return "text" in choice ? choice.text : undefined;
  } catch (thrown) {
    if (thrown instanceof SipnavError) return undefined;
    throw thrown;
  }
}
