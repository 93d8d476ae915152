import { extname } from "node:path";
import { SipnavError } from "../../core/errors.ts";
import { createMeter } from "../../core/progress.ts";
import { catalogFields, catalogOfFields } from "../../domain/columns.ts";
import { type RowFormat, rowFormats } from "../../domain/formats.ts";
import { choice, fieldNames, file, integer, present } from "../../domain/kinds.ts";
import type { Field } from "../../domain/noun.ts";
import { checkOutFile, type OutFile, openOutFile, writeOutFile } from "../../host/outfile.ts";
import type { NounCalls } from "../../services/calls.ts";
import type { ExportOrder } from "../../services/export.ts";
import type { Block } from "../../view/blocks.ts";
import type { Context } from "../context.ts";
import { type Command, defineCommand, type Parameters, type Values } from "../define.ts";
import {
  type Filters,
  listParameters,
  listSource,
  perPage,
  queryOf,
  type Shape,
  selectionOf,
} from "./list.ts";

/** What every export can be given. Some of it other commands have too, but here it decides what is done. */
const exportParameters = {
  where: listParameters.where,
  sort: { ...listParameters.sort, summary: `${listParameters.sort.summary}; takes memory for all rows` },
  limit: { kind: integer(1), summary: "Rows at the most; without it every row" },
  out: { kind: file, summary: "The file, whose name says the form; - is standard output", default: "-" },
  output: { kind: choice(...rowFormats), summary: "The form, whatever the name says", letter: "o" },
  json: { kind: present, summary: "The same as -o json", excludes: ["output"] },
  fields: { kind: fieldNames, summary: "Export these fields only, as id,name; help lists them" },
  force: { kind: present, summary: "Replace the file that --out names" },
  manifest: {
    kind: present,
    summary: "Write FILE.manifest.json too: what the file holds, and if that is all",
  },
  noGuard: { kind: present, summary: "In CSV, leave as they are what a spreadsheet takes for formulas" },
} as const satisfies Parameters;

type ExportValues = Values<typeof exportParameters>;

/** The list that an export takes. */
interface ExportSource {
  readonly operation: NounCalls["list"];
  readonly shape: Shape;
  /** The platform's filters. */
  readonly query: object;
}

/** A part of the document for standard output, or the fields there are; nothing when all is in a file. */
type ExportResult = { readonly part: string } | { readonly catalog: readonly Field[] } | undefined;

/** The export of a noun's list. */
export function exportCommand({ noun, list }: NounCalls, filters: Filters): Command {
  return exportCommandOf(noun, filters, noun.fields, (values) => ({
    operation: list,
    shape: noun,
    query: queryOf(filters, values),
  }));
}

/**
 * `<noun> export`
 * @param parameters what decides which rows there are
 * @param fields those that the rows may have
 * @param sourceOf the list that their values stand for
 */
export function exportCommandOf(
  { plural }: NounCalls["noun"],
  parameters: Parameters,
  fields: readonly Field[],
  sourceOf: (values: Readonly<Record<string, unknown>>) => ExportSource,
): Command {
  return defineCommand({
    path: [plural, "export"],
    summary: `Write all ${plural} to a CSV, Excel or JSON file`,
    group: "platform",
    effect: "read",
    session: true,
    parameters: { ...parameters, ...exportParameters },
    fields,
    examples: [
      `sipnav ${plural} export --out ${plural}.xlsx`,
      `sipnav ${plural} export --out ${plural}.csv --manifest --force`,
      `sipnav ${plural} export -o ndjson`,
    ],
    async run(context, values): Promise<ExportResult> {
      const source = sourceOf(values);
      if (values.fields === "help") return { catalog: source.shape.fields };
      return runExport(context, plural, source, values);
    },
    view(result): readonly Block[] {
      if (result === undefined) return [];
      if ("part" in result) return [{ kind: "raw", text: result.part }];
      return [
        { kind: "table", fields: catalogFields, rows: catalogOfFields(result.catalog), idField: "name" },
      ];
    },
  });
}

/** @throws truncated when the document is written and rows are missing in it */
async function runExport(
  context: Context,
  plural: string,
  source: ExportSource,
  values: ExportValues,
): Promise<undefined> {
  const { host, face } = context;
  if (face.onBody !== undefined) {
    throw new SipnavError("usage", "--raw has no place in an export.", {
      hint: "The platform's own rows: sipnav api GET <path> --paginate",
    });
  }
  const { out, force = false, manifest } = values;
  const isFile = out !== "-";
  const order = await orderOf(context, plural, source, values);
  const manifestPath = `${out}.manifest.json`;
  if (manifest) await checkOutFile(manifestPath, force);
  const { exportList } = await import("../../services/export.ts");
  const startedMs = host.clock.nowMs();
  const place = isFile ? await openOutFile(out, force) : standardOutput(context);
  const exported = await exportList(await listSource(context), order, place, {
    name: isFile ? out : undefined,
    onProgress: createMeter((progress) => face.progress?.(progress), host.clock),
  });
  if (manifest) {
    const { manifestText } = await import("../../services/export/manifest.ts");
    const { where, sort, limit, fields } = values;
    const query = { ...source.query, where, sort, limit, fields };
    const profile = await context.profile();
    const facts = { path: out, order, query, profile, startedMs, finishedMs: host.clock.nowMs() };
    await writeOutFile(manifestPath, manifestText(facts, exported), force);
  }
  const { rows, sha256, complete, notices } = exported;
  if (isFile) face.notice(`Wrote ${rows} rows to ${out}, sha256 ${sha256}.`);
  if (complete) return;
  const message = `${isFile ? out : "The export"} is not complete: rows or fields are missing.`;
  throw new SipnavError("truncated", message, { details: notices.map((notice) => ({ message: notice })) });
}

async function orderOf(
  context: Context,
  sheetName: string,
  { operation, shape, query }: ExportSource,
  values: ExportValues,
): Promise<ExportOrder> {
  const { limit, fields: names } = values;
  const format = formatOf(values);
  if (names !== undefined) (await import("../../domain/query.ts")).pickFields(shape.fields, names);
  const list = { ...values, limit: limit ?? 0, all: limit === undefined };
  return {
    call: { operation, input: { query: { per_page: perPage(list), ...query } }, shape },
    selection: await selectionOf(context, shape, list),
    form: { format, names, options: { sheetName, formulaGuard: format === "csv" && !values.noGuard } },
  };
}

/** @throws usage for what says no form, and for a workbook or a manifest without a file */
function formatOf({ out, output, json, manifest }: ExportValues): RowFormat {
  const named = rowFormats.find((format) => extname(out).toLowerCase() === `.${format}`);
  const format = output ?? (json ? "json" : (named ?? (out === "-" ? "csv" : undefined)));
  if (format === undefined) {
    throw new SipnavError("usage", `The name ${out} says no form.`, {
      hint: `End it in .${rowFormats.join(", .")}, or give -o ${rowFormats.join("|")}.`,
    });
  }
  if (out === "-" && (format === "xlsx" || manifest)) {
    const what = manifest ? "A manifest stands beside a file" : "A workbook is no text";
    throw new SipnavError("usage", `${what}.`, { hint: "Give --out FILE." });
  }
  return format;
}

/** Standard output is the face's: it gets the document part by part. */
const standardOutput = ({ face }: Context): OutFile => ({
  write: (content) => face.emit({ part: Buffer.from(content).toString() }),
  finish: async () => undefined,
  abandon: async () => undefined,
});
