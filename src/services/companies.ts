import type { CallOptions, Client } from "../api/client.ts";
import { SipnavError } from "../core/errors.ts";
import type { Zone } from "../core/time.ts";
import { company } from "../domain/company.ts";
import { id, money, text, textOf } from "../domain/kinds.ts";
import { type Field, type Row, readRow } from "../domain/noun.ts";
import { type ListSource, listRows } from "./rows.ts";

/** What a balance answer holds. */
export const balanceFields: readonly Field[] = [
  { name: "customer_id", label: "Company ID", kind: id, priority: 1 },
  { name: "balanceamount", label: "Balance", kind: money, priority: 1 },
  { name: "currency", label: "Currency", kind: text, priority: 1 },
  { name: "credit_limit", label: "Credit limit", kind: money, priority: 2 },
];

/** The names of all companies by id, in one request. */
export async function companyNames(source: ListSource): Promise<ReadonlyMap<string, string>> {
  const selection = { rowsMax: Number.POSITIVE_INFINITY };
  const { rows } = await listRows(source, "listCompanyNames", {}, company, selection);
  return new Map(rows.map((row) => [textOf(row[company.idField]), textOf(row[company.nameField])]));
}

/**
 * A company's balance.
 * @throws not_found; protocol when no amount came, since an unknown balance must not read as zero
 */
export async function fetchBalance(
  client: Client,
  zone: Zone,
  companyId: string,
  options: CallOptions = {},
): Promise<Row> {
  const { data, requestId } = await client.call("getCompanyBalance", { path: { id: companyId } }, options);
  const amount: unknown = data?.balanceamount;
  if (amount !== undefined && amount !== null && amount !== "") {
    return readRow({ fields: balanceFields }, { ...data, customer_id: companyId }, zone);
  }
  throw new SipnavError("protocol", `The platform answered without a balance for company ${companyId}.`, {
    requestId,
  });
}
