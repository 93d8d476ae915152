import { limits } from "../../core/limits.ts";
import { answerTo, type Query } from "./answers.ts";
import { deltasOf } from "./deltas.ts";
import { arrange, countRows, isList, type SheetScreen } from "./result.ts";
import { currentScreen, replaceScreen, type State } from "./state.ts";

/** What a live list is loaded by; long lists less often. */
export const liveQuery = ({ blocks, origin }: SheetScreen): Query | undefined =>
  origin && {
    command: origin.command,
    raw: origin.raw,
    freshMs: limits.liveMs * Math.ceil(Math.max(1, countRows(blocks)) / limits.rowsPerPageMax),
  };

/** Whether nobody has touched a key for so long that nobody may be looking. */
export const isIdle = ({ nowMs, lastKeyAtMs }: Pick<State, "nowMs" | "lastKeyAtMs">): boolean =>
  nowMs - lastKeyAtMs >= limits.idleMs;

/** What the list on the screen wants loaded behind it. */
export function liveWants(state: State): readonly Query[] {
  const screen = currentScreen(state);
  if (screen.kind !== "sheet" || !screen.isLive || isIdle(state) || state.running || state.question)
    return [];
  const query = liveQuery(screen);
  return query ? [query] : [];
}

/** The screen as a live list, or no longer. */
export function turnLive(state: State, screen: SheetScreen): State {
  if (!screen.origin || !isList(screen))
    return { ...state, notice: "This cannot be loaded again by itself." };
  const isLive = !screen.isLive;
  return replaceScreen(state, {
    ...screen,
    isLive,
    deltas: undefined,
    problem: isLive ? screen.problem : "",
  });
}

/** The state with what was loaded behind a live list on the screen: the cursor stays on its row. */
export function adoptLive(state: State): State {
  const screen = currentScreen(state);
  const query = screen.kind === "sheet" && screen.isLive ? liveQuery(screen) : undefined;
  const answer = query && answerTo(state, query);
  if (screen.kind !== "sheet" || !screen.origin || !answer) return state;
  const { blocks, loadedAtMs, error } = answer;
  const problem = error?.message ?? "";
  if (!blocks || loadedAtMs <= screen.origin.loadedAtMs) {
    const isOlder = answer.triedAtMs <= screen.origin.loadedAtMs;
    return isOlder || problem === screen.problem ? state : replaceScreen(state, { ...screen, problem });
  }
  const origin = { ...screen.origin, loadedAtMs };
  const deltas = deltasOf(screen.blocks, blocks);
  return replaceScreen(state, arrange(screen, state, { blocks, origin, problem, deltas, isStale: false }));
}
