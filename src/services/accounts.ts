import type { Client } from "../api/client.ts";
import type { Zone } from "../core/time.ts";
import { account } from "../domain/account.ts";
import { type Row, readRow } from "../domain/noun.ts";

/** Rows of a list, and whether there are more than were asked for. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly cut: boolean;
}

/** Accounts, in the platform's order, up to a number of rows. */
export async function listAccounts(
  client: Client,
  zone: Zone,
  { companyId, rowsMax, signal }: { companyId?: string | undefined; rowsMax: number; signal: AbortSignal },
): Promise<Rows> {
  const rows: Row[] = [];
  const query = companyId === undefined ? {} : { company_id: companyId };
  for await (const row of client.rows("listAccounts", { query }, { signal })) {
    if (rows.length === rowsMax) return { rows, cut: true };
    rows.push(readRow(account, row, zone));
  }
  return { rows, cut: false };
}
