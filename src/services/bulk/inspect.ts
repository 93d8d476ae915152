import { limits } from "../../core/limits.ts";
import type { Zone } from "../../core/time.ts";
import type { Field, Noun } from "../../domain/noun.ts";
import { openSheet } from "../../sheets/read.ts";
import type { Sheet } from "../../sheets/sheet.ts";
import type { Problem } from "./cells.ts";
import { findProblems } from "./check.ts";
import { type Column, isReason, knownHeaders, type Mapping, mapColumns } from "./columns.ts";
import type { ImportOrder } from "./import.ts";
import { missingFields } from "./intake.ts";
import { loadMapping } from "./mappings.ts";

/** A column of a sheet: the field it gives, the first of its values, and what is to be said of it. */
export interface SheetColumn {
  readonly header: string;
  readonly field: Field | undefined;
  readonly samples: readonly string[];
  readonly note: string;
}

/** What an import makes of a sheet before it looks at the platform. */
export interface Inspection {
  readonly sheet: Pick<
    Sheet,
    "file" | "format" | "sheetName" | "sheetNames" | "headerLine" | "delimiter" | "encoding"
  >;
  readonly columns: readonly SheetColumn[];
  /** Fields that no column gives, although rows can't be told apart without. */
  readonly missing: readonly Field[];
  /** What is wrong with rows, the first of it; undefined where the columns must be right first. */
  readonly problems: readonly Problem[] | undefined;
  readonly problemsTotal: number;
  readonly rows: number | undefined;
  readonly notices: readonly string[];
}

/**
 * Opens a sheet, finds its columns and everything that is wrong with its rows. Nothing is asked of the platform, and
 * what would keep an import from going on is answered.
 * @throws usage, validation: a file that is no sheet
 */
export async function inspectSheet(
  order: Pick<ImportOrder, "path" | "place" | "map" | "mapping" | "sheet">,
  around: { readonly noun: Noun; readonly zone: Zone; readonly signal: AbortSignal; readonly state: string },
): Promise<Inspection> {
  const { noun, zone, signal, state } = around;
  const place = { state, profile: order.place.profile, noun };
  const saved = order.mapping === undefined ? {} : await loadMapping(place, order.mapping);
  const mapping: Mapping = { ...saved, ...order.map };
  const headers = [...knownHeaders(noun), ...Object.values(mapping)].filter((word) => word !== "");
  const sheet = await openSheet(order.path, { ...order.sheet, knownHeaders: headers });
  try {
    const plan = mapColumns(noun, sheet.headers, mapping);
    const missing = missingFields(noun, plan.columns);
    const samples = await readSamples(sheet);
    const isReady = missing.length === 0 && plan.problems.length === 0;
    const reading = { noun, zone, signal, columns: plan.columns, written: sheet };
    const findings = isReady ? await findProblems(sheet, reading) : undefined;
    const messages = new Map(plan.problems.map(({ column, message }) => [column, message]));
    const strangers = plan.problems.filter(({ column }) => !sheet.headers.includes(column));
    return {
      sheet,
      columns: sheet.headers.map((header, index) => ({
        header,
        field: plan.columns.find((column) => column.index === index)?.field,
        samples: samples[index] ?? [],
        note: messages.get(header) ?? noteOf(header, index, plan.columns),
      })),
      missing,
      problems: findings?.problems,
      problemsTotal: findings?.count ?? plan.problems.length,
      rows: findings?.rows,
      notices: [...sheet.notices, ...strangers.map(({ column, message }) => `${column}: ${message}.`)],
    };
  } finally {
    await sheet.close();
  }
}

function noteOf(header: string, index: number, columns: readonly Column[]): string {
  if (columns.some((column) => column.index === index)) return "";
  return isReason(header) ? "why it was rejected: passed over" : "not used";
}

/** Each column's first values that differ. */
async function readSamples(sheet: Sheet): Promise<string[][]> {
  const samples = sheet.headers.map((): string[] => []);
  let rows = 0;
  for await (const batch of sheet.batches()) {
    for (const { cells } of batch) {
      for (const [index, found] of samples.entries()) {
        const cell = (cells[index] ?? "").trim();
        const isNew = cell !== "" && found.length < limits.sheetSamplesMax && !found.includes(cell);
        if (isNew) found.push(cell);
      }
    }
    rows += batch.length;
    if (rows >= limits.sheetSampleRowsMax) break;
  }
  return samples;
}
