import { SipnavError } from "../core/errors.ts";
import type { RowFormat } from "../domain/formats.ts";
import type { Column, RowWriter, WriteOptions } from "./document.ts";
import { openSink, type Place } from "./sink.ts";
import { openTextWriter } from "./textwriter.ts";

/**
 * Opens a document for rows, which finishes its place when it is closed, and abandons it when it fails.
 */
export async function createWriter(
  format: RowFormat,
  place: Place,
  columns: readonly Column[],
  options: WriteOptions = {},
): Promise<RowWriter> {
  if (columns.length === 0) throw new SipnavError("bug", "A document needs a column.");
  const open = format === "xlsx" ? (await import("./xlsxwriter.ts")).openXlsxWriter : openTextWriter(format);
  return open(openSink(place), columns, options);
}
