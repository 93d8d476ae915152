import type { Command } from "../commands/define.ts";
import type { Embedded } from "../commands/embedded.ts";
import type { RawValues } from "../commands/execute.ts";
import type { Ask, FaceOptions } from "../commands/face.ts";
import { SipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";
import type { Block } from "../view/blocks.ts";
import { dropAnswers } from "./model/answers.ts";
import { finishRun } from "./model/finish.ts";
import { openQuestion } from "./model/question.ts";
import { type Question, type State, say } from "./model/state.ts";
import { profileInUse, runCommand } from "./runner.ts";
import type { Store } from "./store.ts";

/** Runs commands for the screen, one at a time. */
export interface Conductor {
  /** Finds out which profile is in use, for the header. */
  showProfile(): Promise<void>;
  /** Runs the command that the state says is running. */
  run(command: Command, raw: RawValues): Promise<void>;
  /** Answers the question that the running command waits for; undefined ends it. */
  answer(answer: string | undefined): void;
  cancel(): void;
}

/**
 * A conductor that shows through the store what runs, asks and results.
 * @param embed answers each run's hold of the embedded platform
 */
export function createConductor(
  host: Host,
  store: Store<State>,
  options: FaceOptions,
  embed: () => Embedded,
): Conductor {
  let cancelling = new AbortController();
  let waiting: ((answer: string | undefined) => void) | undefined;

  const ask = (kind: Question["kind"], text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting = (answer) => {
        waiting = undefined;
        store.update((state) => ({ ...state, question: undefined }));
        if (answer === undefined) reject(new SipnavError("interrupted", "Nothing was answered."));
        else resolve(answer);
      };
      const nowMs = host.clock.nowMs();
      store.update((state) => ({ ...state, question: openQuestion(kind, text, state.lastChord, nowMs) }));
    });
  const asking: Ask = {
    text: (question) => ask("text", question),
    secret: (question) => ask("secret", question),
    confirm: async (question) => void (await ask("confirm", question)),
  };

  const showProfile = async () => {
    const profile = await profileInUse(host, options);
    store.update((state) => (state.profile === profile ? state : dropAnswers({ ...state, profile })));
  };

  return {
    showProfile,
    async run(command, raw) {
      cancelling = new AbortController();
      const shown: Block[] = [];
      const audience = {
        ask: asking,
        notice: (notice: string) => store.update((state) => say(state, notice)),
        show: (blocks: readonly Block[]) => {
          shown.push(...blocks);
          store.update((state) => ({
            ...state,
            running: state.running && { ...state.running, blocks: [...shown] },
          }));
        },
      };
      const outcome = await runCommand(host, command, raw, audience, options, cancelling.signal, embed());
      const done = { command, raw, shown, outcome, nowMs: host.clock.nowMs() };
      store.update((state) => finishRun(state, done));
      // Logging in, or choosing a profile, may have changed it.
      await showProfile();
    },
    answer: (answer) => waiting?.(answer),
    cancel() {
      waiting?.(undefined);
      cancelling.abort(new SipnavError("interrupted", "Cancelled."));
    },
  };
}
