import type { Command } from "../commands/define.ts";
import type { RawValues } from "../commands/execute.ts";
import type { Host } from "../host/host.ts";
import type { Block } from "../view/blocks.ts";
import { createArming } from "./arming.ts";
import { askBy, type Lines, openLines } from "./lines.ts";
import { withLoginForm } from "./loginform.ts";
import type { MenuOptions } from "./options.ts";
import { type Audience, findWhereabouts, nobodyAsked, type Outcome, runCommand } from "./runner.ts";
import { type Door, enterSession, isSessionEnd, logInAgain, type Run, type SessionFacts } from "./session.ts";
import { createSeat } from "./stand.ts";

/** A person who reads and answers line by line, and how commands reach them. */
export interface Talk {
  readonly lines: Lines;
  readonly registry: readonly Command[];
  /** Runs a command; Ctrl-C ends it and not the program. Answers what it showed, its end last. */
  run(
    command: Command,
    raw: RawValues,
  ): Promise<{ readonly shown: readonly Block[]; readonly outcome: Outcome }>;
  /** Asks in a conversation that Ctrl-C ends, and not the program; answers undefined then. */
  asking<T>(ask: (lines: Lines) => Promise<T>): Promise<T | undefined>;
  /** Finds out whether the person must log in; the embedded platform is logged in to by itself. */
  begin(): Promise<SessionFacts | undefined>;
}

/** A conversation about one host's commands. */
export function openTalk(host: Host, options: MenuOptions): Talk {
  const registry = withLoginForm(options.registry);
  const seat = createSeat(options.face);
  const arming = createArming(host.clock, () => undefined);
  const silence = { notice: () => undefined, show: () => undefined };
  const runWith =
    (audience: Audience, signal: AbortSignal): Run =>
    (command, raw) =>
      runCommand(host, command, raw, audience, seat.options(), signal);
  const quietly = runWith({ ...nobodyAsked, ...silence }, host.signal);
  const isMadeUp = async () => (await findWhereabouts(host, seat.options())).platform?.kind === "sandbox";

  /** What a command that ends with a signal asks and says. */
  const audienceOf = (signal: AbortSignal): Omit<Audience, "show"> => {
    const lines = openLines({ terminal: host.terminal, signal });
    const ask = askBy(lines);
    return {
      ask,
      letWrite: arming.letWriteBy(ask),
      notice: (text) => void lines.say(text),
      noteProfile: seat.choose,
      async review(deed, changes) {
        for (const change of changes) await lines.say(change);
        await ask.confirm(deed, "--yes");
      },
    };
  };
  const doorOf = (audience: Omit<Audience, "show">, signal: AbortSignal): Door => ({
    registry,
    quietly,
    asking: runWith({ ...audience, show: () => undefined }, signal),
    isMadeUp,
    async password(question, said) {
      for (const line of said) audience.notice(line);
      return audience.ask.secret(question, "--password-stdin");
    },
    tell: audience.notice,
  });

  return {
    lines: openLines(host),
    registry,
    async run(command, raw) {
      const cancelling = new AbortController();
      const giveBack = options.takeInterrupts(cancelling);
      const signal = AbortSignal.any([host.signal, cancelling.signal]);
      const audience = audienceOf(signal);
      const shown: Block[] = [];
      const perform = runWith({ ...audience, show: (blocks) => void shown.push(...blocks) }, signal);
      try {
        let outcome = await perform(command, raw);
        if ("error" in outcome && isSessionEnd(command, outcome.error) && shown.length === 0) {
          if (await logInAgain(doorOf(audience, signal), outcome.error))
            outcome = await perform(command, raw);
        }
        return { shown, outcome };
      } finally {
        giveBack();
        host.signal.throwIfAborted();
      }
    },
    async asking(ask) {
      const cancelling = new AbortController();
      const giveBack = options.takeInterrupts(cancelling);
      const signal = AbortSignal.any([host.signal, cancelling.signal]);
      try {
        return await ask(openLines({ terminal: host.terminal, signal }));
      } catch (thrown) {
        if (host.signal.aborted || !cancelling.signal.aborted) throw thrown;
        return undefined;
      } finally {
        giveBack();
      }
    },
    begin: () => enterSession(registry, quietly, isMadeUp),
  };
}
