import type { Command } from "../../commands/define.ts";
import type { Inverse } from "../../commands/face.ts";
import { limits } from "../../core/limits.ts";
import type { Progress } from "../../core/progress.ts";
import type { Reference } from "../../domain/noun.ts";
import type { Block } from "../../view/blocks.ts";
import type { Size } from "../terminal/differ.ts";
import type { Thing } from "./actions.ts";
import type { Answered } from "./answers.ts";
import { type Form, openForm } from "./form.ts";
import type { Kept } from "./kept.ts";
import type { Binding } from "./keys.ts";
import type { Lens } from "./lens.ts";
import type { Option } from "./mapping.ts";
import { askedLater } from "./next.ts";
import { arrange, type SheetScreen } from "./result.ts";
import type { Entry } from "./tree.ts";
import { start, type Window } from "./window.ts";

/** Something to choose from. */
export interface MenuScreen {
  readonly kind: "menu";
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Words of the path that are chosen already. */
  readonly depth: number;
  readonly window: Window;
  /** What the chosen command is run on, where the menu belongs to one thing. */
  readonly subject: Thing | undefined;
  /** The same, where it belongs to several. */
  readonly marked?: readonly Thing[];
}

/** A command's parameters. */
export interface FormScreen {
  readonly kind: "form";
  readonly title: string;
  readonly command: Command;
  readonly form: Form;
  readonly window: Window;
  /** What the command is run on one by one, where these are several. */
  readonly marked?: readonly Thing[];
}

/** Something to choose for the result below. */
export interface ChooserScreen {
  readonly kind: "chooser";
  readonly title: string;
  /** What becomes of it: the column to sort by, the value to copy, the filter to apply. */
  readonly purpose: "sort" | "copy" | "filter";
  readonly items: readonly ChooserItem[];
  readonly window: Window;
}

/** The columns of the result below: which are shown, and in which order. */
export interface ColumnsScreen extends Omit<ChooserScreen, "kind" | "purpose"> {
  readonly kind: "columns";
}

/** A line of a chooser. */
export interface ChooserItem {
  /** What is chosen by it. */
  readonly name: string;
  readonly label: string;
  /** Whether it is chosen already, where several can be. */
  readonly isOn?: boolean;
}

/** Other ways to read what is inspected below. */
export interface OptionsScreen {
  readonly kind: "options";
  readonly title: string;
  readonly options: readonly Option[];
  readonly window: Window;
}

/** Where one says where to go. */
export interface PaletteScreen {
  readonly kind: "palette";
  readonly title: string;
  /** What is typed so far. */
  readonly text: string;
  readonly window: Window;
}

/** Something to pick among what is loaded as one types. */
export interface PickerScreen {
  readonly kind: "picker";
  readonly title: string;
  /** What becomes of it: the profile to work on, or the value of the current field of the form below. */
  readonly purpose: { readonly kind: "profile" } | { readonly kind: "field"; readonly noun: Reference };
  readonly typed: string;
  readonly window: Window;
}

export type Screen =
  | PickerScreen
  | MenuScreen
  | FormScreen
  | SheetScreen
  | ChooserScreen
  | ColumnsScreen
  | OptionsScreen
  | PaletteScreen;

/** A question that waits for an answer. */
export interface Question {
  /** `proof` is a yes that must be typed. */
  readonly kind: "confirm" | "text" | "secret" | "proof";
  readonly text: string;
  /** What is asked about, line by line: the changes of a write. */
  readonly lines: readonly string[];
  /** What stands for a yes when it is typed. */
  readonly proof: string;
  /** What is typed so far. */
  readonly typed: string;
  /** The key that says yes: never the one that led here. */
  readonly yesChord: string;
  readonly askedAtMs: number;
}

/** What the platform is whose profile is in use, as far as writing to it goes. */
export interface Platform {
  readonly kind: "sandbox" | "production" | "protected" | "read-only";
  readonly baseUrl: string;
}

