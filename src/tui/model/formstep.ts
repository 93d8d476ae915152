import type { Key } from "../terminal/sequences.ts";
import {
  checkForm,
  choicesOf,
  currentField,
  cycleField,
  editField,
  type Form,
  moveField,
  rawOf,
} from "./form.ts";
import type { Action } from "./keys.ts";
import { runMarked } from "./markstep.ts";
import { firstValues } from "./next.ts";
import { openThings } from "./pickerstep.ts";
import { bodyRows } from "./size.ts";
import { type FormScreen, replaceScreen, type Screen, type State } from "./state.ts";
import { runStep, type Step } from "./step.ts";
import { moveCaret, typeWithin } from "./typing.ts";
import { destination, isMove, moveTo } from "./window.ts";

/** Whether keys with a character are text on this screen: the cursor stands in a field that is typed. */
export function typesInto(screen: Screen): boolean {
  if (screen.kind === "palette") return true;
  if (screen.kind === "sheet") return screen.isFiltering;
  if (screen.kind === "picker") return true;
  const field = screen.kind === "form" ? currentField(screen.form) : undefined;
  return field !== undefined && choicesOf(field) === undefined;
}

/** A key on a form: goes from field to field, fills one in, or runs the command. */
export function stepForm(state: State, screen: FormScreen, action: Action | undefined, key: Key): Step {
  const { form, command } = screen;
  const count = form.fields.length + 1;
  const show = (changed: Form): State => {
    const window = moveTo(screen.window, changed.cursor, count, bodyRows(state.size));
    return replaceScreen(state, { ...screen, form: changed, window });
  };
  if (action === "submit" || (action === "choose" && !currentField(form))) {
    const checked = checkForm(form);
    if (!checked.ready) return { state: show(checked.form) };
    const raw = rawOf(form);
    if (screen.marked) return runMarked(state, command, screen.marked, raw);
    return runStep(state, command, firstValues(command, raw));
  }
  if (action === "choose") return { state: show(moveField(form, form.cursor + 1)) };
  const field = currentField(form);
  const { behind = 0 } = form;
  const line = field && typesInto(screen) ? field.text : undefined;
  const isFree = action === undefined || action === "nextChoice" || action === "previousChoice";
  const moved = line !== undefined && isFree ? moveCaret(line, behind, key) : undefined;
  if (moved !== undefined && moved !== behind) return { state: show({ ...form, behind: moved }) };
  const noun = field && choicesOf(field) === undefined ? field.parameter.refersTo : undefined;
  if (noun && noun !== "job" && action === "nextChoice") return { state: openThings(state, noun, "") };
  if (action === "nextChoice") return { state: show(cycleField(form, 1)) };
  if (action === "previousChoice") return { state: show(cycleField(form, -1)) };
  if (key.chord === "tab" && field?.parameter.kind.name === "file" && field.text !== "") {
    return { state, effect: { kind: "completePath", typed: field.text } };
  }
  if (action !== undefined && isMove(action)) {
    return { state: show(moveField(form, destination(action, form.cursor, count, bodyRows(state.size)))) };
  }
  // An id is digits: a letter begins a name.
  if (noun && noun !== "job" && /^\p{L}/u.test(key.text)) return { state: openThings(state, noun, key.text) };
  if (line === undefined) return { state };
  const typed = typeWithin(line, behind, key);
  return { state: show(editField(form, typed.text, typed.behind)) };
}
