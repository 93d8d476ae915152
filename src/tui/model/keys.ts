import { text } from "../../domain/kinds.ts";
import type { Row } from "../../domain/noun.ts";
import type { Block } from "../../view/blocks.ts";
import type { Key } from "../terminal/sequences.ts";
import type { Target } from "./sheet.ts";
import type { Move } from "./window.ts";

/** The sorts of screens, each with keys of its own. */
const everywhere = ["menu", "form", "sheet", "chooser", "columns", "options", "palette", "picker"] as const;
const lists = ["menu", "sheet", "chooser", "columns", "options"] as const;
const withoutPalette = everywhere.filter((kind) => kind !== "palette");
type ScreenKind = (typeof everywhere)[number];

/** Those that a text is typed into. */
const typed: readonly ScreenKind[] = ["form", "palette", "picker"];

/** What a key does. */
export type Action =
  | Move
  | "choose"
  | "back"
  | "quit"
  | "help"
  | "next"
  | "actions"
  | "filter"
  | "sort"
  | "columns"
  | "toggle"
  | "moveUp"
  | "moveDown"
  | "reset"
  | "refresh"
  | "palette"
  | "routes"
  | "spenders"
  | "jobs"
  | "live"
  | "pin"
  | "pane"
  | "mark"
  | "markRange"
  | "markAll"
  | "related"
  | "export"
  | "copy"
  | "copyLine"
  | "savedFilters"
  | "find"
  | "mask"
  | "zone"
  | "lastScreen"
  | "log"
  | "arm"
  | "profiles"
  | "submit"
  | "undo"
  | "nextChoice"
  | "previousChoice"
  | "interrupt"
  | "suspend"
  | "repaint";

/** Keys and what they do; `in` names the screens where they do it. */
export interface Binding {
  readonly action: Action;
  readonly chords: readonly string[];
  readonly summary: string;
  readonly in: readonly ScreenKind[];
  /** What the footer says it does, where it stands there. */
  readonly hint?: string;
}

/** All keys of the face. Those that type a character are off while a text is typed. */
export const bindings: readonly Binding[] = [
  {
    action: "next",
    chords: ["n"],
    summary: "On to what this leads to, as the plan of an import",
    in: ["sheet"],
  },
  {
    action: "choose",
    chords: ["enter"],
    summary: "Choose, open, or run",
    in: everywhere,
    hint: "choose",
  },
  { action: "choose", chords: ["right", "l"], summary: "Open", in: ["menu"] },
  { action: "back", chords: ["b", "esc"], summary: "Back", in: everywhere, hint: "back" },
  { action: "back", chords: ["left", "h"], summary: "Back", in: lists },
  { action: "up", chords: ["up", "k", "shift+tab"], summary: "Up", in: everywhere },
  { action: "up", chords: ["ctrl+p"], summary: "Up", in: ["palette"] },
  { action: "down", chords: ["down", "j", "tab", "ctrl+n"], summary: "Down", in: everywhere },
  { action: "pageUp", chords: ["pageup", "ctrl+b"], summary: "A page up", in: everywhere },
  { action: "pageDown", chords: ["pagedown", "ctrl+f"], summary: "A page down", in: everywhere },
  { action: "first", chords: ["g", "home"], summary: "To the beginning", in: lists },
  { action: "last", chords: ["G", "end"], summary: "To the end", in: lists },
  { action: "nextChoice", chords: ["right", "space"], summary: "The next choice of a field", in: ["form"] },
  { action: "previousChoice", chords: ["left"], summary: "The previous choice of a field", in: ["form"] },
  {
    action: "actions",
    chords: ["a"],
    summary: "What can be done with this row, or all marked ones",
    in: ["sheet"],
    hint: "actions",
  },
  {
    action: "filter",
    chords: ["/"],
    summary: "Only rows with text, field:value or !text; Esc: all",
    in: ["sheet"],
    hint: "filter",
  },
  {
    action: "sort",
    chords: ["s"],
    summary: "Sort by a column; again for the other way",
    in: ["sheet", "columns"],
    hint: "sort",
  },
  { action: "columns", chords: ["c"], summary: "Choose the columns and their order", in: ["sheet"] },
  {
    action: "toggle",
    chords: ["space"],
    summary: "Show this column, or hide it",
    in: ["columns"],
    hint: "show",
  },
  { action: "moveUp", chords: ["K", "shift+up"], summary: "Move this column forward", in: ["columns"] },
  {
    action: "moveDown",
    chords: ["J", "shift+down"],
    summary: "Move this column back",
    in: ["columns"],
    hint: "move",
  },
  { action: "reset", chords: ["d"], summary: "The usual columns", in: ["columns"], hint: "usual" },
  {
    action: "refresh",
    chords: ["r"],
    summary: "Load the rows again, or try again what failed",
    in: ["sheet"],
    hint: "try again",
  },
  { action: "refresh", chords: ["r"], summary: "Load the figures again", in: ["menu"] },
  {
    action: "routes",
    chords: ["R"],
    summary: "How each carrier's calls of the last hour went",
    in: ["menu"],
  },
  { action: "spenders", chords: ["C"], summary: "What each company spent in the last hour", in: ["menu"] },
  { action: "jobs", chords: ["J"], summary: "The imports and undos of this computer", in: ["menu"] },
  {
    action: "live",
    chords: ["p"],
    summary: "Load the rows again by themselves, or no longer",
    in: ["sheet"],
  },
  {
    action: "pane",
    chords: ["d"],
    summary: "The record at the cursor beside it, or no longer",
    in: ["sheet"],
  },
  { action: "pin", chords: ["+"], summary: "Pin this record, or no longer", in: ["sheet"] },
  { action: "mark", chords: ["space"], summary: "Mark this row, or no longer", in: ["sheet"] },
  { action: "markRange", chords: ["V"], summary: "Mark from the row marked last to this one", in: ["sheet"] },
  { action: "markAll", chords: ["*"], summary: "Mark all that pass the filter, or none", in: ["sheet"] },
  {
    action: "related",
    chords: ["o"],
    summary: "What belongs to this record",
    in: ["sheet"],
    hint: "related",
  },
  { action: "find", chords: ["f"], summary: "Search the platform for what the filter says", in: ["sheet"] },
  {
    action: "savedFilters",
    chords: ["F"],
    summary: "Save the filter, or take one that was saved",
    in: ["sheet"],
  },
  { action: "export", chords: ["e"], summary: "Export these rows to a file", in: ["sheet"] },
  { action: "copy", chords: ["y"], summary: "Copy a value of this row", in: ["sheet"] },
  { action: "copyLine", chords: ["Y"], summary: "Copy what is shown as a command line", in: ["sheet"] },
  { action: "mask", chords: ["m"], summary: "Hide numbers and names in part, and show them", in: ["sheet"] },
  { action: "zone", chords: ["t"], summary: "Times as they came, in UTC, or in local time", in: ["sheet"] },
  { action: "lastScreen", chords: ["-"], summary: "The screen before this one, and back", in: lists },
  { action: "log", chords: ["!"], summary: "All that was said in this session", in: lists },
  { action: "submit", chords: ["ctrl+s"], summary: "Run, from any field", in: ["form"], hint: "run" },
  { action: "arm", chords: ["w"], summary: "Turn writes on for ten minutes, or off", in: lists },
  { action: "profiles", chords: ["P"], summary: "Work on another profile", in: lists },
  { action: "undo", chords: ["u"], summary: "Take the last write back, after showing how", in: lists },
  {
    action: "help",
    chords: ["?", "f1"],
    summary: "These keys; Enter on one does what it does",
    in: everywhere,
    hint: "help",
  },
  { action: "quit", chords: ["q"], summary: "Quit", in: everywhere, hint: "quit" },
  {
    action: "palette",
    chords: [":", "ctrl+p"],
    summary: "Go to a command, a record or any phone number",
    in: withoutPalette,
    hint: "go to",
  },
  { action: "interrupt", chords: ["ctrl+c"], summary: "Cancel what runs, else quit", in: everywhere },
  { action: "suspend", chords: ["ctrl+z"], summary: "To the shell; fg comes back", in: everywhere },
  { action: "repaint", chords: ["ctrl+l"], summary: "Paint the screen again", in: everywhere },
];

