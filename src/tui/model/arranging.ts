import { limits } from "../../core/limits.ts";
import type { Row } from "../../domain/noun.ts";
import { orderOf } from "../../domain/query.ts";
import type { Block, TableBlock } from "../../view/blocks.ts";
import { parseTerms, testOf } from "./filter.ts";
import { type Look, shownFields } from "./look.ts";

/** The rows of a result in their order, and those of them that pass the filter. */
export interface Arranged {
  /** What they were arranged from and for. */
  readonly blocks: readonly Block[];
  readonly look: Look;
  readonly ordered: readonly Block[];
  readonly shown: readonly Block[];
}

/** Work that can be done bit by bit: each step is a fraction of a millisecond to a few. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Rows looked at between two pauses. */
const rowsPerStep = 1_000;

/** Brings the rows of a result into the order asked for, and leaves out those that do not pass the filter. */
export function* arrangeBlocks(blocks: readonly Block[], look: Look, before: Arranged): Steps<Arranged> {
  const sameOrder = blocks === before.blocks && look.sort === before.look.sort;
  const ordered = sameOrder
    ? before.ordered
    : yield* eachTable(blocks, (table) => orderRows(table, look.sort));
  const isNarrower = sameOrder && narrows(before.look, look);
  const from = isNarrower ? before.shown : ordered;
  const shown = yield* eachTable(from, (table) => filterRows(table, look));
  return { blocks, look, ordered, shown };
}

/** Whether what passes a filter passed the one before it too. */
const narrows = (before: Look, now: Look) =>
  before.columns === now.columns && now.filter.startsWith(before.filter) && !/[!:]/.test(now.filter);

function* eachTable(
  blocks: readonly Block[],
  change: (table: TableBlock) => Steps<TableBlock>,
): Steps<readonly Block[]> {
  const changed: Block[] = [];
  for (const block of blocks) changed.push(block.kind === "table" ? yield* change(block) : block);
  return changed;
}

function* filterRows(table: TableBlock, { filter, columns }: Look): Steps<TableBlock> {
  const fields = shownFields(table, columns);
  const terms = parseTerms(fields, filter);
  if (terms.length === 0) return table;
  const test = testOf(terms, fields);
  const rows: Row[] = [];
  for (let first = 0; first < table.rows.length; first += rowsPerStep) {
    for (const row of table.rows.slice(first, first + rowsPerStep)) if (test(row)) rows.push(row);
    yield;
  }
  return { ...table, rows };
}

function* orderRows(table: TableBlock, sort: string): Steps<TableBlock> {
  const [name = ""] = sort.split(":");
  if (!table.fields.some((field) => field.name === name)) return table;
  const { keysOf, compare } = orderOf(table.fields, sort);
  const entries: { readonly row: Row; readonly keys: ReturnType<typeof keysOf> }[] = [];
  for (const [index, row] of table.rows.entries()) {
    entries.push({ row, keys: keysOf(row) });
    if (index % rowsPerStep === 0) yield;
  }
  const sorted = yield* sortInSteps(entries, (a, b) => compare(a.keys, b.keys));
  return { ...table, rows: sorted.map(({ row }) => row) };
}

/** A stable sort with pauses: runs are sorted as they are, and merged two by two. */
export function* sortInSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let first = 0; first < items.length; first += limits.sortRunMax) {
    runs.push(items.slice(first, first + limits.sortRunMax).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(yield* merge(runs[index] ?? [], runs[index + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Steps<readonly T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i] as T, right[j] as T];
    if (compare(a, b) <= 0) {
      merged.push(a);
      i += 1;
    } else {
      merged.push(b);
      j += 1;
    }
    if (merged.length % rowsPerStep === 0) yield;
  }
  for (; i < left.length; i++) merged.push(left[i] as T);
  for (; j < right.length; j++) merged.push(right[j] as T);
  return merged;
}

/** The whole of it at once, for results that are not long. */
export function finishSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
