import type { Command } from "../../commands/define.ts";
import type { Action } from "./keys.ts";
import { optionsAt } from "./mapping.ts";
import { isImport } from "./next.ts";
import { type SheetScreen, sheetScreen } from "./result.ts";
import { targetAt } from "./sheet.ts";
import { bodyRows } from "./size.ts";
import { formScreen, type OptionsScreen, popScreen, pushScreen, replaceScreen, type State } from "./state.ts";
import { runStep, type Step } from "./step.ts";
import { commandOf } from "./tree.ts";
import { destination, isMove, moveTo, start } from "./window.ts";

/** Goes on to what a result leads to. */
export function stepNext(state: State, screen: SheetScreen, registry: readonly Command[]): Step {
  const { next } = screen;
  if (next === undefined) return { state: { ...state, notice: hintWithoutNext(screen) } };
  switch (next.kind) {
    case "run":
      return runStep(state, next.command, next.raw);
    case "form": {
      const command = commandOf(registry, next.path.join(" "));
      const form = command && formScreen(command, command.path.join(" "), next.known);
      return { state: form ? pushScreen(state, form) : state };
    }
    case "show": {
      const { title, blocks, part, next: after } = next;
      const given = { origin: screen.origin, part, next: after };
      return { state: pushScreen(state, sheetScreen(title, blocks, state, given)) };
    }
  }
}

const hintWithoutNext = ({ origin }: SheetScreen) =>
  origin && isImport(origin.command) && origin.raw.inspect
    ? "The columns must be right first: Enter on a line says what it is."
    : "";

/** The other ways to read a line of a sheet that is inspected; undefined where there are none. */
export function openOptions(state: State, { origin, sheet, window, blocks }: SheetScreen): State | undefined {
  const target = targetAt(sheet, window.cursor);
  if (!origin || !target || !isImport(origin.command)) return undefined;
  const found = optionsAt(origin.command, origin.raw, blocks, target);
  if (found === undefined) return undefined;
  if (found.options.length === 0) return { ...state, notice: "There is nothing else to choose here." };
  const now = found.options.findIndex(({ isNow }) => isNow);
  const place = moveTo(start, now, found.options.length, bodyRows(state.size));
  return pushScreen(state, { kind: "options", ...found, window: place });
}

/** A key on the other ways to read a sheet: moves, or inspects it the way at the cursor. */
export function stepOptions(state: State, screen: OptionsScreen, action: Action | undefined): Step {
  const { options, window } = screen;
  if (action !== undefined && isMove(action)) {
    const rows = bodyRows(state.size);
    const cursor = destination(action, window.cursor, options.length, rows);
    return {
      state: replaceScreen(state, { ...screen, window: moveTo(window, cursor, options.length, rows) }),
    };
  }
  const option = options[window.cursor];
  if (action !== "choose" || !option) return { state };
  const below = popScreen(state);
  const sheet = below.screens.at(-1);
  const origin = sheet?.kind === "sheet" ? sheet.origin : undefined;
  return origin ? runStep(below, origin.command, option.raw, true) : { state: below };
}
