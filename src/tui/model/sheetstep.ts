import type { Command } from "../../commands/define.ts";
import type { Key } from "../terminal/sequences.ts";
import { actionsOn, showOf, type Thing, thingOf } from "./actions.ts";
import { staleAnswers } from "./answers.ts";
import { openSort } from "./chooserstep.ts";
import { openColumns } from "./columnstep.ts";
import { copyLineStep, openCopy } from "./copystep.ts";
import { openExport } from "./exporting.ts";
import { findStep, keepFilter, savedFilters } from "./findstep.ts";
import { isPinned, turnPin } from "./kept.ts";
import type { Action } from "./keys.ts";
import { turnLive } from "./live.ts";
import { clearMarks, markRows, openMarkedActions } from "./markstep.ts";
import { openCommand } from "./menustep.ts";
import { openOptions, stepNext } from "./nextstep.ts";
import { paneOf } from "./pane.ts";
import { relatedTo } from "./related.ts";
import { arrange, isList, type SheetScreen, sheetArea, sheetScreen } from "./result.ts";
import { type Target, targetAt } from "./sheet.ts";
import { look, menuScreen, popScreen, pushScreen, replaceScreen, type State } from "./state.ts";
import { refreshStep, runStep, type Step } from "./step.ts";
import { entriesOfCommands } from "./tree.ts";
import { typeKey } from "./typing.ts";
import { destination, isMove, moveTo } from "./window.ts";

/** A key on a result: moves, filters, sorts, refreshes, or goes on with the row at the cursor. */
export function stepSheet(
  state: State,
  screen: SheetScreen,
  action: Action | undefined,
  key: Key,
  registry: readonly Command[],
): Step {
  const { sheet, window, look } = screen;
  if (action !== undefined && isMove(action)) {
    const rows = sheetArea(screen, state).rows;
    const cursor = destination(action, window.cursor, sheet.count, rows);
    return {
      state: replaceScreen(state, { ...screen, window: moveTo(window, cursor, sheet.count, rows) }),
    };
  }
  if (screen.isFiltering) {
    if (action === "choose") return { state: keepFilter(state, screen) };
    const filter = typeKey(look.filter, key);
    if (filter === look.filter) return { state };
    return { state: replaceScreen(state, arrange(screen, state, { look: { ...look, filter } })) };
  }
  if (action === "refresh") return loadAgain(state, screen);
  if (action === "pane") return { state: turnPane(state) };
  if (action === "live") return { state: turnLive(state, screen) };
  if (action === "next") return stepNext(state, screen, registry);
  const options = action === "choose" ? openOptions(state, screen) : undefined;
  if (options) return { state: options };
  if ((action === "filter" || action === "sort" || action === "columns") && !isList(screen)) {
    return { state: { ...state, notice: "There are no rows here." } };
  }
  switch (action) {
    case "filter":
      return { state: replaceScreen(state, { ...screen, isFiltering: true }) };
    case "sort":
      return openSort(state, screen);
    case "columns":
      return openColumns(state, screen);
    case "mark":
    case "markRange":
    case "markAll":
      return { state: markRows(state, screen, action) };
    case "find":
      return findStep(state, screen);
    case "savedFilters":
      return { state: savedFilters(state, screen) };
    case "copy":
      return { state: openCopy(state, screen) };
    case "copyLine":
      return copyLineStep(state, screen);
    case "export":
      return { state: openExport(state, screen, registry) };
    default:
      return goOn(state, screen, action, registry);
  }
}

/** Loads the rows again, or tries what failed again: its result then takes the place of the error. */
function loadAgain(state: State, { panels, again }: SheetScreen): Step {
  if (again) return runStep(popScreen(state), again.command, again.raw);
  return panels.length > 0 ? { state: staleAnswers(state) } : refreshStep(state);
}

/** Shows the row at the cursor, or what can be done with it. */
function goOn(
  state: State,
  screen: SheetScreen,
  action: Action | undefined,
  registry: readonly Command[],
): Step {
  const { sheet, window, marks } = screen;
  if (action === "actions" && marks.size > 0) return { state: openMarkedActions(state, screen, registry) };
  const target = targetAt(sheet, window.cursor);
  const thing = target && thingOf(target);
  switch (action) {
    case "choose":
      return target?.isRow ? openRow(state, target, thing, registry) : { state };
    case "related":
      return { state: openRelated(state, target, registry) };
    case "pin":
      return { state: thing ? pin(state, thing) : { ...state, notice: "This cannot be pinned." } };
    case "actions":
      return { state: openActions(state, thing, registry) };
    default:
      return { state };
  }
}

/** The record of a row: as its own command shows it, else as far as the row tells it. */
function openRow(state: State, target: Target, thing: Thing | undefined, registry: readonly Command[]): Step {
  const show = thing && showOf(registry, thing.noun);
  if (show) return openCommand(state, show, show.path.join(" "), thing);
  const { fields, row } = target;
  return { state: pushScreen(state, sheetScreen("record", [{ kind: "record", fields, row }], state)) };
}

function openRelated(state: State, target: Target | undefined, registry: readonly Command[]): State {
  const entries = target ? relatedTo(registry, target) : [];
  if (entries.length === 0) return { ...state, notice: "Nothing is known to belong to this." };
  const thing = target && thingOf(target);
  return pushScreen(
    state,
    menuScreen(thing ? `related to ${thing.noun} ${thing.id}` : "related", entries, 0),
  );
}

function openActions(state: State, thing: Thing | undefined, registry: readonly Command[]): State {
  const entries = thing ? entriesOfCommands(actionsOn(registry, thing.noun)) : [];
  if (!thing || entries.length === 0) return { ...state, notice: "Nothing can be done with this." };
  return pushScreen(state, menuScreen(`${thing.noun} ${thing.id}`, entries, 0, thing));
}

/** The screen without its filter, else without its marks; undefined when it has neither. */
export function clearSheet(state: State, screen: SheetScreen): State | undefined {
  if (!screen.isFiltering && screen.look.filter === "") return clearMarks(state, screen);
  const look = { ...screen.look, filter: "" };
  return replaceScreen(state, arrange(screen, state, { look, isFiltering: false }));
}

/** The record at the cursor beside the list, or no longer. */
function turnPane(state: State): State {
  const kept = { ...state.kept, pane: !state.kept.pane };
  const hasRoom = paneOf({ ...state, kept }, true) !== undefined;
  const notice =
    hasRoom || !kept.pane ? "" : "The record stands beside the list from 120 columns or 30 rows on.";
  return look({ ...state, kept, notice });
}

/** The record among those that are offered first, or no longer. */
function pin(state: State, { noun, id, name }: Thing): State {
  if (noun === "job") return { ...state, notice: "Jobs cannot be pinned." };
  const kept = turnPin(state.kept, { noun, id, name });
  return {
    ...state,
    kept,
    notice: `${isPinned(kept, { noun, id, name }) ? "Pinned" : "No longer pinned"}: ${noun} ${id}.`,
  };
}
