import { extname } from "node:path";
import { type Command, defineCommand } from "../commands/define.ts";
import { SipnavError } from "../core/errors.ts";
import { guardFormula } from "../core/text.ts";
import { file, type Json, present, textOf } from "../domain/kinds.ts";
import { writeOutFile } from "../host/outfile.ts";
import type { TableBlock } from "../view/blocks.ts";
import { csvText } from "../view/csv.ts";

/** A command that writes rows which are loaded already. */
export const exportRows = ({ fields, rows }: TableBlock): Command =>
  defineCommand({
    path: ["rows", "export"],
    summary: "Write the rows on the screen to a file, named .csv or .json",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {
      out: { kind: file, summary: "The file, whose name says the form", required: true },
      force: { kind: present, summary: "Replace it if it is there" },
    },
    examples: [],
    async run(_, { out, force = false }) {
      const form = extname(out).toLowerCase();
      if (form !== ".csv" && form !== ".json") {
        throw new SipnavError("usage", `The name ${out} says no form.`, {
          details: [{ field: "--out", message: "must end in .csv or .json" }],
        });
      }
      const pick = (row: TableBlock["rows"][number]) =>
        Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null]));
      const text =
        form === ".csv" ? csvText(fields, rows, guarded) : `${JSON.stringify(rows.map(pick), null, 2)}\n`;
      await writeOutFile(out, text, force);
      return `Wrote ${rows.length} rows to ${out}.`;
    },
    view: (said) => [{ kind: "note", text: said }],
  });

/** A value as a spreadsheet shows it, and never runs it. */
const guarded = (value: Json | undefined) => guardFormula(textOf(value));
