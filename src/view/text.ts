import { pad, truncate, visible, width } from "../core/text.ts";
import { allFields } from "../domain/columns.ts";
import { type Json, textOf } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import type { RecordBlock, TableBlock } from "./blocks.ts";
import { fitColumns, gap } from "./layout.ts";

/** Makes a heading stand out, or leaves it as it is. */
export type Emphasis = (text: string) => string;

/** A value as a person reads it: on one line, and nothing in it can act on a terminal. */
export const cellText = (value: Json | undefined): string => visible(textOf(value));

/** The fields that stand in a table when none are asked for. */
export const tableFields = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ priority }) => priority !== undefined);

/**
 * A table that fits a number of columns: fields are left out by rank, then texts are cut. Where not even the fields
 * of rank 1 fit beside one another, each row is a block of lines instead.
 */
export function tableText(block: TableBlock, columnsMax: number, emphasis: Emphasis): string {
  const fields = tableFields(block.fields);
  const labels = fields.map(({ label }) => visible(label));
  const rows = block.rows.map((row) => fields.map(({ name }) => cellText(row[name])));
  const widths = fitColumns(
    fields.map(({ kind, priority = 1 }, index) => ({
      natural: rows.reduce(
        (most, row) => Math.max(most, width(row[index] ?? "")),
        width(labels[index] ?? ""),
      ),
      flexible: kind.align === "left",
      rank: priority,
    })),
    columnsMax,
  );
  if (widths === undefined) return rows.map((row) => stackedText(labels, row, emphasis)).join("\n");
  const line = (cells: readonly string[]) => {
    const shown = fields.flatMap(({ kind }, index) => {
      const columns = widths[index] ?? 0;
      return columns === 0 ? [] : [pad(truncate(cells[index] ?? "", columns), columns, kind.align)];
    });
    return shown.join(" ".repeat(gap)).trimEnd();
  };
  return [emphasis(line(labels)), ...rows.map(line)].map((text) => `${text}\n`).join("");
}

/** The values of a record without their names. */
export const bareText = ({ fields, row }: RecordBlock): string =>
  fields.map(({ name }) => `${cellText(row[name])}\n`).join("");

/** The row of a table that is too wide: one line a field, without the empty ones. */
function stackedText(labels: readonly string[], row: readonly string[], emphasis: Emphasis): string {
  const lines = row.map((cell, index) => (cell === "" ? "" : `${emphasis(`${labels[index]}:`)} ${cell}\n`));
  return lines.join("");
}

/** A record as aligned lines, every field it has, or its one value; the values are not cut. */
export function recordText(block: RecordBlock, emphasis: Emphasis): string {
  const { fields, row } = block;
  if (block.bare) return bareText(block);
  const all = allFields(fields, [row]);
  const columns = Math.max(0, ...all.map(({ label }) => width(visible(label))));
  const lines = all.map(({ name, label }) =>
    `${emphasis(pad(visible(label), columns))}  ${cellText(row[name])}`.trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join("");
}
