import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { parameterName } from "../../commands/fields.ts";
import { textOf } from "../../domain/kinds.ts";
import { onEach } from "../many.ts";
import { actionsOn, fieldsOf, nounByName, subjectValues, type Thing, thingOf } from "./actions.ts";
import { cellOf } from "./cells.ts";
import type { Action } from "./keys.ts";
import { type SheetScreen, sheetArea, tableIn } from "./result.ts";
import { idAt, tableOf } from "./sheet.ts";
import { formScreen, menuScreen, pushScreen, replaceScreen, type State } from "./state.ts";
import { runStep, type Step } from "./step.ts";
import { entryOfCommand } from "./tree.ts";
import { moveTo } from "./window.ts";

/** Marks the row at the cursor, those from the last marked one on, or all that pass the filter; or takes marks away. */
export function markRows(state: State, screen: SheetScreen, action: Action): State {
  const { sheet, window, marks, lastMark } = screen;
  const id = idAt(sheet, window.cursor);
  const table = tableOf(sheet);
  if (!table || id === undefined) return { ...state, notice: "There are no rows to mark." };
  const ids = table.rows.map((row) => textOf(row[table.idField]));
  if (action === "mark") {
    const next = new Set(marks);
    if (!next.delete(id)) next.add(id);
    const below = moveTo(window, window.cursor + 1, sheet.count, sheetArea(screen, state).rows);
    return replaceScreen(state, { ...screen, marks: next, lastMark: id, window: below });
  }
  if (action === "markRange") {
    const [from, to] = [ids.indexOf(lastMark ?? id), ids.indexOf(id)].toSorted((a, b) => a - b);
    const range = from === undefined || from < 0 ? [id] : ids.slice(from, (to ?? from) + 1);
    return replaceScreen(state, { ...screen, marks: new Set([...marks, ...range]), lastMark: id });
  }
  const isAll = ids.every((one) => marks.has(one));
  const next = isAll ? [...marks].filter((one) => !ids.includes(one)) : [...marks, ...ids];
  return replaceScreen(state, { ...screen, marks: new Set(next) });
}

/** The screen without its marks; undefined when it has none. */
export const clearMarks = (state: State, screen: SheetScreen): State | undefined =>
  screen.marks.size === 0 ? undefined : replaceScreen(state, { ...screen, marks: new Set() });

/** The things whose rows are marked, in the order of the list; filtered out or not. */
export function markedThings(screen: SheetScreen): Thing[] {
  const table = tableIn({ blocks: screen.arranged.ordered });
  if (!table) return [];
  return table.rows
    .filter((row) => screen.marks.has(textOf(row[table.idField])))
    .flatMap((row) => thingOf({ isRow: true, fields: table.fields, row }) ?? []);
}

/** What can be done with all marked rows: the writes that need nothing but the thing they are done to. */
export function openMarkedActions(state: State, screen: SheetScreen, registry: readonly Command[]): State {
  const things = markedThings(screen);
  const [first] = things;
  const commands = first && first.noun !== "job" ? actionsOn(registry, first.noun) : [];
  const entries = commands.filter((command) => isForMany(command, things)).map(entryOfCommand);
  if (entries.length === 0) return { ...state, notice: "Nothing can be done with these at once." };
  const menu = menuScreen(`${things.length} marked`, entries, 0);
  return pushScreen(state, { ...menu, marked: things });
}

const isForMany = ({ effect, parameters, ...command }: Command, things: readonly Thing[]) => {
  const subject = subjectValues({ effect, parameters, ...command }, things[0]?.id);
  return (
    effect !== "read" &&
    Object.entries(parameters).every(([name, { required }]) => !required || name in subject)
  );
};

/** What can be changed of all: fields and nothing else, so that what will be done can be shown before. */
function changeableOf({ parameters, ...command }: Command, [first]: readonly Thing[]) {
  const subject = subjectValues({ ...command, parameters }, first?.id);
  const names = new Set(first && fieldsOf(first.noun).map(({ name }) => parameterName(name)));
  return Object.entries(parameters).filter(([name]) => names.has(name) && !(name in subject));
}

/** Goes on with a command for all marked things: to the form of what it changes, or straight to the run. */
export function openForMarked(state: State, command: Command, things: readonly Thing[]): Step {
  const changeable = changeableOf(command, things);
  if (changeable.length === 0) return runMarked(state, command, things, {});
  const form = { ...command, parameters: Object.fromEntries(changeable) };
  const title = `${command.path.join(" ")}: ${things.length} marked`;
  const screen = formScreen(form, title, {});
  // There is something to fill in, though nothing is required.
  const first = { ...screen.form, cursor: 0 };
  return { state: pushScreen(state, { ...screen, command, form: first, marked: things }) };
}

/** Runs a command on all marked things. */
export function runMarked(state: State, command: Command, things: readonly Thing[], raw: RawValues): Step {
  if (changeableOf(command, things).length > 0 && Object.keys(raw).length === 0) {
    return { state: { ...state, notice: "Nothing is to be changed yet: fill in a field." } };
  }
  const lines = things.map((thing) => changeLine(state, thing, raw));
  return runStep(state, onEach(command, things, raw, lines), {});
}

/** `7 Acme: Channels 10 → 200`: a thing as it was loaded, and what is wanted. */
function changeLine({ cells }: State, { noun, id, name, row }: Thing, raw: RawValues): string {
  const fields = fieldsOf(noun);
  const changes = fields.flatMap((field) => {
    const value = raw[parameterName(field.name)];
    if (value === undefined || value === true) return [];
    const before = cellOf(field, row[field.name], cells) || "(none)";
    return [`${field.label} ${before} → ${cellOf(field, [value].flat().join(", "), cells) || "(none)"}`];
  });
  const nameField = fields.find(({ name: one }) => row[one] === name);
  const isUsual = nameField?.name === nounByName(noun)?.nameField;
  const shown = nameField ? `${isUsual ? "" : `${nameField.label} `}${cellOf(nameField, name, cells)}` : name;
  return `${id} ${shown}${changes.length > 0 ? `: ${changes.join(", ")}` : ""}`;
}
