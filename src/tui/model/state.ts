import type { Command } from "../../commands/define.ts";
import type { Block } from "../../view/blocks.ts";
import type { Size } from "../terminal/differ.ts";
import { type Form, openForm } from "./form.ts";
import { layOut, type Sheet } from "./sheet.ts";
import type { Entry } from "./tree.ts";
import { moveTo, start, type Window } from "./window.ts";

/** Something to choose from. */
export interface MenuScreen {
  readonly kind: "menu";
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Words of the path that are chosen already. */
  readonly depth: number;
  readonly window: Window;
  /** The id that the chosen command is run on, where the menu belongs to one thing. */
  readonly subjectId: string | undefined;
}

/** A command's parameters. */
export interface FormScreen {
  readonly kind: "form";
  readonly title: string;
  readonly command: Command;
  readonly form: Form;
  readonly window: Window;
}

/** A result, an error, or help. */
export interface SheetScreen {
  readonly kind: "sheet";
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sheet: Sheet;
  readonly window: Window;
  readonly failed: boolean;
}

export type Screen = MenuScreen | FormScreen | SheetScreen;

/** A question that waits for an answer. */
export interface Question {
  readonly kind: "confirm" | "text" | "secret";
  readonly text: string;
  /** What is typed so far. */
  readonly typed: string;
  /** The key that says yes: never the one that led here. */
  readonly yesChord: string;
  readonly askedAtMs: number;
}

/** A command that runs. */
export interface Running {
  readonly title: string;
  readonly cancelling: boolean;
  /** What it has shown so far. */
  readonly blocks: readonly Block[];
}

/** All that the screen shows. */
export interface State {
  /** The way here; the last one is shown. */
  readonly screens: readonly [Screen, ...Screen[]];
  readonly size: Size;
  readonly running: Running | undefined;
  readonly question: Question | undefined;
  /** The last sentence that a command said besides its result. */
  readonly notice: string;
  /** The profile in use; undefined until it is known. */
  readonly profile: string | undefined;
  readonly lastChord: string;
}

/** The smallest terminal that has room for a menu. */
export const sizeMin: Size = { columns: 40, rows: 10 };

/** Whether the terminal is so small that only a card is shown. */
export const isTiny = ({ columns, rows }: Size): boolean => columns < sizeMin.columns || rows < sizeMin.rows;

/** Columns of a frame: the terminal's last one stays free. */
export const frameColumns = ({ columns }: Size): number => Math.max(1, columns - 1);

/** Columns within the margin where the cursor's mark stands. */
export const textColumns = (size: Size): number => Math.max(1, frameColumns(size) - 2);

/** Rows between the header's two lines and the footer's two. */
export const bodyRows = ({ rows }: Size): number => Math.max(1, rows - 4);

/** Rows of a result: one row of the body holds the column heads. */
export const sheetRows = (size: Size): number => Math.max(1, bodyRows(size) - 1);

/** The screen that is shown. */
export const currentScreen = ({ screens }: State): Screen => screens.at(-1) ?? screens[0];

/** The state with another screen on top. */
export const pushScreen = (state: State, screen: Screen): State => ({
  ...state,
  screens: [...state.screens, screen],
});

/** The state with the screen on top replaced. */
export function replaceScreen(state: State, screen: Screen): State {
  const [first, ...rest] = [...state.screens.slice(0, -1), screen];
  return { ...state, screens: [first ?? screen, ...rest] };
}

/** The state without the screen on top; the first one stays. */
export function popScreen(state: State): State {
  const [first, ...rest] = state.screens.slice(0, -1);
  return first ? { ...state, screens: [first, ...rest] } : state;
}

/** A menu's screen. */
export const menuScreen = (
  title: string,
  entries: readonly Entry[],
  depth: number,
  subjectId?: string,
): MenuScreen => ({ kind: "menu", title, entries, depth, window: start, subjectId });

/** A form's screen. */
export const formScreen = (
  command: Command,
  title: string,
  known: Readonly<Record<string, string>>,
): FormScreen => ({ kind: "form", title, command, form: openForm(command, known), window: start });

/** A result's screen. */
export const sheetScreen = (
  title: string,
  blocks: readonly Block[],
  size: Size,
  failed = false,
): SheetScreen => ({
  kind: "sheet",
  title,
  blocks,
  sheet: layOut(blocks, textColumns(size)),
  window: start,
  failed,
});

/** The state for a terminal of another size. */
export function resize(state: State, size: Size): State {
  const [first, ...rest] = state.screens.map((screen) =>
    screen.kind === "sheet"
      ? keepPlace(sheetScreen(screen.title, screen.blocks, size, screen.failed), screen.window, size)
      : screen,
  );
  return { ...state, size, screens: [first ?? state.screens[0], ...rest] };
}

function keepPlace(screen: SheetScreen, window: Window, size: Size): SheetScreen {
  return { ...screen, window: moveTo(window, window.cursor, screen.sheet.count, sheetRows(size)) };
}
