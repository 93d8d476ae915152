import { escapeHidden, visible } from "../core/text.ts";
import { allFields } from "../domain/columns.ts";
import { type Json, textOf } from "../domain/kinds.ts";
import type { Block, DataBlock } from "./blocks.ts";
import { csvText } from "./csv.ts";
import { isData, rowsOf, wholeRows } from "./fields.ts";
import type { TextFormat } from "./formats.ts";
import { bareText, cellText, type Emphasis, recordText, tableFields, tableText } from "./text.ts";

/** What a result is printed on. */
export interface Surface {
  readonly isTerminal: boolean;
  /** Terminal columns that a table may take. */
  readonly columnsMax: number;
  /** Whether headings may be bold. */
  readonly colour: boolean;
}

/**
 * A result as text for standard output; notes are for people and have no place in it.
 * - table: a record is lines of label and value. tsv: no header, the table's fields, a record as name and value.
 *   In both, and in ids, a line is a row: controls of any sort stand as visible signs.
 * - csv, json, ndjson, yaml: all fields, and exactly what the platform said. JSON and YAML write as escapes whatever
 *   a terminal would obey. CSV cannot, so it is exact in a file or a pipe, and made visible on a terminal.
 * - Several results in one document are a list of them, or parts of lines with an empty line between.
 */
export async function renderData(
  blocks: readonly Block[],
  format: TextFormat,
  surface: Surface,
): Promise<string> {
  const parts: string[] = [];
  const data = blocks.filter(isData);
  for (const block of blocks) {
    if (block.kind === "document" && block.text !== undefined && format === "table") {
      parts.push(`${visibleLines(block.text)}\n`);
    } else if (block.kind === "document") parts.push(`${escapeHidden(JSON.stringify(block.data))}\n`);
    else if (block.kind === "raw") parts.push(surface.isTerminal ? visibleLines(block.text) : block.text);
    else if (block === data[0]) parts.push(await renderBlocks(data, format, surface));
  }
  return parts.join("");
}

/** The sentences among the blocks, for standard error. */
export function notesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === "note" ? [visible(block.text)] : []));
}

async function renderBlocks(
  blocks: readonly DataBlock[],
  format: TextFormat,
  surface: Surface,
): Promise<string> {
  switch (format) {
    case "table": {
      const emphasis = surface.colour ? await boldText() : (text: string) => text;
      return blocks.map((block) => personText(block, surface.columnsMax, emphasis)).join("\n");
    }
    case "tsv":
      return blocks
        .map(tsvText)
        .filter((text) => text !== "")
        .join("\n");
    case "csv": {
      const cell = surface.isTerminal ? cellText : textOf;
      const parts = blocks.map((block) =>
        csvText(allFields(block.fields, rowsOf(block)), rowsOf(block), cell),
      );
      return parts.join("\n");
    }
    case "json":
      return `${escapeHidden(JSON.stringify(documentOf(blocks), null, 2))}\n`;
    case "ndjson": {
      const rows = blocks.flatMap((block) => wholeRows(block.fields, rowsOf(block)));
      return rows.map((row) => `${escapeHidden(JSON.stringify(row))}\n`).join("");
    }
    case "yaml": {
      const { yamlText } = await import("./yaml.ts");
      return yamlText(documentOf(blocks));
    }
    case "ids":
      return blocks
        .flatMap(idsOf)
        .map((id) => `${id}\n`)
        .join("");
  }
}

function documentOf(blocks: readonly DataBlock[]): Json {
  const values = blocks.map((block): Json => {
    const rows = wholeRows(block.fields, rowsOf(block));
    return block.kind === "table" ? rows : (rows[0] ?? null);
  });
  return values.length === 1 ? (values[0] ?? null) : values;
}

const personText = (block: DataBlock, columnsMax: number, emphasis: Emphasis) =>
  block.kind === "table" ? tableText(block, columnsMax, emphasis) : recordText(block, emphasis);

function tsvText(block: DataBlock): string {
  if (block.kind === "record" && block.bare) return bareText(block);
  const lines =
    block.kind === "table"
      ? block.rows.map((row) => tableFields(block.fields).map(({ name }) => cellText(row[name])))
      : allFields(block.fields, [block.row]).map(({ name }) => [cellText(name), cellText(block.row[name])]);
  return lines.map((cells) => `${cells.join("\t")}\n`).join("");
}

function idsOf(block: DataBlock): string[] {
  const { idField } = block;
  return idField === undefined ? [] : rowsOf(block).map((row) => cellText(row[idField]));
}

const visibleLines = (text: string) => text.split("\n").map(visible).join("\n");

async function boldText(): Promise<Emphasis> {
  const { Chalk } = await import("chalk");
  return new Chalk({ level: 1 }).bold;
}
