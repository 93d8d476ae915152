import { utc } from "../core/time.ts";
import type { Field, Row } from "../domain/noun.ts";
import { openOutFile } from "../host/outfile.ts";
import { openDocument } from "../services/export/document.ts";

/**
 * Writes rows to an Excel workbook of one sheet, for faces: they know neither sheets nor services.
 * @throws usage and truncated for a file that can't be written
 */
export async function writeWorkbook(
  path: string,
  force: boolean,
  fields: readonly Field[],
  rows: readonly Row[],
): Promise<void> {
  const place = await openOutFile(path, force);
  try {
    const document = await openDocument({ format: "xlsx", fields, zone: utc }, rows, place);
    for (const row of rows) await document.write(row);
    await document.close();
  } catch (thrown) {
    await place.abandon();
    throw thrown;
  }
}
