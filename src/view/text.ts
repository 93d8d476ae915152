import { pad, truncate, visible, width } from "../core/text.ts";
import type { Json } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import type { TableBlock } from "./blocks.ts";

const gap = 2;
const columnWidthMax = 40;

/** A value as a person reads it, on one line. */
export function cellText(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return visible(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/**
 * A table that fits a number of columns: the fields of the lowest rank are left out until the rest fits, and the
 * widest text is cut last.
 */
export function tableText({ fields, rows }: TableBlock, columnsMax: number): string {
  const shown = fields.filter((field) => field.priority !== undefined);
  const widths = new Map(shown.map((field) => [field, columnWidth(field, rows)]));
  const taken = () => shown.reduce((sum, field) => sum + (widths.get(field) ?? 0) + gap, -gap);
  while (shown.length > 1 && taken() > columnsMax) {
    const rank = Math.max(...shown.map((field) => field.priority ?? 0));
    if (rank <= 1) break;
    shown.splice(
      shown.findLastIndex((field) => field.priority === rank),
      1,
    );
  }
  const excess = taken() - columnsMax;
  const widest = shown.toSorted((a, b) => (widths.get(b) ?? 0) - (widths.get(a) ?? 0))[0];
  if (widest && excess > 0) widths.set(widest, Math.max(1, (widths.get(widest) ?? 0) - excess));
  const line = (text: (field: Field) => string) =>
    shown
      .map((field) => {
        const columns = widths.get(field) ?? 0;
        return pad(truncate(text(field), columns), columns, field.kind.align);
      })
      .join(" ".repeat(gap))
      .trimEnd();
  const lines = [
    line((field) => field.label),
    ...rows.map((row) => line((field) => cellText(row[field.name]))),
  ];
  return `${lines.join("\n")}\n`;
}

function columnWidth(field: Field, rows: TableBlock["rows"]): number {
  let columns = width(field.label);
  for (const row of rows) columns = Math.max(columns, width(cellText(row[field.name])));
  return Math.min(columns, columnWidthMax);
}
