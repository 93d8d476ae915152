import type { Command } from "../../commands/define.ts";
import type { Key } from "../terminal/sequences.ts";
import { shownValues, subjectValues, type Thing } from "./actions.ts";
import { staleAnswers } from "./answers.ts";
import { loginValues } from "./arrive.ts";
import { quickQuery } from "./homequeries.ts";
import type { Action } from "./keys.ts";
import { openForMarked } from "./markstep.ts";
import { bodyRows } from "./size.ts";
import {
  formScreen,
  type MenuScreen,
  menuScreen,
  pushScreen,
  registryOf,
  replaceScreen,
  type State,
} from "./state.ts";
import { runStep, type Step } from "./step.ts";
import { type Entry, entriesOf, keyOfEntry, lineOfEntry, menuLines } from "./tree.ts";
import { destination, isMove, moveTo } from "./window.ts";

/** A key on a menu: moves, or chooses the entry at the cursor or the one whose key it is. */
export function stepMenu(state: State, screen: MenuScreen, action: Action | undefined, key: Key): Step {
  const { entries, window } = screen;
  if (action === "choose") return choose(state, screen, entries[window.cursor]);
  if (action === undefined) {
    const index = entries.findIndex((_, place) => keyOfEntry(place, state.bindings) === key.chord);
    return index < 0 ? { state } : choose(moveCursor(state, screen, index), screen, entries[index]);
  }
  if (action === "refresh") return { state: staleAnswers(state) };
  if (action === "routes" || action === "spenders" || action === "jobs") {
    const query = quickQuery(registryOf(state), action);
    return query ? runStep(state, query.command, query.raw) : { state };
  }
  if (!isMove(action)) return { state };
  const rows = bodyRows(state.size);
  return { state: moveCursor(state, screen, destination(action, window.cursor, entries.length, rows)) };
}

/** The window's cursor counts entries, its top counts lines: headings scroll along. */
function moveCursor(state: State, screen: MenuScreen, cursor: number): State {
  const kept = Math.max(0, Math.min(cursor, screen.entries.length - 1));
  const lines = menuLines(screen.entries);
  const line = lineOfEntry(lines, kept);
  const { top } = moveTo(screen.window, line, lines.length, bodyRows(state.size));
  return replaceScreen(state, { ...screen, window: { cursor: kept, top } });
}

function choose(state: State, screen: MenuScreen, entry: Entry | undefined): Step {
  if (!entry) return { state };
  if (screen.marked) return openForMarked(state, entry.commands[0], screen.marked);
  if (entry.known) return runStep(state, entry.commands[0], entry.known);
  if (entry.word === undefined) return openCommand(state, entry.commands[0], entry.label, screen.subject);
  const depth = screen.depth + 1;
  return { state: pushScreen(state, menuScreen(entry.word, entriesOf(entry.commands, depth), depth)) };
}

/**
 * Goes on to a command: to its form, or straight to the run when it asks for nothing that is not known.
 * @param title what its form is called
 * @param subject the thing that it is run on: its id goes into the first positional, its fields into those of a write
 */
export function openCommand(state: State, command: Command, title: string, subject?: Thing): Step {
  const known = subjectValues(command, subject?.id);
  const isComplete = Object.keys(command.parameters).every((name) => name in known);
  if (isComplete) return runStep(state, command, known);
  return {
    state: pushScreen(
      state,
      formScreen(command, title, known, { ...loginValues(command, state), ...shownValues(command, subject) }),
    ),
  };
}
