import { limits } from "../../core/limits.ts";
import type { Json } from "../../domain/kinds.ts";
import type { Row } from "../../domain/noun.ts";
import type { Block, TableBlock } from "../../view/blocks.ts";

/** Numbers that changed from one load to the next: 1 for more, -1 for less; by row id and field. */
export type Deltas = ReadonlyMap<string, Readonly<Record<string, 1 | -1>>>;

/** What changed between two loads of a table; undefined where nothing did, or there is too much to compare. */
export function deltasOf(before: readonly Block[], after: readonly Block[]): Deltas | undefined {
  const [old, fresh] = [before, after].map((blocks) => blocks.find((block) => block.kind === "table"));
  if (old?.kind !== "table" || fresh?.kind !== "table") return undefined;
  if (fresh.rows.length > limits.deltaRowsMax) return undefined;
  const known = new Map(old.rows.map((row) => [row[old.idField], row]));
  const deltas = new Map<string, Record<string, 1 | -1>>();
  for (const row of fresh.rows) {
    const was = known.get(row[fresh.idField]);
    const changed = was && was !== row ? changesOf(fresh, was, row) : [];
    if (changed.length > 0) deltas.set(String(row[fresh.idField]), Object.fromEntries(changed));
  }
  return deltas.size === 0 ? undefined : deltas;
}

function changesOf({ fields }: TableBlock, was: Row, is: Row): [string, 1 | -1][] {
  return fields.flatMap(({ name, kind }): [string, 1 | -1][] => {
    if (kind.order !== "decimal" || was[name] === is[name]) return [];
    const change = numberOf(is[name]) - numberOf(was[name]);
    return change === 0 || Number.isNaN(change) ? [] : [[name, change > 0 ? 1 : -1]];
  });
}

const numberOf = (value: Json | undefined) =>
  value === null || value === undefined ? Number.NaN : Number(value);