/** Writes that are let through. */
export interface Armed {
  readonly profile: string;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

/** A command that runs. */
export interface Running {
  readonly title: string;
  readonly cancelling: boolean;
  /** What it has shown so far. */
  readonly blocks: readonly Block[];
  /** How far it is, where it says so. */
  readonly progress: Progress | undefined;
  readonly startedAtMs: number;
  /** Whether its rows take the place of those on the screen. */
  readonly refreshes: boolean;
}

/** A way from the menu to the screen that is shown. */
export type Screens = readonly [Screen, ...Screen[]];

/** All that the screen shows. */
export interface State extends Lens, Answered {
  /** The way here; the last one is shown. */
  readonly screens: Screens;
  /** The way that was shown before the last screen was opened or left. */
  readonly lastScreens: Screens | undefined;
  /** What each key does here: the face's own bindings with the person's. */
  readonly bindings: readonly Binding[];
  readonly running: Running | undefined;
  readonly question: Question | undefined;
  /** The last error that nobody has seen yet; empty for none. */
  readonly alarm: string;
  /** The last sentence that a command said besides its result. */
  readonly notice: string;
  /** All such sentences, oldest first. */
  readonly log: readonly { readonly atMs: number; readonly text: string }[];
  /** The profile in use; undefined until it is known. */
  readonly profile: string | undefined;
  /** What is remembered of that profile. */
  readonly kept: Kept;
  /** Whose session it has, or would have; empty when nobody knows. */
  readonly user: string;
  /** Its platform; undefined until it is known, and where nobody made the profile. */
  readonly platform: Platform | undefined;
  /** Undefined while writes are off. */
  readonly armed: Armed | undefined;
  /** What takes the last write back; undefined when nothing does. */
  readonly inverse: Inverse | undefined;
  readonly lastChord: string;
  /** When it was pressed, epoch milliseconds. */
  readonly lastKeyAtMs: number;
}

/** All commands: the first menu leads to each. */
export const registryOf = ({ screens: [first] }: Pick<State, "screens">): readonly Command[] =>
  first.kind === "menu" ? first.entries.flatMap(({ commands }) => commands) : [];

/** The screen that is shown. */
export const currentScreen = ({ screens }: State): Screen => screens.at(-1) ?? screens[0];

/** The state with another screen on top. */
export const pushScreen = (state: State, screen: Screen): State => ({
  ...state,
  screens: [...state.screens, screen],
  lastScreens: state.screens,
});

/** The state with the screen on top replaced. */
export function replaceScreen(state: State, screen: Screen): State {
  const [first, ...rest] = [...state.screens.slice(0, -1), screen];
  return { ...state, screens: [first ?? screen, ...rest] };
}

/** The state without the screen on top; the first one stays. */
export function popScreen(state: State): State {
  const [first, ...rest] = state.screens.slice(0, -1);
  return first ? { ...state, screens: [first, ...rest], lastScreens: state.screens } : state;
}

/** The state with the way shown that was shown before. */
export const swapScreens = (state: State): State =>
  state.lastScreens ? { ...state, screens: state.lastScreens, lastScreens: state.screens } : state;

/** A menu's screen. */
export const menuScreen = (
  title: string,
  entries: readonly Entry[],
  depth: number,
  subject?: Thing,
): MenuScreen => ({ kind: "menu", title, entries, depth, window: start, subject });

/** A form's screen. */
export const formScreen = (
  command: Command,
  title: string,
  known: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>> = {},
): FormScreen => ({
  kind: "form",
  title,
  command,
  form: openForm(command, known, shown, askedLater(command)),
  window: start,
});

/** The state with every screen changed, those of the last way too. */
export function mapScreens(state: State, change: (screen: Screen) => Screen): State {
  const map = ([first, ...rest]: Screens): Screens => [change(first), ...rest.map(change)];
  return { ...state, screens: map(state.screens), lastScreens: state.lastScreens && map(state.lastScreens) };
}

/** The state for a terminal of another size. */
export const resize = (state: State, size: Size): State => look({ ...state, size });

/** The state with every screen laid out anew: what they are seen through has changed. */
export const look = (state: State): State =>
  mapScreens(state, (screen) => (screen.kind === "sheet" ? arrange(screen, state) : screen));

/** The state with a sentence that stands above the footer until the next key, and in the log for good. */
export function say(state: State, text: string): State {
  const said = { atMs: state.nowMs, text };
  return { ...state, notice: text, log: [...state.log, said].slice(-limits.noticesKeptMax) };
}

/** The same with an error, which stands there until it is seen: until Esc, or the log. */
export const warn = (state: State, text: string): State => ({ ...say(state, text), notice: "", alarm: text });
