import { SipnavError } from "../../core/errors.ts";
import type { Field, Noun } from "../../domain/noun.ts";
import { openSheet } from "../../sheets/read.ts";
import type { Sheet, SheetOptions } from "../../sheets/sheet.ts";
import { type Reading, readCells } from "./cells.ts";
import { type Column, knownHeaders, type Mapping, mapColumns, refuseColumns } from "./columns.ts";
import type { Existing } from "./existing.ts";
import { keyReader } from "./keys.ts";
import { createPlanner, type Mode } from "./plan.ts";
import type { TakeRow } from "./prepare.ts";

/** A sheet whose columns are known. */
export interface Intake {
  readonly sheet: Sheet;
  readonly reading: Reading;
  /** The lines that are left out, and why. */
  readonly wrong: ReadonlyMap<number, string>;
}

/**
 * Opens a sheet and finds its columns.
 * @throws usage, validation: a file that is no sheet, columns that are missing or stand for one field
 */
export async function openIntake(
  path: string,
  { mapping, ...reading }: Pick<Reading, "noun" | "zone" | "signal"> & { readonly mapping: Mapping },
  options: SheetOptions,
  notice: (text: string) => void,
): Promise<Intake> {
  const { noun } = reading;
  const sheet = await openSheet(path, {
    ...options,
    knownHeaders: [...knownHeaders(noun), ...Object.values(mapping)].filter((word) => word !== ""),
  });
  const { columns, notices, problems } = mapColumns(noun, sheet.headers, mapping);
  for (const text of [...sheet.notices, ...notices]) notice(text);
  refuseColumns(problems);
  requireColumns(noun, columns, sheet);
  const wrong = new Map<number, string>();
  return { sheet, reading: { ...reading, columns, written: sheet }, wrong };
}

/** The fields without a column that rows can't be told apart without: the natural key, where there is no id. */
export function missingFields(noun: Noun, columns: readonly Column[]): readonly Field[] {
  const has = (name: string) => columns.some(({ field }) => field.name === name);
  return has(noun.idField) ? [] : noun.fields.filter(({ name, required }) => required && !has(name));
}

function requireColumns(noun: Noun, columns: readonly Column[], { file, headers }: Sheet): void {
  const names = missingFields(noun, columns).map(({ name }) => name);
  if (names.length === 0) return;
  throw new SipnavError("validation", `${file} has no column for ${names.join(" and ")}.`, {
    details: names.map((name) => ({ file, field: name, message: "no column was found" })),
    hint: `Its columns: ${headers.join(", ")}. Say which it is: ${names.map((name) => `--map ${name}=COLUMN`).join(" ")}`,
  });
}

/** Says that a sheet is not the one that was checked. */
export const changedSheet = ({ file }: Sheet): SipnavError =>
  new SipnavError("conflict", `${file} was changed while it was read; nothing was sent.`);

/** Compares every row of a checked sheet with the platform, and hands on what becomes of it. */
export async function planSheet(
  { sheet, reading, wrong }: Intake,
  existing: Existing,
  mode: Mode,
  take: TakeRow,
): Promise<void> {
  const { noun, zone, signal } = reading;
  const keyOf = keyReader(noun, zone);
  const plan = createPlanner(noun, zone, existing, mode);
  const changed = () => {
    throw changedSheet(sheet);
  };
  for await (const batch of sheet.batches()) {
    signal.throwIfAborted();
    for (const row of batch) {
      const reason = wrong.get(row.line);
      const wanted = readCells(reading, row, reason === undefined ? changed : () => undefined);
      const planned = plan({ ...wanted, key: keyOf(wanted.fields) ?? "", wrong: reason }, row.cells);
      const busy = take(planned);
      if (busy !== undefined) await busy;
    }
  }
}
