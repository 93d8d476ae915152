import { limits } from "../../core/limits.ts";
import { allFields } from "../../domain/columns.ts";
import { textOf } from "../../domain/kinds.ts";
import { cellOf } from "./cells.ts";
import { lineOf } from "./commandline.ts";
import type { SheetScreen } from "./result.ts";
import { targetAt } from "./sheet.ts";
import { bodyRows } from "./size.ts";
import { currentScreen, pushScreen, type State } from "./state.ts";
import type { Step } from "./step.ts";
import { moveTo, start } from "./window.ts";

/** The chooser of the value to copy: those of the row or record at the cursor. */
export function openCopy(state: State, { sheet, window }: SheetScreen): State {
  const target = targetAt(sheet, window.cursor);
  if (!target) return { ...state, notice: "There is no value here." };
  const { fields, row } = target;
  const items = allFields(fields, [row])
    .filter(({ name }) => textOf(row[name]) !== "")
    .map((field) => ({
      name: field.name,
      label: `${field.label}: ${cellOf(field, row[field.name], state.cells)}`,
    }));
  const place = moveTo(start, 0, items.length, bodyRows(state.size));
  return pushScreen(state, { kind: "chooser", title: "Copy", purpose: "copy", items, window: place });
}

/** Copies a value of the row at the cursor. */
export function copyStep(state: State, name: string): Step {
  const screen = currentScreen(state);
  const target = screen.kind === "sheet" ? targetAt(screen.sheet, screen.window.cursor) : undefined;
  const field = target?.fields.find((one) => one.name === name) ?? { name };
  const value = target?.row[name];
  return copied(state, textOf(value), cellOf(field, value, state.cells));
}

/** Copies what is on the screen as a command line. */
export function copyLineStep(state: State, screen: SheetScreen): Step {
  const line = lineOf(screen, state.profile);
  if (line === undefined) return { state: { ...state, notice: "No command shows this." } };
  return copied(state, line, line);
}

/** The text on its way to the clipboard, and on the screen too: not every terminal takes it. */
function copied(state: State, text: string, shown: string): Step {
  if (Buffer.byteLength(text) > limits.copiedBytesMax) {
    return { state: { ...state, notice: "That is too long for a clipboard." } };
  }
  return { state: { ...state, notice: `Copied: ${shown}` }, effect: { kind: "copy", text } };
}
