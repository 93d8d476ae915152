import type { Command } from "../../commands/define.ts";
import { visible } from "../../core/text.ts";
import { account } from "../../domain/account.ts";
import { carrier } from "../../domain/carrier.ts";
import { company } from "../../domain/company.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Noun } from "../../domain/noun.ts";
import { showOf } from "./actions.ts";
import { answerTo, type Query } from "./answers.ts";
import { cellOf } from "./cells.ts";
import { rowsOf } from "./homequeries.ts";
import type { ThingRef } from "./kept.ts";
import { numberIn } from "./number.ts";
import { isListCut, listOf, searchOf } from "./search.ts";
import { registryOf, type State } from "./state.ts";
import { type Entry, entryOfCommand } from "./tree.ts";

/** Something that can be gone to. */
export interface Place {
  readonly label: string;
  readonly detail: string;
  readonly to:
    | { readonly kind: "number"; readonly number: string }
    | { readonly kind: "thing"; readonly thing: ThingRef; readonly show: Command }
    | { readonly kind: "entry"; readonly entry: Entry };
}

/** What can be looked for by name: one list of each is loaded, and looked through as one types. */
const searched: readonly Noun[] = [account, carrier, company];

const lettersMin = 2;
const placesMax = 60;
const foundMax = 20;
/** Matches of one noun that are ranked; with so many, one more letter is needed anyway. */
const matchesMax = 200;

const isSearched = (text: string) => text.length >= lettersMin && !/^\+?\d{10,}$/.test(text);

/** What is loaded while a text is typed. */
export function paletteQueries(state: State, typed: string): readonly Query[] {
  const registry = registryOf(state);
  const text = typed.trim();
  if (!isSearched(text)) return [];
  return searched.flatMap((noun) => {
    const list = listOf(registry, noun);
    const isCut = list !== undefined && isListCut(state, list);
    return [list, isCut ? searchOf(registry, noun, text) : undefined].filter((query) => query !== undefined);
  });
}

/** Where a typed text can lead, the likeliest first; without a text, where one was lately, and the menu. */
export function placesOf(state: State, typed: string): readonly Place[] {
  const registry = registryOf(state);
  const text = typed.trim();
  const number = numberIn(registry, text);
  const first: Place[] = number
    ? [{ label: number, detail: "phone number: LRN, restrictions, calls", to: { kind: "number", number } }]
    : [];
  const others = [...thingsOf(state, registry, text), ...registry.map(entryPlace)];
  return [...first, ...ranked(others, text)].slice(0, placesMax);
}

const entryPlace = (command: Command): Place => {
  const entry = entryOfCommand(command);
  return { label: entry.label, detail: entry.summary, to: { kind: "entry", entry } };
};

/** Records: those pinned or looked at lately, those whose name has the text, and those of the id. */
function thingsOf(state: State, registry: readonly Command[], text: string): Place[] {
  const { recents, pins } = state.kept;
  const known = [...pins, ...recents].flatMap((thing) => thingPlace(state, registry, thing));
  const found = isSearched(text)
    ? searched.flatMap((noun) => ranked(loadedOf(state, registry, noun, text), text).slice(0, foundMax))
    : [];
  const byId = /^\d{1,9}$/.test(text)
    ? searched.flatMap(({ name }) => thingPlace(state, registry, { noun: name, id: text, name: "" }))
    : [];
  const seen = new Set<string>();
  return [...known, ...found, ...byId].filter(({ to }) => {
    const key = to.kind === "thing" ? `${to.thing.noun} ${to.thing.id}` : "";
    return !seen.has(key) && seen.add(key);
  });
}

/** The loaded records of a noun whose id or name has every word: only of those is a place made, there may be many. */
function loadedOf(state: State, registry: readonly Command[], noun: Noun, text: string): Place[] {
  const show = showOf(registry, noun.name);
  if (!show) return [];
  const words = wordsOf(text);
  const field = nameFieldOf(noun.name);
  const places: Place[] = [];
  for (const query of [listOf(registry, noun), searchOf(registry, noun, text)]) {
    for (const row of rowsOf(query && answerTo(state, query))) {
      const id = textOf(row[noun.idField]);
      const label = `${noun.name} ${id} ${cellOf(field, row[noun.nameField], state.cells)}`;
      const lower = label.toLowerCase();
      if (!words.every((word) => lower.includes(word))) continue;
      const thing = { noun: noun.name, id, name: textOf(row[noun.nameField]) };
      places.push({ label, detail: show.summary, to: { kind: "thing", thing, show } });
      if (places.length === matchesMax) return places;
    }
  }
  return places;
}

const nameFieldOf = (name: ThingRef["noun"]) => {
  const noun = searched.find((one) => one.name === name);
  return noun?.fields.find((one) => one.name === noun.nameField) ?? { name: "name" };
};

function thingPlace({ cells }: State, registry: readonly Command[], thing: ThingRef): Place[] {
  const { noun, id, name } = thing;
  const show = showOf(registry, noun);
  const label = [noun, id, cellOf(nameFieldOf(noun), name, cells)].filter((part) => part !== "").join(" ");
  return show ? [{ label, detail: show.summary, to: { kind: "thing", thing, show } }] : [];
}

const wordsOf = (text: string): string[] =>
  visible(text)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");

/** The places that a text names, the best first: every word of it must be found. */
function ranked(places: readonly Place[], text: string): Place[] {
  const words = wordsOf(text);
  if (words.length === 0) return [...places];
  return places
    .flatMap((place) => {
      const costs = words.map((word) => costOf(place, word));
      const cost = costs.reduce<number | undefined>(
        (sum, one) => (sum === undefined || one === undefined ? undefined : sum + one),
        0,
      );
      return cost === undefined ? [] : [{ place, cost }];
    })
    .toSorted((a, b) => a.cost - b.cost)
    .map(({ place }) => place);
}

/** How far a word is from a place's words: the beginning of one, part of one, its letters in order, or its summary. */
function costOf({ label, detail, to }: Place, word: string): number | undefined {
  const words = label.toLowerCase();
  if (words.split(/\s+/).some((one) => one.startsWith(word))) return 0;
  if (words.includes(word)) return 1;
  // The letters of a name stand for it only in a command; in records they would find everything.
  if (to.kind === "entry" && inOrder(words, word)) return 2;
  return to.kind === "entry" && detail.toLowerCase().includes(word) ? 3 : undefined;
}

function inOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}