/**
 * What a key does on a screen.
 * @param bindings those in force
 * @param typing whether a text is being typed there, so that keys with a character belong to it
 */
export function actionOf(
  bindings: readonly Binding[],
  key: Key,
  screen: ScreenKind,
  typing: boolean,
): Action | undefined {
  if (typing && key.text !== "") return undefined;
  return bindings.find((binding) => binding.in.includes(screen) && binding.chords.includes(key.chord))
    ?.action;
}

/**
 * The footer's hints for a screen.
 * @param next what the key that goes on leads to there
 * @param isIdle whether an action would do nothing there
 */
export const hintsOf = (
  bindings: readonly Binding[],
  screen: ScreenKind,
  next?: string,
  isIdle: (action: Action) => boolean = () => false,
): string[] =>
  bindings.flatMap(({ action, hint: said, in: places, chords }) => {
    if (isIdle(action)) return [];
    const hint = action === "next" ? next : said;
    // A letter may be typed into a field.
    const chord = typed.includes(screen) ? chords.find((one) => one.length > 1) : chords[0];
    return hint && chord && places.includes(screen) ? [`${nameOfChord(chord)} ${hint}`] : [];
  });

/** What home offers at a key, besides its menu. */
export const quickHints = (bindings: readonly Binding[]): string[] =>
  (["routes", "spenders", "jobs"] as const).flatMap((action) => {
    const chord = bindings.find((binding) => binding.action === action)?.chords[0];
    return chord ? [`${nameOfChord(chord)} ${action}`] : [];
  });

/** A key as a person reads it. */
const nameOfChord = (chord: string) => (chord.length > 1 && !chord.includes("+") ? capital(chord) : chord);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const helpFields = [
  { name: "keys", label: "Keys", kind: text, priority: 1 },
  { name: "what", label: "What they do", kind: text, priority: 1 },
];

/** The key of a row of that table; undefined for a row of another. */
export const keyOfHelp = ({ fields, row }: Pick<Target, "fields" | "row">): Key | undefined =>
  fields === helpFields ? { chord: String(row.keys).split(", ")[0] ?? "", text: "" } : undefined;

/** The keys of a screen as a table. */
export function helpOf(bindings: readonly Binding[], screen: ScreenKind): Block[] {
  const rows: Row[] = bindings
    .filter((binding) => binding.in.includes(screen))
    .map(({ chords, summary }) => ({ keys: chords.join(", "), what: summary }));
  if (typed.includes(screen)) {
    rows.push({ keys: "ctrl+u", what: "Take away all before the mark" });
    rows.push({ keys: "ctrl+w", what: "Take away the word before the mark" });
  }
  if (screen === "form") {
    rows.push({ keys: "left, right", what: "Move within the text of a field" });
    rows.push({ keys: "home, ctrl+a", what: "To the beginning of the text" });
    rows.push({ keys: "end, ctrl+e", what: "To the end of the text" });
    rows.push({ keys: "delete", what: "Take away the character after the mark" });
  }
  return [{ kind: "table", fields: helpFields, rows, idField: "keys" }];
}
