import type { Command } from "../commands/define.ts";
import type { RawValues } from "../commands/execute.ts";
import type { Inverse } from "../commands/face.ts";
import { asSipnavError, SipnavError } from "../core/errors.ts";
import { listPaths } from "../host/linefile.ts";
import type { Block } from "../view/blocks.ts";
import { createArming } from "./arming.ts";
import { createQuestions } from "./asking.ts";
import { createEntrance, type Entrance } from "./entrance.ts";
import { arrive, isElsewhere } from "./model/arrive.ts";
import { finishRun } from "./model/finish.ts";
import { offerPaths } from "./model/paths.ts";
import { type Running, say } from "./model/state.ts";
import { type Audience, findWhereabouts, runCommand } from "./runner.ts";
import { isSessionEnd } from "./session.ts";
import type { Stand } from "./stand.ts";

/** Runs commands for the screen, one at a time. */
export interface Conductor extends Pick<Entrance, "begin" | "look"> {
  /** Runs the command that the state says is running. */
  run(command: Command, raw: RawValues): Promise<void>;
  /** Answers the question that the running command waits for; undefined ends it. */
  answer(answer: string | undefined): void;
  cancel(): void;
  /** Works on another profile from here on; the settings stay as they are. */
  switchTo(profile: string): Promise<void>;
  /** Types a path on in the current field, as far as the files there agree. */
  completePath(typed: string): Promise<void>;
  /** Turns writes on, after asking, or off. */
  arm(): Promise<void>;
}

/** What a run tells besides its result. */
interface Told {
  readonly shown: Block[];
  inverse: Inverse | undefined;
  toMenu: boolean;
}

/** A conductor that shows through the store what runs, asks and results. */
export function createConductor(stand: Stand): Conductor {
  const { host, store, seat } = stand;
  let cancelling = new AbortController();
  const questions = createQuestions(host.clock, store);
  const { ask } = questions;
  const notice = (text: string) => store.update((state) => say(state, text));
  const arming = createArming(host.clock, (armed) => store.update((state) => ({ ...state, armed })));
  const letWrite = arming.letWriteBy(ask);
  const entrance = createEntrance(stand, questions);
  const tell = (news: Partial<Running>) =>
    store.update(({ running, ...state }) => ({ ...state, running: running && { ...running, ...news } }));

  /** What a run shows goes on the screen as it comes. */
  const audienceOf = (told: Told): Audience => ({
    ask,
    notice,
    letWrite,
    progress: (progress) => tell({ progress }),
    review: (text, lines, proof) => ask.confirm(text, "--yes", proof, async () => lines),
    noteInverse(inverse) {
      told.inverse = inverse;
    },
    thenMenu() {
      told.toMenu = true;
    },
    noteProfile: seat.choose,
    show(blocks) {
      told.shown.push(...blocks);
      tell({ blocks: [...told.shown] });
    },
  });

  return {
    begin: entrance.begin,
    look: entrance.look,
    async run(command, raw) {
      cancelling = new AbortController();
      const { signal } = cancelling;
      const told: Told = { shown: [], inverse: undefined, toMenu: false };
      const perform = () =>
        runCommand(host, command, raw, audienceOf(told), seat.options(), signal, stand.embed());
      let outcome = await perform();
      // What has shown nothing has sent nothing: it begins anew in the new session.
      if ("error" in outcome && isSessionEnd(command, outcome.error) && told.shown.length === 0) {
        if (await entrance.logInAgain(outcome.error)) outcome = await perform();
      }
      // Logging in, or choosing a profile, may have changed it.
      const found = await findWhereabouts(host, seat.options());
      const done = { command, raw, ...told, outcome, nowMs: host.clock.nowMs() };
      const isOther = isElsewhere(store.get(), found);
      if (isOther) arming.disarm();
      store.update((state) => arrive(finishRun(state, done), found));
      if (isOther) await entrance.begin();
    },
    async switchTo(profile) {
      arming.disarm();
      seat.choose(profile);
      await entrance.begin();
      store.update((state) => ({ ...state, running: undefined }));
    },
    async completePath(typed) {
      const paths = await listPaths(typed);
      store.update((state) => offerPaths(state, typed, paths));
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
        await letWrite({ name: profile, sandbox: platform.kind === "sandbox" }).then(
          () => notice("Writes are on."),
          (thrown: unknown) => notice(asSipnavError(thrown).message),
        );
      }
    },
  };
}
