import type { Ask } from "../commands/face.ts";
import { SipnavError } from "../core/errors.ts";
import { visible } from "../core/text.ts";
import type { Host } from "../host/host.ts";

/** A conversation with a person, line by line. Every question ends with an `interrupted` error when the input ends. */
export interface Lines {
  readonly columns: number;
  say(text: string): Promise<void>;
  ask(question: string): Promise<string>;
  askHidden(question: string): Promise<string>;
  /** The place of the chosen item; undefined for 0, "back". */
  choose(title: string, items: readonly string[], zero: string): Promise<number | undefined>;
}

/** A conversation on the host's terminal. */
export function openLines({ terminal, signal }: Pick<Host, "terminal" | "signal">): Lines {
  const { input, output } = terminal;
  const say = (text: string) => output.write(`${visible(text)}\n`);
  const read = async (question: string, hidden: boolean) => {
    await output.write(`${visible(question)}: `);
    const answer = await input.readLine({ hidden, signal });
    if (hidden || answer === undefined) await output.write("\n");
    signal.throwIfAborted();
    if (answer === undefined) throw new SipnavError("interrupted", "The input ended.");
    return answer;
  };
  const ask = async (question: string) => (await read(question, false)).trim();
  return {
    columns: output.columns,
    say,
    ask,
    askHidden: (question) => read(question, true),
    async choose(title, items, zero) {
      await say(title);
      for (const [index, item] of items.entries()) await say(`${index + 1}. ${item}`);
      await say(`0. ${zero}`);
      for (;;) {
        const answer = await ask("Number");
        if (answer === "0") return undefined;
        const place = Number(answer);
        if (/^\d+$/.test(answer) && place <= items.length) return place - 1;
        await say(`A number from 0 to ${items.length} is expected.`);
      }
    },
  };
}

/** A command's questions in this conversation; a yes is a typed word. */
export const askBy = (lines: Lines): Ask => ({
  text: (question) => lines.ask(question),
  secret: (question) => lines.askHidden(question),
  async confirm(question, _, proof = "yes", about) {
    for (const line of (await about?.()) ?? []) await lines.say(line);
    const answer = await lines.ask(`${question} Type ${proof} to go on`);
    if (proof === "yes" ? /^y(es)?$/i.test(answer) : answer === proof) return;
    throw new SipnavError("interrupted", "Nothing was done.");
  },
});
