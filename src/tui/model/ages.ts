import { homeAge } from "./home.ts";
import { panelAges } from "./panels.ts";
import { ageText } from "./result.ts";
import { currentScreen, type State } from "./state.ts";

/** The age of what is shown, or of what runs, as it would read at a time; undefined where none is shown. */
export function ageShown(state: State, nowMs: number): string | undefined {
  const { running } = state;
  if (running) return ageText(nowMs - running.startedAtMs);
  const screen = currentScreen(state);
  if (screen.kind !== "sheet") return homeAge(state, nowMs);
  if (screen.panels.length > 0) return panelAges(state, screen, nowMs);
  return screen.origin && ageText(nowMs - screen.origin.loadedAtMs);
}
