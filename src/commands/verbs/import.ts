import { join } from "node:path";
import { SipnavError } from "../../core/errors.ts";
import { unionOf } from "../../domain/columns.ts";
import { choice, file, integer, present, text } from "../../domain/kinds.ts";
import type { Noun } from "../../domain/noun.ts";
import { isReadOnce, setAside } from "../../host/inputs.ts";
import { makeJobFolder, removeFolder } from "../../host/jobfolder.ts";
import type { Outcome } from "../../services/bulk/carry.ts";
import type { ImportOrder } from "../../services/bulk/import.ts";
import type { Inspection } from "../../services/bulk/inspect.ts";
import { inputsFolder, standardInput } from "../../services/bulk/job.ts";
import { modes } from "../../services/bulk/plan.ts";
import type { NounCalls } from "../../services/calls.ts";
import type { Context } from "../context.ts";
import { type Command, defineCommand, type Parameters, type Values } from "../define.ts";
import { carrierOf, endWith, jobPlace, runParameters, startOptions } from "./bulk.ts";
import { columnFields, problemFields, sheetFields, viewInspection } from "./inspect.ts";
import { outcomeFields, viewOutcome } from "./outcome.ts";

const importParameters = {
  file: {
    kind: file,
    summary: "A CSV file or an Excel workbook; - is CSV from standard input",
    positional: true,
  },
  mode: { kind: choice(...modes), summary: "Create, update, or both", default: "upsert" },
  map: {
    kind: text,
    summary: "A field's column, as account_name='Customer account'; nothing after = for none",
    repeats: true,
  },
  mapping: { kind: text, summary: "Use the columns that were saved under this name" },
  saveMapping: { kind: text, summary: "Save the columns under this name" },
  sheet: { kind: text, summary: "The workbook's sheet" },
  headerRow: { kind: integer(1), summary: "The header's line" },
  skipWrong: { kind: present, summary: "Leave wrong rows out, as rejects, and import the others" },
  inspect: {
    kind: present,
    summary: "Show the sheet's columns with the fields they give, and what is wrong; send nothing",
    excludes: ["dryRun", "planOut", "template"],
    reads: true,
  },
  dryRun: { kind: present, summary: "Show the plan and send nothing", reads: true },
  planOut: {
    kind: file,
    summary: "Write the plan to a file and send nothing; `jobs apply` applies it",
    reads: true,
  },
  template: {
    kind: file,
    summary: "Write an empty sheet to fill in, and do nothing else",
    excludes: ["file"],
    reads: true,
  },
  ...runParameters,
} as const satisfies Parameters;

type ImportValues = Values<typeof importParameters>;

/** `<noun> import <file>` */
export function importCommand(calls: NounCalls): Command {
  const { noun } = calls;
  return defineCommand({
    path: [noun.plural, "import"],
    summary: `Create and change ${noun.plural} from a sheet`,
    group: "platform",
    effect: "write",
    session: true,
    parameters: importParameters,
    fields: unionOf(outcomeFields, sheetFields, columnFields, problemFields),
    examples: [
      `sipnav ${noun.plural} import ${noun.plural}.xlsx --inspect`,
      `sipnav ${noun.plural} import ${noun.plural}.xlsx --dry-run`,
      `sipnav ${noun.plural} import ${noun.plural}.csv --map ${noun.nameField}=Name --canary 5`,
      `sipnav ${noun.plural} import --template new-${noun.plural}.xlsx`,
    ],
    async run(context, values): Promise<Outcome | Inspection | { template: string }> {
      if (values.template !== undefined) {
        const { writeImportTemplate } = await import("../../services/bulk/template.ts");
        await writeImportTemplate(values.template, noun);
        return { template: values.template };
      }
      if (values.file === undefined) {
        throw new SipnavError("usage", "No file was given.", {
          details: [{ field: "file", message: "is needed" }],
          hint: `As: sipnav ${noun.plural} import ${noun.plural}.xlsx; --template writes an empty one.`,
        });
      }
      return withFile(context, values.file, async (path) => {
        const order = await orderOf(context, noun, path, values);
        if (values.inspect) return inspect(context, noun, order);
        const { importSheet } = await import("../../services/bulk/import.ts");
        const carrier = await carrierOf(context, calls);
        return endWith(context, await importSheet(carrier, order, startOptions(context, values)));
      });
    },
    view(result) {
      if ("template" in result)
        return [{ kind: "note", text: `${result.template} is written.`, row: result }];
      return "columns" in result ? viewInspection(result, noun) : viewOutcome(result);
    },
  });
}

async function inspect(context: Context, noun: Noun, order: ImportOrder): Promise<Inspection> {
  const { host, face } = context;
  const { inspectSheet } = await import("../../services/bulk/inspect.ts");
  const around = { noun, zone: await context.zone(), signal: host.signal, state: host.folders.state };
  const inspection = await inspectSheet(order, around);
  for (const notice of inspection.notices) face.notice(notice);
  return inspection;
}

/** A sheet is read more than once: what can be read only once is set aside for that. */
async function withFile<T>({ host }: Context, path: string, run: (path: string) => Promise<T>): Promise<T> {
  if (!(await isReadOnce(path))) return run(path);
  const inputs = inputsFolder(host.folders.state);
  const folder = join(inputs, await makeJobFolder(inputs, host.clock.nowMs()));
  try {
    const copy = join(folder, standardInput);
    await setAside(host, path, copy);
    return await run(copy);
  } finally {
    await removeFolder(folder);
  }
}

async function orderOf(
  context: Context,
  noun: Noun,
  path: string,
  values: ImportValues,
): Promise<ImportOrder> {
  const { mode, mapping, saveMapping, sheet, headerRow, skipWrong, dryRun, planOut } = values;
  const map = values.map.map((pair): [string, string] => {
    const [name = "", ...rest] = pair.split("=");
    if (rest.length > 0) return [name, rest.join("=")];
    throw new SipnavError("usage", `--map ${pair}: field=Column is expected.`, {
      hint: `As: --map ${noun.nameField}=Name`,
    });
  });
  return {
    path,
    place: await jobPlace(context),
    mode,
    map: Object.fromEntries(map),
    mapping,
    saveMapping,
    sheet: { ...(sheet !== undefined && { sheet }), ...(headerRow !== undefined && { headerRow }) },
    skipWrong: skipWrong ?? false,
    dryRun: dryRun ?? false,
    planOut,
  };
}
