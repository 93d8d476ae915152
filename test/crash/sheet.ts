import { join } from "node:path";
import { openOutFile } from "../../src/host/outfile.ts";
import { createWriter } from "../../src/sheets/write.ts";

/** An object as the platform's own tables have it. */
export type Row = Readonly<Record<string, unknown>>;

/** A sheet of new accounts among changes to known ones. */
export interface CrashSheet {
  readonly path: string;
  /** Stands in the name and the note of each of its accounts. */
  readonly mark: string;
  /** New accounts. */
  readonly rows: number;
  /** The ids of the accounts that it changes. */
  readonly ids: readonly string[];
}

/** What the platform's tables lack, have twice, or have otherwise than the sheet says. */
export interface Damage {
  readonly lost: string[];
  readonly doubled: string[];
  readonly wrong: string[];
}

const headers = ["account_id", "account_name", "customer_id", "channels_limit", "note"];

const nameOf = (mark: string, n: number) => `${mark} account ${n}`;

/** Writes a sheet in which the changes are spread among the new accounts. */
export async function writeCrashSheet(
  folder: string,
  format: "csv" | "xlsx",
  facts: Omit<CrashSheet, "path">,
): Promise<CrashSheet> {
  const { mark, rows, ids } = facts;
  const path = join(folder, `accounts.${format}`);
  const columns = headers.map((name) => ({ name, label: name, type: "text" as const }));
  const writer = await createWriter(format, await openOutFile(path, false), columns);
  const every = Math.max(1, Math.floor(rows / ids.length));
  for (let n = 0; n < Math.max(rows, ids.length * every); n++) {
    if (n < rows) await writer.write(["", nameOf(mark, n), "2001", String(n % 500), mark]);
    const id = n % every === 0 ? ids[n / every] : undefined;
    if (id !== undefined) await writer.write([id, "", "", String(n / every), mark]);
  }
  await writer.close();
  return { path, ...facts };
}

/** Holds the platform's table of accounts against a sheet that was imported. */
export function compare(table: readonly Row[], { mark, rows, ids }: CrashSheet, damage: Damage): void {
  const byName = groupByName(table);
  for (let n = 0; n < rows; n++) {
    const name = nameOf(mark, n);
    const same = byName.get(name) ?? [];
    if (same.length === 0) damage.lost.push(name);
    if (same.length > 1) damage.doubled.push(name);
    for (const row of same) {
      const isRight =
        row.channels_limit === n % 500 && row.note === mark && String(row.customer_id) === "2001";
      if (!isRight) damage.wrong.push(name);
    }
  }
  const byId = new Map(table.map((row) => [String(row.account_id), row]));
  for (const [n, id] of ids.entries()) {
    const row = byId.get(id);
    if (row?.channels_limit !== n || row.note !== mark) damage.lost.push(`the change of ${id}`);
  }
}

function groupByName(table: readonly Row[]): Map<unknown, Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of table) {
    const same = groups.get(row.account_name);
    if (same === undefined) groups.set(row.account_name, [row]);
    else same.push(row);
  }
  return groups;
}
