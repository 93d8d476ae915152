import type { CallOptions, Client } from "../api/client.ts";
import { SipnavError } from "../core/errors.ts";
import { type Json, textOf } from "../domain/kinds.ts";
import type { Row } from "../domain/noun.ts";

/** The last ten digits: a North American number with or without its 1. */
const national = (number: string) => number.slice(-10);

/**
 * Everything the platform says of a number, and whether it was ported: an unported number may return itself, so
 * `ported` is `lrn ≠ number`; null when no LRN came.
 * @throws protocol when it says neither something nor nothing
 */
export async function lookUp(client: Client, number: string, options: CallOptions = {}): Promise<Row> {
  const { data, requestId } = await client.call("lookupLrn", { path: { number } }, options);
  const facts: Json = (data as Json | undefined) ?? {};
  if (typeof facts !== "object" || (Array.isArray(facts) && facts.length > 0)) {
    throw new SipnavError("protocol", `The platform's answer about ${number} can't be read.`, {
      hint: `Look at it with: sipnav api GET /api/lrnlookup/${number}`,
      requestId,
    });
  }
  const { lrn, ...rest } = { ...(facts as Readonly<Record<string, Json>>) };
  const found = textOf(lrn);
  return { number, lrn: found || null, ported: found ? national(found) !== national(number) : null, ...rest };
}
