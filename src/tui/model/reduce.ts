import type { Command } from "../../commands/define.ts";
import { exitCodes } from "../../core/errors.ts";
import type { Key } from "../terminal/sequences.ts";
import { nextZone } from "./cells.ts";
import { stepChooser } from "./chooserstep.ts";
import { stepColumns } from "./columnstep.ts";
import { isTouched } from "./form.ts";
import { stepForm, typesInto } from "./formstep.ts";
import { actionOf, helpOf, keyOfHelp } from "./keys.ts";
import { logOf } from "./log.ts";
import { stepMenu } from "./menustep.ts";
import { stepOptions } from "./nextstep.ts";
import { openPalette, stepPalette } from "./palettestep.ts";
import { openProfiles, stepPicker } from "./pickerstep.ts";
import { stepQuestion } from "./question.ts";
import { type SheetScreen, sheetScreen } from "./result.ts";
import { targetAt } from "./sheet.ts";
import { clearSheet, stepSheet } from "./sheetstep.ts";
import { isTiny } from "./size.ts";
import { currentScreen, look, popScreen, pushScreen, type Screen, type State, swapScreens } from "./state.ts";
import { freshenStep, type Step, undoStep } from "./step.ts";

/** What a key makes of the state. Pure: time comes in, effects go out. */
export function reduceKey(state: State, key: Key, registry: readonly Command[], nowMs: number): Step {
  const step = stepState({ ...state, notice: "", nowMs, lastKeyAtMs: nowMs }, key, registry, nowMs);
  return { ...step, state: { ...step.state, lastChord: key.chord } };
}

function stepState(state: State, key: Key, registry: readonly Command[], nowMs: number): Step {
  const screen = currentScreen(state);
  const action = actionOf(state.bindings, key, screen.kind, typesInto(screen));
  if (action === "suspend" || action === "repaint") return { state, effect: { kind: action } };
  if (state.question) return stepQuestion(state, state.question, key, nowMs);
  if (state.running) return stepRunning(state, key);
  if (action === "interrupt") return { state, effect: { kind: "quit", exitCode: exitCodes.interrupted } };
  if (action === "quit") return { state, effect: { kind: "quit", exitCode: 0 } };
  if (isTiny(state.size)) return { state };
  if (state.alarm !== "" && key.chord === "esc") return { state: { ...state, alarm: "" } };
  if (action === "back") {
    const cleared = screen.kind === "sheet" ? clearSheet(state, screen) : undefined;
    return cleared ? { state: cleared } : freshenStep(popScreen(tellKept(state, screen)));
  }
  if (action === "mask" || action === "zone") return { state: changeCells(state, action) };
  if (action === "palette") return { state: openPalette(state) };
  if (action === "arm") return { state, effect: { kind: "arm" } };
  if (action === "profiles") return { state: openProfiles(state) };
  if (action === "undo") return undoStep(state, registry);
  if (action === "lastScreen") return freshenStep(swapScreens(state));
  if (action === "log") {
    return { state: pushScreen({ ...state, alarm: "" }, sheetScreen("Log", logOf(state), state)) };
  }
  if (action === "help") {
    return { state: pushScreen(state, sheetScreen("Help", helpOf(state.bindings, screen.kind), state)) };
  }
  const chosen = screen.kind === "sheet" && action === "choose" ? helpKeyAt(screen) : undefined;
  if (chosen) return stepState(popScreen(state), chosen, registry, nowMs);
  switch (screen.kind) {
    case "menu":
      return stepMenu(state, screen, action, key);
    case "form":
      return stepForm(state, screen, action, key);
    case "sheet":
      return stepSheet(state, screen, action, key, registry);
    case "chooser":
      return stepChooser(state, screen, action);
    case "picker":
      return stepPicker(state, screen, action, key, registry);
    case "columns":
      return stepColumns(state, screen, action);
    case "options":
      return stepOptions(state, screen, action);
    case "palette":
      return stepPalette(state, screen, action, key, registry);
  }
}

/** The state that says how a form is come back to, where something was typed into it. */
function tellKept(state: State, screen: Screen): State {
  const back = state.bindings.find(({ action }) => action === "lastScreen")?.chords[0];
  if (screen.kind !== "form" || !isTouched(screen.form) || back === undefined) return state;
  return {
    ...state,
    notice: `What was typed is kept until another screen is opened: ${back} comes back to it.`,
  };
}

/** The key that is told of at the cursor of help. */
function helpKeyAt({ sheet, window, isFiltering }: SheetScreen): Key | undefined {
  const target = isFiltering ? undefined : targetAt(sheet, window.cursor);
  return target && keyOfHelp(target);
}

/** Every screen with its values shown another way. */
function changeCells(state: State, action: "mask" | "zone"): State {
  const { mask, zone } = state.cells;
  return look({
    ...state,
    cells: action === "mask" ? { mask: !mask, zone } : { mask, zone: nextZone(zone) },
  });
}

/** While a command runs, nothing but its end can be asked for. */
function stepRunning(state: State, key: Key): Step {
  if (!state.running || (key.chord !== "ctrl+c" && key.chord !== "esc")) return { state };
  if (state.running.cancelling) {
    const effect = { kind: "quit", exitCode: exitCodes.interrupted } as const;
    return key.chord === "ctrl+c" ? { state, effect } : { state };
  }
  return { state: { ...state, running: { ...state.running, cancelling: true } }, effect: { kind: "cancel" } };
}
