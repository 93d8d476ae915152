import { visible } from "../../core/text.ts";
import { currentField, editField, moveField } from "./form.ts";
import { currentScreen, replaceScreen, type State } from "./state.ts";

/** The paths that a message has room for. */
const toldMax = 8;

/**
 * The state after paths were found that continue what is typed into the current field: it is typed on as far as they
 * agree; where they don't, they are said; and from what is whole the cursor goes on.
 */
export function offerPaths(state: State, typed: string, paths: readonly string[]): State {
  const screen = currentScreen(state);
  const field = screen.kind === "form" ? currentField(screen.form) : undefined;
  if (screen.kind !== "form" || field?.text !== typed) return state;
  const [only] = paths;
  if (only === undefined) return { ...state, notice: `There is no file ${typed}` };
  const common = paths.reduce(sharedStart);
  if (common !== typed) {
    return replaceScreen(state, { ...screen, form: editField(screen.form, common) });
  }
  if (paths.length === 1) {
    return replaceScreen(state, { ...screen, form: moveField(screen.form, screen.form.cursor + 1) });
  }
  const names = paths.slice(0, toldMax).map((path) => visible(path.replace(/^.*\/(?=.)/, "")));
  const more = paths.length > toldMax ? `  and ${paths.length - toldMax} more` : "";
  return { ...state, notice: `${names.join("  ")}${more}` };
}

function sharedStart(a: string, b: string): string {
  const letters = [...a];
  const differs = letters.findIndex((letter, index) => [...b][index] !== letter);
  return differs < 0 ? a : letters.slice(0, differs).join("");
}
