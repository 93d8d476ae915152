import { copyStep } from "./copystep.ts";
import { keepView } from "./kept.ts";
import type { Action } from "./keys.ts";
import { flipSort, type Look, shownFields } from "./look.ts";
import { arrange, type SheetScreen, tableIn } from "./result.ts";
import { bodyRows } from "./size.ts";
import {
  type ChooserScreen,
  currentScreen,
  popScreen,
  pushScreen,
  replaceScreen,
  type State,
} from "./state.ts";
import type { Step } from "./step.ts";
import { destination, isMove, moveTo, start } from "./window.ts";

/** The chooser of the column that a result is sorted by, on the one it is sorted by now. */
export function openSort(state: State, screen: SheetScreen): Step {
  const { look } = screen;
  const table = tableIn(screen);
  const items = table ? shownFields(table, look.columns).map(({ name, label }) => ({ name, label })) : [];
  const sorted = items.findIndex(({ name }) => name === look.sort.split(":")[0]);
  const window = moveTo(start, sorted, items.length, bodyRows(state.size));
  return { state: pushScreen(state, { kind: "chooser", title: "Sort by", purpose: "sort", items, window }) };
}

/** A key on the chooser: moves, or goes back to the result with what is at the cursor. */
export function stepChooser(state: State, screen: ChooserScreen, action: Action | undefined): Step {
  const { items, window } = screen;
  if (action !== undefined && isMove(action)) {
    const cursor = destination(action, window.cursor, items.length, bodyRows(state.size));
    return { state: replaceScreen(state, moveChooser(state, screen, cursor)) };
  }
  const item = items[window.cursor];
  if (action !== "choose" || !item) return { state };
  switch (screen.purpose) {
    case "sort":
      return { state: changeBelow(state, ({ sort }) => ({ sort: flipSort(sort, item.name) })) };
    case "copy":
      return copyStep(popScreen(state), item.name);
    case "filter":
      return { state: changeBelow(state, () => ({ filter: item.name })) };
  }
}

/** The chooser with its cursor elsewhere. */
export function moveChooser<S extends Pick<ChooserScreen, "items" | "window">>(
  { size }: State,
  screen: S,
  cursor: number,
): S {
  return { ...screen, window: moveTo(screen.window, cursor, screen.items.length, bodyRows(size)) };
}

/** Back to the result with something of its look changed, which is remembered. */
export function changeBelow(state: State, change: (look: Look) => Partial<Look>): State {
  const below = popScreen(state);
  const list = currentScreen(below);
  if (list.kind !== "sheet") return below;
  const look = { ...list.look, ...change(list.look) };
  const { columns, sort } = look;
  const kept = list.origin ? keepView(state.kept, list.origin.command.path, { columns, sort }) : state.kept;
  return replaceScreen({ ...below, kept }, arrange(list, state, { look }));
}
