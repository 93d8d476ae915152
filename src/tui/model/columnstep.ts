import type { TableBlock } from "../../view/blocks.ts";
import { tableFields } from "../../view/text.ts";
import { changeBelow, moveChooser } from "./chooserstep.ts";
import type { Action } from "./keys.ts";
import { flipSort, type Look, loadedFields } from "./look.ts";
import { type SheetScreen, tableIn } from "./result.ts";
import { bodyRows } from "./size.ts";
import { type ChooserItem, type ColumnsScreen, pushScreen, replaceScreen, type State } from "./state.ts";
import type { Step } from "./step.ts";
import { destination, isMove, start } from "./window.ts";

/** The chooser of the columns that a result shows: those that are shown first, in their order. */
export function openColumns(state: State, screen: SheetScreen): Step {
  const table = tableIn(screen);
  const items = table ? itemsOf(table, screen.look) : [];
  return { state: pushScreen(state, { kind: "columns", title: "Columns", items, window: start }) };
}

function itemsOf({ fields, rows }: TableBlock, { columns }: Look): ChooserItem[] {
  const known = loadedFields(fields, rows);
  const shown = columns.length > 0 ? columns : tableFields(fields).map(({ name }) => name);
  const ordered = [
    ...shown.flatMap((name) => known.find((field) => field.name === name) ?? []),
    ...known.filter(({ name }) => !shown.includes(name)),
  ];
  return ordered.map(({ name, label }) => ({ name, label, isOn: shown.includes(name) }));
}

/** A key on the chooser of columns: moves, shows, hides or shifts one, or goes back to the result with them. */
export function stepColumns(state: State, screen: ColumnsScreen, action: Action | undefined): Step {
  const { items, window } = screen;
  const at = window.cursor;
  const item = items[at];
  const show = (changed: readonly ChooserItem[], cursor: number): Step => ({
    state: replaceScreen(state, moveChooser(state, { ...screen, items: changed }, cursor)),
  });
  if (action !== undefined && isMove(action)) {
    return show(items, destination(action, at, items.length, bodyRows(state.size)));
  }
  if (!item) return { state };
  switch (action) {
    case "choose":
      return { state: keepColumns(state, items) };
    case "sort":
      return { state: keepColumns(state, items, item.name) };
    case "toggle":
      return show(items.with(at, { ...item, isOn: !item.isOn }), at + 1);
    case "moveUp":
      return show(swap(items, at, at - 1), at - 1);
    case "moveDown":
      return show(swap(items, at, at + 1), at + 1);
    case "reset":
      return { state: changeBelow(state, () => ({ columns: [] })) };
    default:
      return { state };
  }
}

function swap(items: readonly ChooserItem[], one: number, other: number): readonly ChooserItem[] {
  const [a, b] = [items[one], items[other]];
  return a && b ? items.with(one, b).with(other, a) : items;
}

function keepColumns(state: State, items: readonly ChooserItem[], sortBy?: string): State {
  const columns = items.filter(({ isOn }) => isOn).map(({ name }) => name);
  if (columns.length === 0) return { ...state, notice: "At least one column stays." };
  return changeBelow(state, ({ sort }) => ({
    columns,
    sort: sortBy === undefined ? sort : flipSort(sort, sortBy),
  }));
}
