import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { textOf } from "../../domain/kinds.ts";
import type { TableBlock } from "../../view/blocks.ts";
import { exportRows } from "../rowfile.ts";
import { shownValuesOf } from "./commandline.ts";
import { printTerm } from "./filter.ts";
import { shownFields } from "./look.ts";
import { type SheetScreen, tableIn } from "./result.ts";
import { tableOf } from "./sheet.ts";
import { formScreen, pushScreen, type State } from "./state.ts";

/** The form of an export: by the noun's own command with what the screen shows, else of the rows that are loaded. */
export function openExport(state: State, screen: SheetScreen, registry: readonly Command[]): State {
  const all = tableIn(screen);
  const shown = tableOf(screen.sheet);
  if (!all || !shown) return { ...state, notice: "There are no rows to export." };
  const command = exportFor(registry, screen, all);
  const { raw, rest } = shownValuesOf(screen);
  const name = screen.origin?.command.path[0] ?? "rows";
  if (command) {
    const known = Object.fromEntries(
      Object.entries(raw).flatMap(([key, value]) =>
        value === undefined || value === true || key === "limit" || !command.parameters[key]
          ? []
          : [[key, [value].flat().join("; ")]],
      ),
    );
    const next = pushScreen(
      state,
      formScreen(command, command.path.join(" "), { ...known, out: `${name}.csv` }),
    );
    const left = rest.map(printTerm).join(" ");
    return left === ""
      ? next
      : { ...next, notice: `The export is not filtered by ${left}: no condition says that.` };
  }
  const fields = shownFields(shown, screen.look.columns);
  const rows =
    screen.marks.size === 0
      ? shown.rows
      : shown.rows.filter((row) => screen.marks.has(textOf(row[shown.idField])));
  const own = exportRows({ ...shown, fields, rows });
  return pushScreen(state, formScreen(own, `export ${rows.length} rows`, { out: `${name}.csv` }));
}

/** The export of the same rows, all of them: one that takes whatever the list was given. */
function exportFor(
  registry: readonly Command[],
  { origin }: SheetScreen,
  table: TableBlock,
): Command | undefined {
  const noun = origin?.command.path[0];
  const command = registry.find(({ path }) => path[0] === noun && path[1] === "export");
  if (!origin || !command || command.fields !== table.fields) return undefined;
  const own: RawValues = { ...origin.raw, limit: undefined, all: undefined };
  const isWhole = Object.entries(own).every(
    ([name, value]) => value === undefined || command.parameters[name],
  );
  return isWhole ? command : undefined;
}
