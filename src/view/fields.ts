import { allFields, catalogFields, catalogOfFields } from "../domain/columns.ts";
import type { Format } from "../domain/formats.ts";
import type { Field, Row } from "../domain/noun.ts";
import { pickFields } from "../domain/query.ts";
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
 * The blocks with the picked fields only, in the order of the names `a,b`; every format then prints just these. Of
 * several blocks each shows those that it has, and one that has none of them is left out.
 */
export function pickBlocks(blocks: readonly Block[], names: string): readonly Block[] {
  const known = blocks.flatMap((block) => (isData(block) ? block.fields : []));
  const picked = pickFields(known, names);
  return blocks.flatMap((block): readonly Block[] => {
    if (!isData(block)) return [block];
    const own = new Set(allFields(block.fields, rowsOf(block)).map(({ name }) => name));
    const fields = picked.filter(({ name }) => own.has(name) || !known.some((field) => field.name === name));
    if (fields.length === 0) return [];
    return [
      prune(
        block,
        fields.map((field) => ({ ...field, priority: 1 })),
      ),
    ];
  });
}

function prune(block: DataBlock, fields: readonly Field[]): DataBlock {
  const pruned = (row: Row) => Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null]));
  return block.kind === "table"
    ? { ...block, fields, rows: block.rows.map(pruned) }
    : { ...block, fields, row: pruned(block.row) };
}

/** The blocks, with the data of each sentence that has some where the format is one that programs read. */
export function withNoteData(blocks: readonly Block[], format: Format): readonly Block[] {
  if (format === "table" || format === "tsv" || format === "ids") return blocks;
  return blocks.flatMap((block) =>
    block.kind === "note" && block.row
      ? [block, { kind: "record", fields: allFields([], [block.row]), row: block.row }]
      : [block],
  );
}

/** Whether a block has fields and values. */
export const isData = (block: Block): block is DataBlock => block.kind === "table" || block.kind === "record";

/** What `--fields help` prints: the fields that can be picked. */
export const catalogOf = (fields: readonly Field[]): TableBlock => ({
  kind: "table",
  fields: catalogFields,
  rows: catalogOfFields(fields),
  idField: "name",
});
