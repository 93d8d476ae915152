import type { Command } from "../../commands/define.ts";
import type { Key } from "../terminal/sequences.ts";
import { subjectValues } from "./actions.ts";
import type { Action } from "./keys.ts";
import { openCommand } from "./menustep.ts";
import { numberScreen } from "./number.ts";
import { type Place, placesOf } from "./palette.ts";
import { bodyRows } from "./size.ts";
import {
  currentScreen,
  type PaletteScreen,
  popScreen,
  pushScreen,
  replaceScreen,
  type State,
} from "./state.ts";
import { runStep, type Step } from "./step.ts";
import { typeKey } from "./typing.ts";
import { destination, isMove, moveTo, start } from "./window.ts";

/** One row of the body holds what is typed. */
export const paletteRows = ({ size }: Pick<State, "size">): number => Math.max(1, bodyRows(size) - 1);

/** The place where one says where to go; nothing when it is open already. */
export const openPalette = (state: State): State =>
  currentScreen(state).kind === "palette"
    ? state
    : pushScreen(state, { kind: "palette", title: "Go to", text: "", window: start });

/** A key while one says where to go: types, moves among the places, or goes to one. */
export function stepPalette(
  state: State,
  screen: PaletteScreen,
  action: Action | undefined,
  key: Key,
  registry: readonly Command[],
): Step {
  const places = placesOf(state, screen.text);
  const { window } = screen;
  if (action === "choose") {
    const place = places[window.cursor];
    return place ? go(popScreen(state), place, registry) : { state };
  }
  const rows = paletteRows(state);
  if (action !== undefined && isMove(action)) {
    const cursor = destination(action, window.cursor, places.length, rows);
    return {
      state: replaceScreen(state, { ...screen, window: moveTo(window, cursor, places.length, rows) }),
    };
  }
  const text = typeKey(screen.text, key);
  return text === screen.text
    ? { state }
    : { state: replaceScreen(state, { ...screen, text, window: start }) };
}

function go(state: State, { to }: Place, registry: readonly Command[]): Step {
  switch (to.kind) {
    case "number":
      return { state: pushScreen(state, numberScreen(state, registry, to.number)) };
    case "thing":
      return runStep(state, to.show, subjectValues(to.show, to.thing.id));
    case "entry":
      return openCommand(state, to.entry.commands[0], to.entry.label);
  }
}
