import type { Ask } from "../commands/face.ts";
import type { Clock } from "../core/clock.ts";
import { SipnavError } from "../core/errors.ts";
import { type Asking, openQuestion } from "./model/question.ts";
import type { State } from "./model/state.ts";
import type { Store } from "./store.ts";

/** Questions on the screen, one at a time. */
export interface Questions {
  readonly ask: Ask;
  /** Asks, and answers what was typed. @throws interrupted when the person ends the question */
  question(asking: Asking): Promise<string>;
  /** Answers the question that waits; undefined ends it. */
  answer(answer: string | undefined): void;
}

/** Asks through the store. */
export function createQuestions(clock: Clock, store: Store<State>): Questions {
  let waiting: ((answer: string | undefined) => void) | undefined;
  const question = (asking: Asking): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting = (answer) => {
        waiting = undefined;
        store.update((state) => ({ ...state, question: undefined }));
        if (answer === undefined) reject(new SipnavError("interrupted", "Nothing was answered."));
        else resolve(answer);
      };
      const nowMs = clock.nowMs();
      store.update((state) => ({ ...state, question: openQuestion(asking, state.lastChord, nowMs) }));
    });
  return {
    question,
    ask: {
      text: (text) => question({ kind: "text", text }),
      secret: (text) => question({ kind: "secret", text }),
      async confirm(text, _, proof, about) {
        const lines = (await about?.()) ?? [];
        await question(
          proof === undefined ? { kind: "confirm", text, lines } : { kind: "proof", text, lines, proof },
        );
      },
    },
    answer: (answer) => waiting?.(answer),
  };
}
