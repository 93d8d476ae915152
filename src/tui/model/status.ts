import type { Lens } from "./lens.ts";
import { isIdle, liveQuery } from "./live.ts";
import { ageText, countRows, isArranging, type SheetScreen, sheetArea, tableIn } from "./result.ts";
import { hasRows } from "./sheet.ts";
import type { State } from "./state.ts";

/** Where the cursor is, what is looked at, and how old it is: `3/12 of 500 loaded  /acme  by name:desc  12s`. */
export function statusOf(screen: SheetScreen, state: Lens & Pick<State, "nowMs" | "lastKeyAtMs">): string {
  const { look, sheet, window, origin, problem, isFiltering } = screen;
  const parts: string[] = [];
  const isFiltered = isFiltering || look.filter !== "";
  const more = tableIn(screen)?.isCut ? ", more on the platform" : "";
  const loaded = isFiltered ? ` of ${countRows(screen.blocks)} loaded${more}` : more;
  if (isFiltered || (hasRows(sheet) && sheet.count > sheetArea(screen, state).rows)) {
    parts.push(hasRows(sheet) ? `${window.cursor + 1}/${sheet.count}${loaded}` : `0${loaded}`);
  }
  const where = [origin?.raw.where ?? []].flat().filter((one) => one !== true);
  if (where.length > 0) parts.push(`where ${where.join(" and ")}`);
  if (isFiltered) parts.push(`/${look.filter}${isFiltering ? "_" : ""}`);
  if (isArranging(screen)) parts.push("arranging…");
  if (look.sort !== "") parts.push(`by ${look.sort}`);
  if (screen.marks.size > 0) parts.push(`${screen.marks.size} marked`);
  if (origin) parts.push(ageText(state.nowMs - origin.loadedAtMs));
  if (screen.isLive) parts.push(liveText(screen, state));
  if (problem !== "") parts.push(`could not be refreshed: ${problem}`);
  return parts.join("  ");
}

function liveText(screen: SheetScreen, state: Pick<State, "nowMs" | "lastKeyAtMs">): string {
  if (isIdle(state)) return "live, paused: nobody is here";
  return `live every ${ageText(liveQuery(screen)?.freshMs ?? 0)}`;
}
