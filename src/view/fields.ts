import { text } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import { pickFields } from "../domain/query.ts";
import type { Block, DataBlock, TableBlock } from "./blocks.ts";

const textField = (name: string): Field => ({ name, label: name, kind: text });

/** The rows of a block with data; a record is one. */
export const rowsOf = (block: DataBlock): readonly Row[] =>
  block.kind === "table" ? block.rows : [block.row];

/** The known fields, then as text whatever else the rows have, in the order it turns up. */
export function allFields(fields: readonly Field[], rows: readonly Row[]): readonly Field[] {
  const known = new Set(fields.map(({ name }) => name));
  const found = new Set<string>();
  for (const row of rows) {
    for (const name in row) if (!known.has(name)) found.add(name);
  }
  return [...fields, ...[...found].map(textField)];
}

/** Rows with every one of the fields, in their order, then whatever else they have. */
export function wholeRows(fields: readonly Field[], rows: readonly Row[]): readonly Row[] {
  const names = fields.map(({ name }) => name);
  const known = new Set(names);
  return rows.map((row) => {
    const found = Object.keys(row);
    if (names.every((name, index) => name === found[index])) return row;
    const rest = Object.entries(row).filter(([name]) => !known.has(name));
    return Object.fromEntries([...names.map((name) => [name, row[name] ?? null] as const), ...rest]);
  });
}

/**
 * The blocks with the picked fields only, in the order of the names `a,b`; every format then prints just these. A
 * field of the platform's that the program does not know may be picked when a row has it. Without rows nobody can say
 * which unknown fields there are, and all are granted: a script must not fail on the day when nothing is found.
 * @throws validation for an unknown field
 */
export function pickBlocks(blocks: readonly Block[], names: string): readonly Block[] {
  return blocks.map((block) => {
    if (block.kind !== "table" && block.kind !== "record") return block;
    const rows = rowsOf(block);
    const guessed =
      rows.length === 0 ? [Object.fromEntries(names.split(",").map((name) => [name.trim(), null]))] : rows;
    const fields = pickFields(allFields(block.fields, guessed), names).map((field) => ({
      ...field,
      priority: 1,
    }));
    const prune = (row: Row) => Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null]));
    return block.kind === "table"
      ? { ...block, fields, rows: block.rows.map(prune) }
      : { ...block, fields, row: prune(block.row) };
  });
}

const catalogFields: readonly Field[] = [
  { name: "name", label: "Field", kind: text, priority: 1 },
  { name: "label", label: "Meaning", kind: text, priority: 1 },
  { name: "kind", label: "Kind", kind: text, priority: 1 },
];

/** What `--fields help` prints in place of each result: the fields that can be picked from it. */
export function catalogOf(blocks: readonly Block[]): readonly TableBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind !== "table" && block.kind !== "record") return [];
    const rows = allFields(block.fields, rowsOf(block)).map(({ name, label, kind }) => ({
      name,
      label,
      kind: kind.name,
    }));
    return [{ kind: "table", fields: catalogFields, rows, idField: "name" }];
  });
}
