import type { Command } from "../../commands/define.ts";
import type { Reference } from "../../domain/noun.ts";
import type { Key } from "../terminal/sequences.ts";
import { editField } from "./form.ts";
import type { Action } from "./keys.ts";
import { picksOf } from "./picker.ts";
import { bodyRows } from "./size.ts";
import {
  currentScreen,
  type PickerScreen,
  popScreen,
  pushScreen,
  replaceScreen,
  type State,
} from "./state.ts";
import { type Step, switchStep } from "./step.ts";
import { typeKey } from "./typing.ts";
import { destination, isMove, moveTo, start } from "./window.ts";

/** Rows of a picker: one row of the body holds what is typed. */
export const pickerRows = (state: State): number => bodyRows(state.size) - 1;

/** The picker of the profile to work on. */
export const openProfiles = (state: State): State =>
  pushScreen(state, {
    kind: "picker",
    title: "Profile",
    purpose: { kind: "profile" },
    typed: "",
    window: start,
  });

/** The picker of a thing for the current field of a form. */
export const openThings = (state: State, noun: Reference, typed: string): State =>
  pushScreen(state, {
    kind: "picker",
    title: `Find ${noun}`,
    purpose: { kind: "field", noun },
    typed,
    window: start,
  });

/** A key on a picker: types, moves, or picks what is at the cursor. */
export function stepPicker(
  state: State,
  screen: PickerScreen,
  action: Action | undefined,
  key: Key,
  registry: readonly Command[],
): Step {
  const { window, purpose, typed } = screen;
  const { items } = picksOf(state, screen, registry);
  if (action !== undefined && isMove(action)) {
    const rows = pickerRows(state);
    const cursor = destination(action, window.cursor, items.length, rows);
    return { state: replaceScreen(state, { ...screen, window: moveTo(window, cursor, items.length, rows) }) };
  }
  if (action !== "choose") {
    const text = typeKey(typed, key);
    return text === typed
      ? { state }
      : { state: replaceScreen(state, { ...screen, typed: text, window: start }) };
  }
  const item = items[window.cursor];
  if (!item) return { state };
  const below = popScreen(state);
  if (purpose.kind === "profile") return switchStep(below, item.value);
  const form = currentScreen(below);
  if (form.kind !== "form") return { state: below };
  return { state: replaceScreen(below, { ...form, form: editField(form.form, item.value) }) };
}
