import type { Client } from "../../api/client.ts";
import { SipnavError } from "../../core/errors.ts";

/**
 * Asks the platform whether it takes a client's token, by looking for one account. A user who may not see accounts
 * has a good token, too.
 * @throws unauthenticated when it does not; and whatever keeps a call from coming through
 */
export async function tryToken(client: Client, signal: AbortSignal): Promise<void> {
  try {
    await client.call("listAccounts", { query: { per_page: 1 } }, { signal });
  } catch (error) {
    if (!(error instanceof SipnavError) || error.kind !== "forbidden") throw error;
  }
}

/** The same for a token that is about to be kept. @throws as `tryToken`, in other words when it is refused */
export async function proveToken(client: Client, from: string, signal: AbortSignal): Promise<void> {
  try {
    await tryToken(client, signal);
  } catch (error) {
    if (!(error instanceof SipnavError) || error.kind !== "unauthenticated") throw error;
    throw new SipnavError("unauthenticated", `The platform refused the token ${from}: it is not kept.`, {
      ...error.facts,
      hint: "Check that it is whole, has not expired, and is for this platform.",
    });
  }
}
