import type { Command } from "../../commands/define.ts";
import { actionsOn, showOf, thingOf } from "./actions.ts";
import type { Action } from "./keys.ts";
import { openCommand } from "./menustep.ts";
import { targetAt } from "./sheet.ts";
import { menuScreen, pushScreen, replaceScreen, type SheetScreen, type State, sheetRows } from "./state.ts";
import type { Step } from "./step.ts";
import { entryOfCommand } from "./tree.ts";
import { destination, isMove, moveTo } from "./window.ts";

/** A key on a result: moves, shows the row at the cursor, or offers what can be done with it. */
export function stepSheet(
  state: State,
  screen: SheetScreen,
  action: Action | undefined,
  registry: readonly Command[],
): Step {
  const { sheet, window } = screen;
  if (action !== undefined && isMove(action)) {
    const rows = sheetRows(state.size);
    const cursor = destination(action, window.cursor, sheet.count, rows);
    return {
      state: replaceScreen(state, { ...screen, window: moveTo(window, cursor, sheet.count, rows) }),
    };
  }
  const target = targetAt(sheet, window.cursor);
  const thing = target && thingOf(target);
  if (!thing) return { state };
  if (action === "choose") {
    const show = target.isRow ? showOf(registry, thing.noun) : undefined;
    return show ? openCommand(state, show, show.path.join(" "), thing.id) : { state };
  }
  if (action !== "actions") return { state };
  const entries = actionsOn(registry, thing.noun).map(entryOfCommand);
  if (entries.length === 0) return { state: { ...state, notice: "Nothing can be done with this." } };
  const title = `${thing.noun} ${thing.id}`;
  return { state: pushScreen(state, menuScreen(title, entries, 0, thing.id)) };
}
