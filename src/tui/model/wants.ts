import type { Command } from "../../commands/define.ts";
import { limits } from "../../core/limits.ts";
import type { Query } from "./answers.ts";
import { isHome } from "./home.ts";
import { homeQueries } from "./homequeries.ts";
import { liveWants } from "./live.ts";
import { paletteQueries } from "./palette.ts";
import { pickerQueries } from "./picker.ts";
import { currentScreen, type State } from "./state.ts";

/**
 * What the screen that is shown wants loaded behind it. A screen that shows answers says here which: the loader asks
 * for them once they are wanted, again when they are old, and leaves off when they are wanted no longer.
 */
export function wantsOf(state: State, registry: readonly Command[]): readonly Query[] {
  // Whose answers they would be is not known before the profile is.
  return state.profile === undefined ? [] : queriesOf(state, registry).slice(0, limits.queriesMax);
}

function queriesOf(state: State, registry: readonly Command[]): readonly Query[] {
  const screen = currentScreen(state);
  if (screen.kind === "sheet") return [...screen.panels.map(({ query }) => query), ...liveWants(state)];
  if (screen.kind === "palette") return paletteQueries(state, screen.text);
  if (screen.kind === "picker") return pickerQueries(state, screen, registry);
  return isHome(state) ? homeQueries(state, registry) : [];
}
