import { limits } from "../../core/limits.ts";
import { isRecord } from "../../core/record.ts";
import type { NounName } from "../../domain/noun.ts";

/** A thing of the platform by its id; the name is for people, and empty where it must not be kept. */
export interface ThingRef {
  readonly noun: NounName;
  readonly id: string;
  readonly name: string;
}

/** How a person likes one command's list. */
export interface ListView {
  /** The names of the fields shown, in order; empty for the usual ones. */
  readonly columns: readonly string[];
  readonly sort: string;
  /** Filters that were saved, the latest first. */
  readonly filters: readonly string[];
}

/** What the face remembers of a profile between two sessions. Never rows, secrets or phone numbers. */
export interface Kept {
  /** By the command's path. */
  readonly lists: Readonly<Record<string, ListView>>;
  /** Records that were looked at, the latest first. */
  readonly recents: readonly ThingRef[];
  readonly pins: readonly ThingRef[];
  /** Whether a list shows the record at its cursor beside it. */
  readonly pane: boolean;
}

/** Nothing remembered. */
export const emptyKept: Kept = { lists: {}, recents: [], pins: [], pane: false };

const plainView: ListView = { columns: [], sort: "", filters: [] };

/** How the list of a command is liked. */
export const viewOf = ({ lists }: Kept, path: readonly string[]): ListView =>
  lists[path.join(" ")] ?? plainView;

/** The same with something of a command's list changed. */
export const keepView = (kept: Kept, path: readonly string[], change: Partial<ListView>): Kept => ({
  ...kept,
  lists: { ...kept.lists, [path.join(" ")]: { ...viewOf(kept, path), ...change } },
});

const sameThing = (a: ThingRef, b: ThingRef) => a.noun === b.noun && a.id === b.id;

/** The things with one in front. */
const lead = (things: readonly ThingRef[], first: ThingRef): ThingRef[] =>
  [first, ...things.filter((one) => !sameThing(one, first))].slice(0, limits.thingsKeptMax);

/** The same after a record was looked at. */
export const keepRecent = (kept: Kept, thing: ThingRef): Kept => ({
  ...kept,
  recents: lead(kept.recents, thing),
});

/** Whether a record is pinned. */
export const isPinned = ({ pins }: Kept, thing: ThingRef): boolean =>
  pins.some((one) => sameThing(one, thing));

/** The same with a record pinned, or no longer. */
export const turnPin = (kept: Kept, thing: ThingRef): Kept => ({
  ...kept,
  pins: isPinned(kept, thing) ? kept.pins.filter((one) => !sameThing(one, thing)) : lead(kept.pins, thing),
});

/** What two menus of one profile remember: ours where we changed something, theirs elsewhere. */
export function mergeKept(before: Kept, ours: Kept, theirs: Kept): Kept {
  const changed = Object.entries(ours.lists).filter(([path, view]) => view !== before.lists[path]);
  return {
    lists: { ...theirs.lists, ...Object.fromEntries(changed) },
    recents: ours.recents.reduceRight(lead, theirs.recents as ThingRef[]),
    pins: ours.pins === before.pins ? theirs.pins : ours.pins,
    pane: ours.pane === before.pane ? theirs.pane : ours.pane,
  };
}

/** A number that may be somebody's: it never reaches a file. */
const isPersonal = (text: string) => /\d{7,}/.test(text.replaceAll(/[\s().-]/g, ""));

/** As text for a file, without what must not stand in one. */
export function printKept({ lists, recents, pins, pane }: Kept): string {
  const clean = (things: readonly ThingRef[]) =>
    things.map((thing) => (isPersonal(thing.name) ? { ...thing, name: "" } : thing));
  const views = Object.entries(lists).map(([path, { filters, ...view }]) => [
    path,
    { ...view, filters: filters.filter((filter) => !isPersonal(filter)) },
  ]);
  const content = {
    version: 1,
    lists: Object.fromEntries(views),
    recents: clean(recents),
    pins: clean(pins),
    pane,
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}

const isTexts = (value: unknown) =>
  Array.isArray(value) &&
  value.length <= limits.viewItemsMax &&
  value.every((one) => typeof one === "string");
const isView = (value: unknown) =>
  isRecord(value) && isTexts(value.columns) && typeof value.sort === "string" && isTexts(value.filters);
const nouns: readonly unknown[] = ["account", "carrier", "company", "restriction"] satisfies NounName[];
const isThings = (value: unknown) =>
  Array.isArray(value) &&
  value.length <= limits.thingsKeptMax &&
  value.every(
    (one) =>
      isRecord(one) && nouns.includes(one.noun) && typeof one.id === "string" && typeof one.name === "string",
  );

/** What a file's text remembers; undefined when it is not what this program writes. */
export function parseKept(text: string): Kept | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(content) || content.version !== 1) return undefined;
  const { lists, recents, pins, pane } = content;
  const isWhole =
    isRecord(lists) && Object.values(lists).every(isView) && isThings(recents) && isThings(pins);
  return isWhole && typeof pane === "boolean"
    ? ({ lists, recents, pins, pane } as unknown as Kept)
    : undefined;
}
