import { limits } from "../../core/limits.ts";
import type { Key } from "../terminal/sequences.ts";
import type { Question, State } from "./state.ts";
import type { Step } from "./step.ts";
import { typeKey } from "./typing.ts";

/** What is asked. */
export type Asking = Pick<Question, "kind" | "text"> & Partial<Pick<Question, "lines" | "proof">>;

/** A question that has just been asked. */
export function openQuestion(asking: Asking, lastChord: string, askedAtMs: number): Question {
  const yesChord = lastChord === "y" ? "c" : "y";
  return { lines: [], proof: "", ...asking, typed: "", yesChord, askedAtMs };
}

/**
 * A key while a question waits. A confirmation stands on "cancel": only its own key says yes, and not within the
 * first moments, when keys may still be meant for what was there before. Where a yes must be typed, anything else
 * that is entered leaves the question as it is.
 */
export function stepQuestion(state: State, question: Question, key: Key, nowMs: number): Step {
  const end = (answer: string | undefined): Step => ({
    state: { ...state, question: undefined },
    effect: { kind: "answer", answer },
  });
  const { kind, typed, proof, yesChord, askedAtMs } = question;
  if (key.chord === "ctrl+c" || key.chord === "esc") return end(undefined);
  if (kind === "confirm") {
    if (nowMs - askedAtMs < limits.dialogDeafMs) return { state };
    if (key.chord === yesChord) return end("yes");
    return key.chord === "enter" || key.chord === "n" || key.chord === "q" ? end(undefined) : { state };
  }
  if (key.chord !== "enter") {
    return { state: { ...state, question: { ...question, typed: typeKey(typed, key) } } };
  }
  if (kind !== "proof" || typed === proof) return end(typed);
  return typed === "" ? end(undefined) : { state: { ...state, notice: `That is not ${proof}.` } };
}
