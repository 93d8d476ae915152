import { SipnavError } from "../core/errors.ts";
import { fileError } from "../core/filefaults.ts";
import type { SheetCaps } from "./sheet.ts";

/** What is known of a file-level fault besides its message. */
export interface FaultPlace {
  readonly row?: number;
  readonly column?: string;
  readonly hint?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

/** A file that cannot be read as a sheet: the message names file and line. */
export function sheetError(file: string, message: string, place: FaultPlace = {}): SipnavError {
  const { row, column, ...facts } = place;
  const at = row === undefined ? file : `${file}, line ${row}`;
  const detail = {
    file,
    message,
    ...(row !== undefined && { row }),
    ...(column !== undefined && { column }),
  };
  return new SipnavError("validation", `${at}: ${message}.`, { ...facts, details: [detail] });
}

/** A file that is larger than what is read: the message names the limit. */
export function limitError(
  file: string,
  limit: keyof SheetCaps,
  max: number,
  what: string,
  place: FaultPlace = {},
): SipnavError {
  const message = `${what}; the limit ${limit} is ${max.toLocaleString("en")}`;
  return sheetError(file, message, { ...place, code: limit });
}

/** Whatever came out of a library that was given a file: one of ours as it is, else a file that cannot be read. */
export function unreadable(file: string, cause: unknown, doing = "read"): SipnavError {
  if (cause instanceof SipnavError) return cause;
  if ((cause as NodeJS.ErrnoException).syscall !== undefined) return fileError("usage", doing, file, cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return sheetError(file, `it is damaged or not of its kind (${reason})`, { cause });
}
