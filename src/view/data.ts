import { visible } from "../core/text.ts";
import type { Json } from "../domain/kinds.ts";
import type { Block, TableBlock } from "./blocks.ts";
import { cellText, tableText } from "./text.ts";

/** The forms a result can be printed in. */
export const formats = ["table", "tsv", "json"] as const;
export type Format = (typeof formats)[number];

/** A result as text for standard output; notes are for people and appear only in a table. */
export function renderData(blocks: readonly Block[], format: Format, columnsMax: number): string {
  return blocks.map((block) => renderBlock(block, format, columnsMax)).join("");
}

/** The sentences among the blocks, for standard error. */
export function notesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === "note" ? [visible(block.text)] : []));
}

function renderBlock(block: Block, format: Format, columnsMax: number): string {
  switch (block.kind) {
    case "note":
      return "";
    case "document":
      return `${JSON.stringify(block.data)}\n`;
    case "record":
      if (format === "json") return json(block.row);
      return Object.entries(block.row)
        .map(([name, value]) => `${name}\t${cellText(value)}\n`)
        .join("");
    case "table":
      if (format === "json") return json(block.rows);
      return format === "tsv" ? tsv(block) : tableText(block, columnsMax);
  }
}

const json = (value: Json) => `${JSON.stringify(value, null, 2)}\n`;

/** Plain columns for other programs: no header, nothing cut. */
function tsv({ fields, rows }: TableBlock): string {
  const shown = fields.filter((field) => field.priority !== undefined);
  return rows.map((row) => `${shown.map((field) => cellText(row[field.name])).join("\t")}\n`).join("");
}
