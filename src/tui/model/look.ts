import { visible } from "../../core/text.ts";
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
}

/** Every row as it came. */
export const plainLook: Look = { filter: "", sort: "" };

/** The block with its rows in the order asked for; no table, no change. */
export function orderBlock(block: Block, sort: string): Block {
  if (block.kind !== "table" || sort === "") return block;
  const [name = ""] = sort.split(":");
  if (!block.fields.some((field) => field.name === name)) return block;
  return { ...block, rows: block.rows.toSorted(parseSort(block.fields, sort)) };
}

/** The block with only the rows that a filter lets through; no table, no change. */
export function filterBlock(block: Block, filter: string): Block {
  const test = block.kind === "table" ? parseFilter(block, filter) : undefined;
  return block.kind === "table" && test ? { ...block, rows: block.rows.filter(test) } : block;
}

/** The order by a field: ascending at first, turned round when it is that field's already. */
export const flipSort = (sort: string, name: string): string => (sort === name ? `${name}:desc` : name);

/**
 * A filter as a test of rows: terms between spaces, all of which must hold. `text` is in a visible field,
 * `field:value` in the one whose name or label begins so, `!term` must not be; case is ignored. A colon after no
 * field's name is text.
 */
function parseFilter({ fields }: TableBlock, filter: string): ((row: Row) => boolean) | undefined {
  const shown = tableFields(fields);
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
const searchTexts = new WeakMap<Row, string>();

function searchText(fields: readonly Field[], row: Row): string {
  const known = searchTexts.get(row);
  if (known !== undefined) return known;
  const text = fields
    .map(({ name }) => cellText(row[name]))
    .join("\n")
    .toLowerCase();
  searchTexts.set(row, text);
  return text;
}
