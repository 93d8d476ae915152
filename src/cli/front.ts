import type { Command } from "../commands/define.ts";
import { SipnavError } from "../core/errors.ts";
import type { QuickOutput } from "../host/quick.ts";
import { complete } from "./complete.ts";
import { completionText } from "./completion.ts";
import { readCommandLine } from "./program.ts";

/**
 * Answers what the declarations alone can answer, help and completion, without the program that stands behind them:
 * these are asked for at every Tab, and loading all of it takes longer than answering.
 * @param declared the commands as plain data; of their functions none is called
 * @returns whether it is answered; if not, it takes the whole program
 */
export function answer(
  words: readonly string[],
  output: QuickOutput,
  declared: readonly Command[],
  version: string,
): boolean {
  const text =
    words[0] === "__complete"
      ? completionOf(declared, words.slice(2))
      : helpOf(declared, words, version, output);
  return text !== undefined && output.write(text);
}

function completionOf(declared: readonly Command[], words: readonly string[]): string | undefined {
  const completion = complete(declared, words, words.length - 1);
  return completion.source === "profiles" ? undefined : completionText(completion);
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
