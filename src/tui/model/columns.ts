import { limits } from "../../core/limits.ts";
import { pad, truncate, width } from "../../core/text.ts";
import type { Field, Row } from "../../domain/noun.ts";
import type { TableBlock } from "../../view/blocks.ts";
import { fitColumns, gap } from "../../view/layout.ts";

/** A table's columns as they stand on the screen. */
export interface TableColumns {
  readonly header: string;
  /** One row as a line. */
  line(row: Row): string;
}

/** Where not even the most important columns fit beside each other, each is this wide and the line is cut. */
const columnWidthMin = 6;

/**
 * A table's columns for a width. Only the rows at the beginning and those in view are measured, so a table of any
 * length costs the same.
 * @param fields those that are shown
 * @param from the first row in view, `to` the one after the last
 * @param cell a value as it is shown
 */
export function measureColumns(
  { rows, fields }: Pick<TableBlock, "rows" | "fields">,
  from: number,
  to: number,
  columnsMax: number,
  cell: (field: Field, row: Row) => string,
): TableColumns {
  const measured = [...rows.slice(0, limits.measuredRowsMax), ...rows.slice(from, to)];
  const wanted = fields.map((field) => ({
    natural: naturalWidth(field, measured, cell),
    flexible: field.kind.align === "left",
    rank: field.priority ?? 1,
  }));
  const widths =
    fitColumns(wanted, columnsMax) ?? wanted.map(({ rank }) => (rank === 1 ? columnWidthMin : 0));
  const line = (text: (field: Field) => string) =>
    fields
      .flatMap((field, index) => {
        const columns = widths[index] ?? 0;
        return columns > 0 ? [pad(truncate(text(field), columns), columns, field.kind.align)] : [];
      })
      .join(" ".repeat(gap))
      .trimEnd();
  return {
    header: line(({ label }) => label),
    line: (row) => line((field) => cell(field, row)),
  };
}

function naturalWidth(field: Field, rows: readonly Row[], cell: (field: Field, row: Row) => string): number {
  let columns = width(field.label);
  for (const row of rows) columns = Math.max(columns, width(cell(field, row)));
  return columns;
}
