import { tableFields } from "../../view/text.ts";
import type { Action } from "./keys.ts";
import { flipSort } from "./look.ts";
import { arrange, type SheetScreen } from "./result.ts";
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
export function openChooser(state: State, { blocks, look }: SheetScreen): Step {
  const table = blocks.find((block) => block.kind === "table");
  const fields = table ? tableFields(table.fields) : [];
  const sorted = fields.findIndex(({ name }) => name === look.sort.split(":")[0]);
  const window = moveTo(start, sorted, fields.length, bodyRows(state.size));
  return { state: pushScreen(state, { kind: "chooser", title: "Sort by", fields, window }) };
}

/** A key on the chooser: moves, or sorts by the column at the cursor and goes back. */
export function stepChooser(state: State, screen: ChooserScreen, action: Action | undefined): Step {
  const { fields, window } = screen;
  if (action !== undefined && isMove(action)) {
    const rows = bodyRows(state.size);
    const cursor = destination(action, window.cursor, fields.length, rows);
    return {
      state: replaceScreen(state, { ...screen, window: moveTo(window, cursor, fields.length, rows) }),
    };
  }
  const field = fields[window.cursor];
  if (action !== "choose" || !field) return { state };
  const below = popScreen(state);
  const list = currentScreen(below);
  if (list.kind !== "sheet") return { state: below };
  const look = { ...list.look, sort: flipSort(list.look.sort, field.name) };
  return { state: replaceScreen(below, arrange(list, state, { look })) };
}
