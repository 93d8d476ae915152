import type { Command } from "../../commands/define.ts";
import { effectOf, type RawValues } from "../../commands/execute.ts";
import type { Inverse } from "../../commands/face.ts";
import type { ErrorKind, SipnavError } from "../../core/errors.ts";
import type { Block } from "../../view/blocks.ts";
import { isData } from "../../view/fields.ts";
import { nounOf, thingOf } from "./actions.ts";
import { dropAnswers, staleAnswers } from "./answers.ts";
import { failureBlocks } from "./failure.ts";
import { blameFields } from "./form.ts";
import { keepRecent, viewOf } from "./kept.ts";
import { blocksOf, isImport, nextOf, nextOnPart, stepOf } from "./next.ts";
import { arrange, isList, type SheetScreen, sheetScreen } from "./result.ts";
import { firstRow, type Sheet, targetAt } from "./sheet.ts";
import { sheetRows } from "./size.ts";
import {
  currentScreen,
  mapScreens,
  popScreen,
  pushScreen,
  replaceScreen,
  type Screen,
  type State,
  say,
  warn,
} from "./state.ts";
import { moveTo, start } from "./window.ts";

/** A run that has ended. */
export interface Done {
  readonly command: Command;
  readonly raw: RawValues;
  /** What it showed before its end. */
  readonly shown: readonly Block[];
  readonly outcome: { readonly blocks: readonly Block[] } | { readonly error: SipnavError };
  /** What takes it back, where it wrote. */
  readonly inverse: Inverse | undefined;
  /** Whether it asked for the menu. */
  readonly toMenu?: boolean;
  readonly nowMs: number;
}

/** The state after a run: its result on top; a run that the person ended leaves only a sentence. */
export function finishRun(state: State, done: Done): State {
  const { command, raw, shown, outcome, inverse, toMenu = false, nowMs } = done;
  const { title = "", refreshes = false } = state.running ?? {};
  const ended = settleAnswers({ ...state, running: undefined, question: undefined, nowMs }, command);
  const blocks = "blocks" in outcome ? [...shown, ...outcome.blocks] : shown;
  const isRead = effectOf(command, raw) === "read";
  const origin = isRead && blocks.some(isData) ? { command, raw, loadedAtMs: nowMs } : undefined;
  const next = nextOf(command, raw, blocks);
  if (refreshes) return finishRefresh(ended, "error" in outcome ? outcome.error : { blocks, origin, next });
  if ("error" in outcome) {
    // What may have been done is the last write: to take back the one before it would not be what is meant.
    const left = outcome.error.facts.outcomeUnknown ? { ...ended, inverse: undefined } : ended;
    return finishBadly(isRead ? ended : markStale(left), done, title, outcome.error);
  }
  if (toMenu) return goToMenu(ended, blocks);
  const { part, title: name = title } = stepOf(command, raw);
  const said: readonly Block[] =
    blocks.length > 0 ? blocksOf(blocks, part) : [{ kind: "note", text: "Done." }];
  const way = isRead ? ended : leaveForm(markStale({ ...ended, inverse }));
  const { columns, sort } = viewOf(state.kept, command.path);
  const opened = sheetScreen(name, said, state, { origin, next, part });
  // What is chosen there are columns, not the facts above them.
  const result = part ? { ...opened, window: windowAt(opened.sheet, state) } : opened;
  const look = { ...result.look, columns, sort };
  const sheet = isList(result) ? arrange(result, state, { look }) : result;
  const shownNext = pushScreen(remember(way, result), sheet);
  return !isRead && inverse ? say(shownNext, `${title}: done. u takes it back.`) : shownNext;
}

const windowAt = (sheet: Sheet, { size }: State) =>
  moveTo(start, firstRow(sheet), sheet.count, sheetRows(size));

/** The menu, with what a run said as a sentence. */
function goToMenu(state: State, blocks: readonly Block[]): State {
  const notes = blocks.flatMap((block) => (block.kind === "note" ? [block.text] : []));
  const menu: State = { ...state, screens: [state.screens[0]], lastScreens: undefined };
  return notes.length > 0 ? say(menu, notes.join(" ")) : menu;
}

