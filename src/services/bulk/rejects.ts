import type { Json } from "../../domain/kinds.ts";
import type { Row } from "../../domain/noun.ts";
import { openOutFile } from "../../host/outfile.ts";
import { createWriter } from "../../sheets/write.ts";
import { isReason, rejectHeaders } from "./columns.ts";
import type { Job, JobFiles } from "./job.ts";
import { type RowState, readMisses } from "./report.ts";

/** The headers of a job's rejects: the sheet's own, then why. */
export const rejectColumns = ({ headers }: Job): readonly string[] => [
  ...headers.filter((header) => !isReason(header)),
  ...rejectHeaders,
];

/** A job's rejected rows, cell by cell as in `rejectColumns`. */
async function* rejectedCells(files: JobFiles, { headers }: Job): AsyncGenerator<readonly string[]> {
  const kept = headers.flatMap((header, index) => (isReason(header) ? [] : [index]));
  for await (const { row, state } of readMisses(files)) {
    yield [...kept.map((index) => row.cells[index] ?? ""), ...reasonOf(state)];
  }
}

const reasonOf = ({ step, code, message }: RowState) => [
  (step === "unknown" ? step : code) ?? "",
  message ?? "",
];

/** The rejected rows as rows with the sheet's headers for names. */
export async function rejectedRows(files: JobFiles, job: Job): Promise<Row[]> {
  const names = rejectColumns(job);
  const rows: Row[] = [];
  for await (const cells of rejectedCells(files, job)) {
    rows.push(Object.fromEntries(names.map((name, index): [string, Json] => [name, cells[index] ?? ""])));
  }
  return rows;
}

/**
 * Writes the rejected rows as a sheet that can be imported as it is.
 * @returns their number
 * @throws usage when the file is there already, or can't be written
 */
export async function writeRejects(path: string, files: JobFiles, job: Job): Promise<number> {
  const columns = rejectColumns(job).map((name) => ({ name, label: name, type: "text" as const }));
  const said = /\.(csv|xlsx)$/i.exec(path)?.[1]?.toLowerCase() as "csv" | "xlsx" | undefined;
  const place = await openOutFile(path, false);
  const writer = await createWriter(said ?? job.source.format, place, columns, {
    // Whoever mends it may do so in Excel, which takes text without a mark for an old encoding.
    bom: true,
    delimiter: job.source.delimiter,
  });
  try {
    for await (const cells of rejectedCells(files, job)) await writer.write(cells);
  } catch (thrown) {
    await writer.abort();
    throw thrown;
  }
  return (await writer.close()).rows;
}
