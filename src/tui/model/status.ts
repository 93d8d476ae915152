import { flagOf, type RawValues } from "../../commands/execute.ts";
import { maskText } from "./cells.ts";
import type { Lens } from "./lens.ts";
import { isIdle, liveQuery } from "./live.ts";
import {
  ageText,
  countRows,
  isArranging,
  type Origin,
  type SheetScreen,
  sheetArea,
  tableIn,
} from "./result.ts";
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
  if (origin) parts.push(...scopeOf(origin).map((part) => (state.cells.mask ? maskText(part) : part)));
  if (isFiltered) parts.push(`/${look.filter}${isFiltering ? "_" : ""}`);
  if (isArranging(screen)) parts.push("arranging…");
  if (look.sort !== "") parts.push(`by ${look.sort}`);
  if (screen.marks.size > 0) parts.push(`${screen.marks.size} marked`);
  if (origin) parts.push(ageText(state.nowMs - origin.loadedAtMs));
  if (screen.isLive) parts.push(liveText(screen, state));
  if (problem !== "") parts.push(`could not be refreshed: ${problem}`);
  return parts.join("  ");
}

/** Values that say how rows are loaded, not which. */
const manner: ReadonlySet<string> = new Set(["where", "sort", "limit", "all", "by", "sample", "fields"]);

/** Which rows were asked for: `account 7`, `from 1h` also where nobody chose it, `where enabled eq no`. */
function scopeOf({ command: { parameters }, raw }: Origin): string[] {
  if (!parameters.where && !parameters.from) return [];
  const start = parameters.from?.default;
  const values: RawValues = { ...(start !== undefined && { from: String(start) }), ...raw };
  const given = Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || manner.has(name) || parameters[name]?.positional) return [];
    return [value === true ? wordsOf(name) : `${wordsOf(name)} ${[value].flat().join(",")}`];
  });
  const where = [raw.where ?? []].flat().filter((one) => one !== true);
  return where.length > 0 ? [...given, `where ${where.join(" and ")}`] : given;
}

/** `minDuration` → `min-duration`, as on the command line. */
const wordsOf = (name: string) => flagOf(name).replace(/^-+/, "");

function liveText(screen: SheetScreen, state: Pick<State, "nowMs" | "lastKeyAtMs">): string {
  if (isIdle(state)) return "live, paused: nobody is here";
  return `live every ${ageText(liveQuery(screen)?.freshMs ?? 0)}`;
}