/** The state that remembers the record of a result, if it is one. */
function remember(state: State, { sheet }: SheetScreen): State {
  const target = targetAt(sheet, 0);
  const thing = target && !target.isRow ? thingOf(target) : undefined;
  if (!thing) return state;
  const { noun, id, name } = thing;
  if (noun === "job") return state;
  return { ...state, kept: keepRecent(state.kept, { noun, id, name }) };
}

/** What a command may have changed is loaded anew: by a write what is told, by a login who is told it. */
function settleAnswers(state: State, { group, effect }: Command): State {
  if (group !== "platform") return dropAnswers(state);
  return effect === "read" ? state : staleAnswers(state);
}

const endings: { readonly [K in ErrorKind]?: string } = { interrupted: "stopped", partial: "done in part" };

function finishBadly(state: State, { command, raw, shown }: Done, title: string, error: SipnavError): State {
  const told = say(state, error.message);
  const wasEnded = error.kind === "interrupted";
  if (wasEnded && error.facts.hint === undefined && shown.length === 0) return told;
  const screen = currentScreen(state);
  const form = screen.kind === "form" ? blameFields(screen.form, error.facts.details ?? []) : undefined;
  if (screen.kind === "form" && form) return replaceScreen(told, { ...screen, form });
  const blocks = [...shown, ...failureBlocks(error, shown)];
  const next = nextOf(command, raw, blocks);
  // What has begun is gone on with as a job, not from its form.
  const way = error.facts.job === undefined ? told : leaveForm(told);
  const name = `${isImport(command) ? "import" : title} ${endings[error.kind] ?? "failed"}`;
  const again = effectOf(command, raw) === "read" ? { command, raw } : undefined;
  return pushScreen({ ...way, notice: "" }, sheetScreen(name, blocks, state, { failed: true, again, next }));
}

/** New rows take the place of the old ones; an error leaves those as they are, with their age. */
function finishRefresh(
  state: State,
  loaded: SipnavError | Pick<SheetScreen, "blocks" | "origin" | "next">,
): State {
  const screen = currentScreen(state);
  if (screen.kind !== "sheet") return state;
  // What the person ended is nothing that is wrong.
  if (!("blocks" in loaded) && loaded.kind === "interrupted") return say(state, loaded.message);
  const { part } = screen;
  const change =
    "blocks" in loaded
      ? {
          ...loaded,
          blocks: blocksOf(loaded.blocks, part),
          next: nextOnPart(loaded.next, part),
          problem: "",
        }
      : { problem: loaded.message };
  const next = replaceScreen(state, arrange(screen, state, { ...change, isStale: false }));
  if (!("blocks" in loaded)) return warn(next, loaded.message);
  // What could not be loaded now is.
  return state.alarm === screen.problem ? { ...next, alarm: "" } : next;
}

/** After a write, every screen that shows things of the platform is loaded again when it is come back to. */
const markStale = (state: State): State =>
  mapScreens(state, (screen) =>
    screen.kind === "sheet" && showsThings(screen) ? { ...screen, isStale: true } : screen,
  );

const showsThings = ({ blocks }: SheetScreen) =>
  blocks.some((block) => isData(block) && nounOf(block.fields));

/** Back from a write leads to what it was about, not to its form again, or to a plan that was applied. */
function leaveForm(state: State): State {
  const screen = currentScreen(state);
  const isStep = screen.kind === "sheet" && screen.origin !== undefined && isImport(screen.origin.command);
  if (isStep) return leaveForm(popScreen(state));
  const withoutForm = screen.kind === "form" ? popScreen(state) : state;
  return belongsToThing(currentScreen(withoutForm)) ? popScreen(withoutForm) : withoutForm;
}

const belongsToThing = (screen: Screen) =>
  screen.kind === "menu" && (screen.subject !== undefined || screen.marked !== undefined);
