import type { CallOptions, Client } from "../api/client.ts";
import type { Json } from "../domain/kinds.ts";
import type { Row } from "../domain/noun.ts";

/** The last ten digits: a North American number with or without its 1. */
const national = (number: string) => number.slice(-10);

/**
 * Everything the platform says of a number, and whether it was ported: an unported number may return itself, so
 * `ported` is `lrn ≠ number`; null when no LRN came.
 */
export async function lookUp(client: Client, number: string, options: CallOptions = {}): Promise<Row> {
  const { data } = await client.call("lookupLrn", { path: { number } }, options);
  const { lrn, ...rest } = { ...(data as Readonly<Record<string, Json>> | undefined) };
  const ported = typeof lrn === "string" && lrn !== "" ? national(lrn) !== national(number) : null;
  return { number, lrn: lrn ?? null, ported, ...rest };
}
