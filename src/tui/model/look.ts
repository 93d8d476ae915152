import { limits } from "../../core/limits.ts";
import { allFields } from "../../domain/columns.ts";
import type { Field, Row } from "../../domain/noun.ts";
import type { TableBlock } from "../../view/blocks.ts";
import { tableFields } from "../../view/text.ts";

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

/** The fields of a table that are shown; what the platform sends beyond the known ones can be among them. */
export function shownFields({ fields, rows }: TableBlock, columns: readonly string[]): readonly Field[] {
  if (columns.length === 0) return tableFields(fields);
  const known = loadedFields(fields, rows);
  const chosen = columns.flatMap((name) => known.find((field) => field.name === name) ?? []);
  // On a narrow terminal the last ones are left out first.
  return chosen.map((field, index) => ({ ...field, priority: index + 1 }));
}

/** The fields with the one that rows are ordered by first among those kept where room is scarce. */
export function keepSorted(fields: readonly Field[], sort = ""): readonly Field[] {
  const [name] = sort.split(/[:,]/);
  return fields.map((field) => (field.name === name ? { ...field, priority: 1 } : field));
}

/** Every field that can be shown. */
export const loadedFields = (fields: readonly Field[], rows: readonly Row[]): readonly Field[] =>
  allFields(fields, rows.slice(0, limits.measuredRowsMax));

/** The order by a field: ascending at first, turned round when it is that field's already. */
export const flipSort = (sort: string, name: string): string => (sort === name ? `${name}:desc` : name);
