import { limits } from "../../core/limits.ts";
import { visible } from "../../core/text.ts";
import { allFields } from "../../domain/columns.ts";
import type { Field, Row } from "../../domain/noun.ts";
import { parseSort } from "../../domain/query.ts";
import type { Block, TableBlock } from "../../view/blocks.ts";
import { cellText, tableFields } from "../../view/text.ts";

/** How the loaded rows of a result are looked at. */
export interface Look {
  /** What was typed: every term must hold; empty for every row. */
  readonly filter: string;
  /** As `parseSort` takes it; empty for the order in which the rows came. */
  readonly sort: string;
  /** The names of the fields shown, in order; empty for the usual ones. */
  readonly columns: readonly string[];
}

/** Every row as it came. */
export const plainLook: Look = { filter: "", sort: "", columns: [] };

/** The block with its rows in the order asked for; no table, no change. */
export function orderBlock(block: Block, sort: string): Block {
  if (block.kind !== "table" || sort === "") return block;
  const [name = ""] = sort.split(":");
  if (!block.fields.some((field) => field.name === name)) return block;
  return { ...block, rows: block.rows.toSorted(parseSort(block.fields, sort)) };
}

/** The fields of a table that are shown; what the platform sends beyond the known ones can be among them. */
export function shownFields({ fields, rows }: TableBlock, columns: readonly string[]): readonly Field[] {
  if (columns.length === 0) return tableFields(fields);
  const known = loadedFields(fields, rows);
  const chosen = columns.flatMap((name) => known.find((field) => field.name === name) ?? []);
  // On a narrow terminal the last ones are left out first.
  return chosen.map((field, index) => ({ ...field, priority: index + 1 }));
}

/** Every field that can be shown. */
export const loadedFields = (fields: readonly Field[], rows: readonly Row[]): readonly Field[] =>
  allFields(fields, rows.slice(0, limits.measuredRowsMax));

/** The block with only the rows that a filter lets through; no table, no change. */
export function filterBlock(block: Block, filter: string, columns: readonly string[] = []): Block {
  const test =
    block.kind === "table" && filter !== "" ? parseFilter(shownFields(block, columns), filter) : undefined;
  return block.kind === "table" && test ? { ...block, rows: block.rows.filter(test) } : block;
}

/** The order by a field: ascending at first, turned round when it is that field's already. */
export const flipSort = (sort: string, name: string): string => (sort === name ? `${name}:desc` : name);

/**
 * A filter as a test of rows: terms between spaces, all of which must hold. `text` is in a visible field,
 * `field:value` in the one whose name or label begins so, `!term` must not be; case is ignored. A colon after no
 * field's name is text.
 */
function parseFilter(shown: readonly Field[], filter: string): ((row: Row) => boolean) | undefined {
  const tests = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term.replace(/^!/, "") !== "")
    .map((term) => (term.startsWith("!") ? not(testOf(shown, term.slice(1))) : testOf(shown, term)));
  return tests.length === 0 ? undefined : (row) => tests.every((test) => test(row));
}

const not = (test: (row: Row) => boolean) => (row: Row) => !test(row);

function testOf(fields: readonly Field[], term: string): (row: Row) => boolean {
  const [, word = "", value = ""] = /^([^:]+):(.*)$/.exec(term) ?? [];
  const field = word === "" ? undefined : findField(fields, word);
  if (field) return (row) => cellText(row[field.name]).toLowerCase().includes(value);
  return (row) => searchText(fields, row).includes(visible(term));
}

/** By its name, its label, or the beginning of either, in that order. */
function findField(fields: readonly Field[], word: string): Field | undefined {
  const words = ({ name, label }: Field) => [name, label.toLowerCase().replaceAll(" ", "")];
  return (
    fields.find((field) => words(field).includes(word)) ??
    fields.find((field) => words(field).some((known) => known.startsWith(word)))
  );
}

/** A row's visible text is made once: with many rows, each key would cost too much otherwise. */
let searchTexts = { of: "", texts: new WeakMap<Row, string>() };

function searchText(fields: readonly Field[], row: Row): string {
  const of = fields.map(({ name }) => name).join();
  if (of !== searchTexts.of) searchTexts = { of, texts: new WeakMap() };
  const known = searchTexts.texts.get(row);
  if (known !== undefined) return known;
  const text = fields
    .map(({ name }) => cellText(row[name]))
    .join("\n")
    .toLowerCase();
  searchTexts.texts.set(row, text);
  return text;
}
