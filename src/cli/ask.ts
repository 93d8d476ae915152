import type { Command } from "../commands/define.ts";
import { isRequired, nameOf, type RawValue, type RawValues } from "../commands/execute.ts";
import type { Ask } from "../commands/face.ts";
import { SipnavError } from "../core/errors.ts";
import { visible } from "../core/text.ts";
import type { Host } from "../host/host.ts";

/** Questions on a terminal. */
export interface TerminalAsk extends Ask {
  /** Whether there is anybody to ask. */
  readonly possible: boolean;
}

/** Asks on the terminal, or says at once which flag would have answered. */
export function createAsk(host: Host, mayAsk: boolean): TerminalAsk {
  const { input, errors } = host.terminal;
  // To look at standard input opens it, which takes time: only when there is something to ask.
  const isPossible = () => mayAsk && errors.isTerminal && input.isTerminal && !host.environment.CI;
  const need = (question: string, hint: string) => {
    if (isPossible()) return;
    const asked = /[.?!)]$/.test(question) ? question : `${question}?`;
    throw new SipnavError("usage", `${asked} Nobody can be asked here.`, { hint });
  };
  const ask = async (question: string, flag: string, hidden: boolean) => {
    need(question, `Give it with ${flag}.`);
    await errors.write(`${question}: `);
    const answer = await input.readLine({ hidden, signal: host.signal });
    if (hidden || answer === undefined) await errors.write("\n");
    host.signal.throwIfAborted();
    if (answer !== undefined) return answer;
    throw new SipnavError("interrupted", "Nothing was answered.");
  };
  return {
    get possible() {
      return isPossible();
    },
    text: (question, flag) => ask(question, flag, false),
    secret: (question, flag) => ask(question, flag, true),
    async confirm(question, flag, _, about) {
      need(question, `Confirm it with ${flag}.`);
      for (const line of (await about?.()) ?? []) await errors.write(`${visible(line)}\n`);
      const answer = await ask(`${question} [y/N]`, flag, false);
      if (!/^y(es)?$/i.test(answer.trim())) throw new SipnavError("interrupted", "Nothing was done.");
    },
  };
}

/**
 * Asks for each required value that was not given, until the answer is one. Asks nothing when nobody is there:
 * then all that is missing is told at once, by whoever reads the values.
 */
export async function askMissing(
  { parameters }: Command,
  raw: RawValues,
  ask: TerminalAsk,
  tell: (text: string) => void,
): Promise<RawValues> {
  const complete: Record<string, RawValue | undefined> = { ...raw };
  for (const [name, parameter] of Object.entries(parameters)) {
    const { kind, summary } = parameter;
    while (isRequired(parameter, complete) && complete[name] === undefined && ask.possible) {
      const question = `${summary} (${kind.choices?.join(", ") ?? kind.hint})`;
      const answer = await ask[kind.secret ? "secret" : "text"](question, nameOf(name, parameter));
      const parsed = answer === "" ? { problem: "is required" } : kind.parse(answer);
      if ("problem" in parsed) tell(`${nameOf(name, parameter)}: ${parsed.problem}.`);
      else complete[name] = answer;
    }
  }
  return complete;
}
