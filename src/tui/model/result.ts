import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { limits } from "../../core/limits.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Block, TableBlock } from "../../view/blocks.ts";
import type { Size } from "../terminal/differ.ts";
import type { Query } from "./answers.ts";
import { type Arranged, arrangeBlocks, finishSteps } from "./arranging.ts";
import type { Deltas } from "./deltas.ts";
import type { Lens } from "./lens.ts";
import { type Look, plainLook } from "./look.ts";
import type { Next, Part } from "./next.ts";
import { areaOf } from "./pane.ts";
import { firstRow, idAt, layOut, lineOfId, type Sheet } from "./sheet.ts";
import { textColumns } from "./size.ts";
import { moveTo, start, type Window } from "./window.ts";

/** A run that can be asked for again. */
export interface Origin {
  readonly command: Command;
  readonly raw: RawValues;
  /** When its rows came, epoch milliseconds. */
  readonly loadedAtMs: number;
}

/** A part of a screen that is loaded by itself, and fails by itself. */
export interface Panel {
  readonly title: string;
  readonly query: Query;
}

/** A result, an error, or help. */
export interface SheetScreen {
  readonly kind: "sheet";
  readonly title: string;
  /** All that was loaded. */
  readonly blocks: readonly Block[];
  /** The same in the order asked for, and what passes the filter; of a long result it may still be the last such. */
  readonly arranged: Arranged;
  readonly look: Look;
  /** Whether the filter is being typed. */
  readonly isFiltering: boolean;
  /** What passes the filter, laid out. */
  readonly sheet: Sheet;
  readonly window: Window;
  readonly failed: boolean;
  /** What is tried again by the key that loads again; undefined where nothing failed that may be. */
  readonly again: Pick<Origin, "command" | "raw"> | undefined;
  /** Where the rows came from; undefined when they cannot be loaded again. */
  readonly origin: Origin | undefined;
  /** Whether something was written since: the rows are loaded again when they are come back to. */
  readonly isStale: boolean;
  /** Why the rows could not be loaded again; empty when they could. */
  readonly problem: string;
  /** The ids of the rows that are marked. */
  readonly marks: ReadonlySet<string>;
  /** The one that was marked last: where a range begins. */
  readonly lastMark: string | undefined;
  /** Whether the rows are loaded again by themselves. */
  readonly isLive: boolean;
  /** What changed when they were. */
  readonly deltas: Deltas | undefined;
  /** What the next key leads to. */
  readonly next: Next | undefined;
  /** The part of a result that is shown, also when it is loaded again. */
  readonly part: Part | undefined;
  /** What it is made of where it is no one command's result; loaded behind it. */
  readonly panels: readonly Panel[];
}

/** A result's screen. */
export function sheetScreen(
  title: string,
  blocks: readonly Block[],
  lens: Lens,
  given: Partial<Pick<SheetScreen, "failed" | "again" | "origin" | "next" | "part" | "panels">> = {},
): SheetScreen {
  return {
    kind: "sheet",
    title,
    blocks,
    arranged: { blocks, look: plainLook, ordered: blocks, shown: blocks },
    look: plainLook,
    isFiltering: false,
    sheet: layOut(blocks, textColumns(lens.size), { cells: lens.cells, columns: [] }),
    window: start,
    failed: false,
    again: undefined,
    origin: undefined,
    isStale: false,
    problem: "",
    marks: new Set(),
    lastMark: undefined,
    isLive: false,
    deltas: undefined,
    next: undefined,
    part: undefined,
    panels: [],
    ...given,
  };
}

/**
 * The screen with something changed and laid out anew: the cursor stays on its row, wherever that is now. A long
 * result is filtered and sorted later, bit by bit.
 */
