import { limits } from "../../core/limits.ts";
import type { Key } from "../terminal/sequences.ts";
import type { Question, State } from "./state.ts";
import type { Step } from "./step.ts";
import { typeKey } from "./typing.ts";

/** A question that has just been asked. */
export function openQuestion(
  kind: Question["kind"],
  text: string,
  lastChord: string,
  askedAtMs: number,
): Question {
  return { kind, text, typed: "", yesChord: lastChord === "y" ? "c" : "y", askedAtMs };
}

/**
 * A key while a question waits. A confirmation stands on "cancel": only its own key says yes, and not within the
 * first moments, when keys may still be meant for what was there before.
 */
export function stepQuestion(state: State, question: Question, key: Key, nowMs: number): Step {
  const end = (answer: string | undefined): Step => ({
    state: { ...state, question: undefined },
    effect: { kind: "answer", answer },
  });
  if (key.chord === "ctrl+c" || key.chord === "esc") return end(undefined);
  if (question.kind !== "confirm") {
    if (key.chord === "enter") return end(question.typed);
    return { state: { ...state, question: { ...question, typed: typeKey(question.typed, key) } } };
  }
  if (nowMs - question.askedAtMs < limits.dialogDeafMs) return { state };
  if (key.chord === question.yesChord) return end("yes");
  return key.chord === "enter" || key.chord === "n" || key.chord === "q" ? end(undefined) : { state };
}
