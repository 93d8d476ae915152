import type { Command } from "../../commands/define.ts";
import type { Noun } from "../../domain/noun.ts";
import { type Answered, answerTo, type Query } from "./answers.ts";
import { queryOf, rowsOf } from "./homequeries.ts";

/** Rows of one list that are looked through here; in longer lists the platform's rows are searched by a condition. */
const rowsMax = 1_000;
const foundMax = 20;
const freshMs = 5 * 60_000;

/** The list of a noun's things: one list is loaded, and looked through as one types. */
export const listOf = (registry: readonly Command[], { plural }: Noun): Query | undefined => {
  const query = queryOf(registry, `${plural} list`, { limit: String(rowsMax) }, freshMs);
  return query && { ...query, settleMs: 250 };
};

/** The same list, where it is longer than what is loaded of it: only rows whose name has the text. */
export const searchOf = (
  registry: readonly Command[],
  { plural, nameField }: Noun,
  text: string,
): Query | undefined => {
  const raw = { where: [`${nameField} contains ${text}`], limit: String(foundMax) };
  const query = text === "" ? undefined : queryOf(registry, `${plural} list`, raw, freshMs);
  return query && { ...query, settleMs: 500 };
};

/** Whether the platform has more things than are loaded of a list. */
export const isListCut = (state: Answered, list: Query): boolean =>
  rowsOf(answerTo(state, list)).length >= rowsMax;
