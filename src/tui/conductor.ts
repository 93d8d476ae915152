import type { Command } from "../commands/define.ts";
import type { Embedded } from "../commands/embedded.ts";
import type { RawValues } from "../commands/execute.ts";
import type { FaceOptions, Inverse } from "../commands/face.ts";
import { asSipnavError, SipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";
import type { Block } from "../view/blocks.ts";
import { createArming } from "./arming.ts";
import { createQuestions } from "./asking.ts";
import { dropAnswers } from "./model/answers.ts";
import { finishRun } from "./model/finish.ts";
import { type Running, type State, say } from "./model/state.ts";
import { type Audience, findWhereabouts, runCommand } from "./runner.ts";
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
  /** Turns writes on, after asking, or off. */
  arm(): Promise<void>;
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
  const questions = createQuestions(host.clock, store);
  const { ask } = questions;
  const notice = (text: string) => store.update((state) => say(state, text));
  const arming = createArming(host.clock, ask, (armed) => store.update((state) => ({ ...state, armed })));

  const showProfile = async () => {
    const found = await findWhereabouts(host, options);
    const { profile, platform } = store.get();
    const isOther = profile !== found.profile || platform?.baseUrl !== found.platform?.baseUrl;
    if (isOther) arming.disarm();
    store.update((state) => ({
      ...(isOther ? { ...dropAnswers(state), inverse: undefined } : state),
      ...found,
    }));
  };

  const tell = (news: Partial<Running>) =>
    store.update(({ running, ...state }) => ({ ...state, running: running && { ...running, ...news } }));

  const review: Audience["review"] = async (text, lines) =>
    void (await questions.question({ kind: "confirm", text, lines }));

  /** What a run shows goes on the screen as it comes. */
  const audience = (shown: Block[], noteInverse: NonNullable<Audience["noteInverse"]>): Audience => ({
    ask,
    notice,
    letWrite: arming.letWrite,
    review,
    noteInverse,
    progress: (progress) => tell({ progress }),
    show(blocks) {
      shown.push(...blocks);
      tell({ blocks: [...shown] });
    },
  });

  return {
    showProfile,
    async run(command, raw) {
      cancelling = new AbortController();
      const shown: Block[] = [];
      let inverse: Inverse | undefined;
      const present = audience(shown, (noted) => {
        inverse = noted;
      });
      const outcome = await runCommand(host, command, raw, present, options, cancelling.signal, embed());
      const done = { command, raw, shown, outcome, inverse, nowMs: host.clock.nowMs() };
      store.update((state) => finishRun(state, done));
      // Logging in, or choosing a profile, may have changed it.
      await showProfile();
    },
    answer: questions.answer,
    cancel() {
      questions.answer(undefined);
      cancelling.abort(new SipnavError("interrupted", "Cancelled."));
    },
    async arm() {
      const { profile = "", platform } = store.get();
      if (arming.isArmed(profile)) {
        arming.disarm();
        notice("Writes are off.");
      } else if (platform === undefined || platform.kind === "read-only") {
        notice(`Profile ${profile} is ${platform?.kind ?? "not known"}: writes stay off.`);
      } else {
        await arming.letWrite({ name: profile, sandbox: platform.kind === "sandbox" }).then(
          () => notice("Writes are on."),
          (thrown: unknown) => notice(asSipnavError(thrown).message),
        );
      }
    },
  };
}
