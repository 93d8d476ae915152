import { limits } from "../../core/limits.ts";
import { nounOf } from "./actions.ts";
import { conditionsOf, parseTerms, printTerm } from "./filter.ts";
import { keepView, viewOf } from "./kept.ts";
import { shownFields } from "./look.ts";
import { countRows, type SheetScreen, tableIn } from "./result.ts";
import { bodyRows } from "./size.ts";
import { pushScreen, replaceScreen, type State } from "./state.ts";
import { runStep, type Step } from "./step.ts";
import { moveTo, start } from "./window.ts";

/** The filter is typed: it stays, and where the platform has more rows than were searched, that is said. */
export function keepFilter(state: State, screen: SheetScreen): State {
  const kept = replaceScreen(state, { ...screen, isFiltering: false });
  if (!tableIn(screen)?.isCut || screen.look.filter === "") return kept;
  const count = countRows(screen.blocks);
  return { ...kept, notice: `Only the ${count} rows loaded were searched: f searches the platform.` };
}

/** The same list, of all the rows of the platform that the filter lets through. */
export function findStep(state: State, screen: SheetScreen): Step {
  const { origin, look } = screen;
  const table = tableIn(screen);
  if (!origin?.command.parameters.where || !table)
    return say(state, "The platform cannot be searched for this.");
  if (look.filter === "") return say(state, "Type a filter first: / and what is looked for.");
  const fields = shownFields(table, look.columns);
  const textField = nounOf(table.fields)?.nameField ?? fields.find(({ kind }) => kind.order === "text")?.name;
  const { where, rest } = conditionsOf(parseTerms(fields, look.filter), textField);
  if (where.length === 0) return say(state, `No search says ${look.filter}: try field:value.`);
  const before = [origin.raw.where ?? []].flat().filter((one) => one !== true);
  const step = runStep(state, origin.command, { ...origin.raw, where: [...before, ...where] });
  const left = rest.map(printTerm).join(" ");
  return left === "" ? step : { ...step, state: { ...step.state, notice: `Not searched for: ${left}` } };
}

const say = (state: State, notice: string): Step => ({ state: { ...state, notice } });

/** Saves the filter, or offers those that were saved for this list. */
export function savedFilters(state: State, { origin, look }: SheetScreen): State {
  const path = origin?.command.path;
  if (!path) return { ...state, notice: "Filters are saved for lists." };
  const { filters } = viewOf(state.kept, path);
  const { filter } = look;
  if (filter !== "" && !filters.includes(filter)) {
    const kept = keepView(state.kept, path, {
      filters: [filter, ...filters].slice(0, limits.filtersKeptMax),
    });
    return {
      ...state,
      kept,
      notice: `Saved: ${filter}. F without a filter, or with this one, shows all saved.`,
    };
  }
  if (filters.length === 0)
    return { ...state, notice: "No filter is saved for this list: type one with /, then F." };
  const items = filters.map((name) => ({ name, label: name }));
  const window = moveTo(start, Math.max(0, filters.indexOf(filter)), items.length, bodyRows(state.size));
  return pushScreen(state, { kind: "chooser", title: "Saved filters", purpose: "filter", items, window });
}
