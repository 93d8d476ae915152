import type { Command } from "../../commands/define.ts";
import { textOf } from "../../domain/kinds.ts";
import type { Noun, Row } from "../../domain/noun.ts";
import { nounByName } from "./actions.ts";
import { type Answer, answerTo, type Query } from "./answers.ts";
import { cellOf } from "./cells.ts";
import { queryOf, rowsOf } from "./homequeries.ts";
import { isListCut, listOf, searchOf } from "./search.ts";
import type { PickerScreen, State } from "./state.ts";

/** Something that can be picked. */
export interface PickerItem {
  /** What is picked: an id, or a profile's name. */
  readonly value: string;
  readonly label: string;
}

/** What a picker shows. */
export interface Picks {
  readonly items: readonly PickerItem[];
  /** How the loading stands: empty when all is there. */
  readonly status: string;
}

const profilesFreshMs = 5_000;
const itemsMax = 200;

const profilesQuery = (registry: readonly Command[]): Query | undefined =>
  queryOf(registry, "profiles list", {}, profilesFreshMs);

/** What is loaded behind a picker. */
export function pickerQueries(
  state: State,
  { purpose, typed }: PickerScreen,
  registry: readonly Command[],
): readonly Query[] {
  const noun = purpose.kind === "field" ? nounByName(purpose.noun) : undefined;
  if (purpose.kind === "profile") return [profilesQuery(registry)].filter((query) => query !== undefined);
  if (!noun) return [];
  const list = listOf(registry, noun);
  const search = list && isListCut(state, list) ? searchOf(registry, noun, typed) : undefined;
  return [list, search].filter((query) => query !== undefined);
}

/** What can be picked, as far as it is loaded, of what is typed. */
export function picksOf(state: State, screen: PickerScreen, registry: readonly Command[]): Picks {
  const { purpose, typed } = screen;
  const queries = pickerQueries(state, screen, registry);
  const answers = queries.map((query) => answerTo(state, query));
  const rows = answers.flatMap(rowsOf);
  const noun = purpose.kind === "field" ? nounByName(purpose.noun) : undefined;
  const known = noun ? recentItems(state, noun) : [];
  const found = rows.map((row) => (noun ? thingItem(state, noun, row) : profileItem(row, state.profile)));
  const words = typed.toLowerCase().split(/\s+/);
  const seen = new Set<string>();
  const items = [...known, ...found].filter(({ value, label }) => {
    const text = label.toLowerCase();
    if (seen.has(value) || !words.every((word) => text.includes(word))) return false;
    seen.add(value);
    return true;
  });
  return { items: items.slice(0, itemsMax), status: statusOf(answers) };
}

function statusOf(answers: readonly (Answer | undefined)[]): string {
  const failed = answers.find((answer) => answer?.error)?.error;
  if (failed) return failed.message;
  return answers.some((answer) => answer === undefined) ? "loading…" : "";
}

/** What was pinned and looked at lately. */
function recentItems({ kept, cells }: State, noun: Noun): PickerItem[] {
  const field = noun.fields.find(({ name }) => name === noun.nameField) ?? { name: noun.nameField };
  return [...kept.pins, ...kept.recents]
    .filter((thing) => thing.noun === noun.name)
    .map(({ id, name }) => ({ value: id, label: `${id}  ${cellOf(field, name, cells)}`.trim() }));
}

/** `12  Acme East`: the id, the name, and whose it is. */
function thingItem({ cells }: State, noun: Noun, row: Row): PickerItem {
  const shown = [noun.idField, noun.nameField].map((name) => {
    const field = noun.fields.find((known) => known.name === name) ?? { name };
    return cellOf(field, row[name], cells);
  });
  return { value: textOf(row[noun.idField]), label: shown.join("  ") };
}

/** `noc  https://voice.example.com  protected  ada`, with a mark at the one in use. */
function profileItem(row: Row, used: string | undefined): PickerItem {
  const { profile, baseUrl, username, sandbox } = row;
  const name = textOf(profile);
  const guard = row.readOnly === true ? "read-only" : row.protected === true ? "protected" : "";
  const platform = sandbox === true ? "sandbox" : textOf(baseUrl);
  const parts = [name, platform, guard, textOf(username), name === used ? "(in use)" : ""];
  return { value: name, label: parts.filter((part) => part !== "").join("  ") };
}
