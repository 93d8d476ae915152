import type { Command } from "../../commands/define.ts";
import { limits } from "../../core/limits.ts";
import type { Query } from "./answers.ts";
import { liveWants } from "./live.ts";
import { currentScreen, type State } from "./state.ts";

/**
 * What the screen that is shown wants loaded behind it. A screen that shows answers says here which: the loader asks
 * for them once they are wanted, again when they are old, and leaves off when they are wanted no longer.
 */
export function wantsOf(state: State, registry: readonly Command[]): readonly Query[] {
  return queriesOf(state, registry).slice(0, limits.queriesMax);
}

function queriesOf(state: State, _registry: readonly Command[]): readonly Query[] {
  const screen = currentScreen(state);
  switch (screen.kind) {
    case "sheet":
      return liveWants(state);
    default:
      return [];
  }
}
