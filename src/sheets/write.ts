import type { Writable } from "node:stream";
import { SipnavError } from "../core/errors.ts";
import type { RowFormat } from "../domain/formats.ts";
import type { Column, RowWriter, WriteOptions } from "./document.ts";
import { openSink } from "./sink.ts";
import { openTextWriter } from "./textwriter.ts";

/**
 * Opens a document for rows. Nothing half-written ever has the final name.
 * @throws usage when the file is there already, or can't be written
 */
export async function createWriter(
  format: RowFormat,
  target: string | Writable,
  columns: readonly Column[],
  options: WriteOptions = {},
): Promise<RowWriter> {
  if (columns.length === 0) throw new SipnavError("bug", "A document needs a column.");
  const open = format === "xlsx" ? (await import("./xlsxwriter.ts")).openXlsxWriter : openTextWriter(format);
  return open(await openSink(target, options), columns, options);
}