export function arrange(
  screen: SheetScreen,
  lens: Lens,
  change: Partial<Omit<SheetScreen, "kind" | "arranged" | "sheet" | "window">> = {},
): SheetScreen {
  const next = { ...screen, ...change };
  const { blocks, look, arranged } = next;
  const isDone = !isArranging(next);
  if (!isDone && countRows(blocks) > limits.arrangedAtOnceMax) return layAgain(next, lens);
  return putArranged(next, lens, isDone ? arranged : finishSteps(arrangeBlocks(blocks, look, arranged)));
}

/** Whether what is shown is not yet what is asked for. */
export const isArranging = ({ blocks, look, arranged }: SheetScreen): boolean =>
  blocks !== arranged.blocks ||
  look.sort !== arranged.look.sort ||
  look.filter !== arranged.look.filter ||
  look.columns !== arranged.look.columns;

/** The screen with its rows arranged. */
export function putArranged(screen: SheetScreen, lens: Lens, arranged: Arranged): SheetScreen {
  const marks = arranged.blocks === screen.arranged.blocks ? screen.marks : marksLeft(screen);
  const laid = layAgain({ ...screen, marks, arranged }, lens);
  if (!startsAnew(screen, laid)) return laid;
  const { sheet } = laid;
  return {
    ...laid,
    window: moveTo(start, firstRow(sheet), sheet.count, sheetArea(screen, lens).rows),
  };
}

/** Whether a new order or filter is seen from its beginning: no row was chosen, or the filter has taken it away. */
function startsAnew({ sheet, window, arranged }: SheetScreen, laid: SheetScreen): boolean {
  const { sort, filter } = laid.arranged.look;
  if (sort !== arranged.look.sort) return window.cursor <= firstRow(sheet);
  return (
    filter !== arranged.look.filter && idAt(laid.sheet, laid.window.cursor) !== idAt(sheet, window.cursor)
  );
}

function layAgain(screen: SheetScreen, lens: Lens): SheetScreen {
  const area = sheetArea(screen, lens);
  const { arranged, deltas, window } = screen;
  const { columns } = arranged.look;
  const sort = arranged.look.sort || loadedSort(screen);
  const sheet = layOut(arranged.shown, area.columns, { cells: lens.cells, columns, sort, deltas });
  const id = idAt(screen.sheet, window.cursor);
  const line = (id === undefined ? undefined : lineOfId(sheet, id)) ?? window.cursor;
  return { ...screen, sheet, window: moveTo(window, line, sheet.count, area.rows) };
}

/** The order that the rows were asked for in; empty for the command's own. */
const loadedSort = ({ origin }: SheetScreen): string =>
  typeof origin?.raw.sort === "string" ? origin.raw.sort : "";

/** The marks of rows that were loaded again. */
function marksLeft(screen: SheetScreen): ReadonlySet<string> {
  const table = screen.marks.size > 0 ? tableIn(screen) : undefined;
  const ids = table?.rows.map((row) => textOf(row[table.idField])) ?? [];
  return new Set(ids.filter((id) => screen.marks.has(id)));
}

/** Whether its rows are records that can be shown beside it. */
export const hasRecords = (screen: SheetScreen): boolean => screen.origin !== undefined && isList(screen);

/** The room that a result has on the screen. */
export const sheetArea = (screen: SheetScreen, lens: Lens): Size => areaOf(lens, hasRecords(screen));

/** Whether there are loaded rows to filter and sort. */
export const isList = (screen: SheetScreen): boolean => tableIn(screen) !== undefined;

/** The first table with rows, of all that was loaded. */
export const tableIn = ({ blocks }: Pick<SheetScreen, "blocks">): TableBlock | undefined =>
  blocks.find((block) => block.kind === "table" && block.rows.length > 0) as TableBlock | undefined;

/** How many rows were loaded. */
export const countRows = (blocks: readonly Block[]) =>
  blocks.reduce((count, block) => count + (block.kind === "table" ? block.rows.length : 0), 0);

/** `12s`, `3m`, `2h`: an age in its largest whole unit. */
export function ageText(ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < 60) return `${seconds}s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)}m` : `${Math.floor(seconds / 3600)}h`;
}
