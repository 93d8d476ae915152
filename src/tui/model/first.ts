import type { Command } from "../../commands/define.ts";
import type { Size } from "../terminal/differ.ts";
import { plainCells } from "./cells.ts";
import { emptyKept } from "./kept.ts";
import type { Binding } from "./keys.ts";
import { menuScreen, type State } from "./state.ts";
import { entriesOf } from "./tree.ts";

/** The menu, before anything is known. */
export function firstState(
  registry: readonly Command[],
  bindings: readonly Binding[],
  size: Size,
  nowMs: number,
): State {
  return {
    screens: [menuScreen("Menu", entriesOf(registry, 0), 0)],
    lastScreens: undefined,
    size,
    cells: plainCells,
    kept: emptyKept,
    bindings,
    nowMs,
    log: [],
    running: undefined,
    question: undefined,
    notice: "",
    alarm: "",
    profile: undefined,
    user: "",
    platform: undefined,
    armed: undefined,
    inverse: undefined,
    lastChord: "",
    lastKeyAtMs: nowMs,
    answers: new Map(),
    seating: 0,
  };
}
