import type { Ask } from "../commands/context.ts";
import { SipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";

/** Asks on the terminal, or says at once which flag would have answered. */
export function createAsk(host: Host, mayAsk: boolean): Ask {
  const { input, errors } = host.terminal;
  const possible = mayAsk && input.isTerminal && errors.isTerminal && !host.environment.CI;
  const ask = async (question: string, flag: string, hidden: boolean) => {
    if (!possible) {
      throw new SipnavError("usage", `${question} is needed, and nobody can be asked here.`, {
        hint: `Give it with ${flag}.`,
      });
    }
    await errors.write(`${question}: `);
    const answer = await input.readLine({ hidden });
    if (hidden) await errors.write("\n");
    if (answer !== undefined) return answer;
    throw new SipnavError("interrupted", "Nothing was answered.");
  };
  return {
    text: (question, flag) => ask(question, flag, false),
    secret: (question, flag) => ask(question, flag, true),
  };
}
