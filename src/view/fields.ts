import { allFields, catalogFields, catalogOfFields, pickColumns } from "../domain/columns.ts";
import type { Field, Row } from "../domain/noun.ts";
import type { Block, DataBlock, TableBlock } from "./blocks.ts";

/** The rows of a block with data; a record is one. */
export const rowsOf = (block: DataBlock): readonly Row[] =>
  block.kind === "table" ? block.rows : [block.row];

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
 * The blocks with the picked fields only, in the order of the names `a,b`; every format then prints just these.
 * @throws validation for an unknown field
 */
export function pickBlocks(blocks: readonly Block[], names: string): readonly Block[] {
  return blocks.map((block) => {
    if (block.kind !== "table" && block.kind !== "record") return block;
    const fields = pickColumns(block.fields, rowsOf(block), names).map((field) => ({
      ...field,
      priority: 1,
    }));
    const prune = (row: Row) => Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null]));
    return block.kind === "table"
      ? { ...block, fields, rows: block.rows.map(prune) }
      : { ...block, fields, row: prune(block.row) };
  });
}

/** What `--fields help` prints in place of each result: the fields that can be picked from it. */
export function catalogOf(blocks: readonly Block[]): readonly TableBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind !== "table" && block.kind !== "record") return [];
    const rows = catalogOfFields(allFields(block.fields, rowsOf(block)));
    return [{ kind: "table", fields: catalogFields, rows, idField: "name" }];
  });
}
