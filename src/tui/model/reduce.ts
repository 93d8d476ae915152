import type { Command } from "../../commands/define.ts";
import { exitCodes } from "../../core/errors.ts";
import type { Key } from "../terminal/sequences.ts";
import { stepForm, typesInto } from "./formstep.ts";
import { actionOf, helpOf } from "./keys.ts";
import { stepMenu } from "./menustep.ts";
import { stepQuestion } from "./question.ts";
import { stepSheet } from "./sheetstep.ts";
import { currentScreen, isTiny, popScreen, pushScreen, type State, sheetScreen } from "./state.ts";
import type { Step } from "./step.ts";

/** What a key makes of the state. Pure: time comes in, effects go out. */
export function reduceKey(state: State, key: Key, registry: readonly Command[], nowMs: number): Step {
  const step = stepState({ ...state, notice: "" }, key, registry, nowMs);
  return { ...step, state: { ...step.state, lastChord: key.chord } };
}

function stepState(state: State, key: Key, registry: readonly Command[], nowMs: number): Step {
  const screen = currentScreen(state);
  const action = actionOf(key, screen.kind, typesInto(screen));
  if (action === "suspend" || action === "repaint") return { state, effect: { kind: action } };
  if (state.question) return stepQuestion(state, state.question, key, nowMs);
  if (state.running) return stepRunning(state, key);
  if (action === "interrupt") return { state, effect: { kind: "quit", exitCode: exitCodes.interrupted } };
  if (action === "quit") return { state, effect: { kind: "quit", exitCode: 0 } };
  if (isTiny(state.size)) return { state };
  if (action === "back") return { state: popScreen(state) };
  if (action === "help") {
    return { state: pushScreen(state, sheetScreen("Help", helpOf(screen.kind), state.size)) };
  }
  switch (screen.kind) {
    case "menu":
      return stepMenu(state, screen, action, key);
    case "form":
      return stepForm(state, screen, action, key);
    case "sheet":
      return stepSheet(state, screen, action, registry);
  }
}

/** While a command runs, nothing but its end can be asked for. */
function stepRunning(state: State, key: Key): Step {
  if (!state.running || (key.chord !== "ctrl+c" && key.chord !== "esc")) return { state };
  return { state: { ...state, running: { ...state.running, cancelling: true } }, effect: { kind: "cancel" } };
}
