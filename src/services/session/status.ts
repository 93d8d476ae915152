import type { StoreName } from "../../host/secrets.ts";
import { grantAround, type Seeker, storeOf } from "./access.ts";
import { loadLogin, loadSession, originOf } from "./record.ts";
import { expiryOf, isExpired } from "./token.ts";

/** What is known of a profile's session without asking the platform. */
export interface SessionStatus {
  /** `environment` when variables bring the token, or the password that a token is got with. */
  readonly source: StoreName | "environment" | undefined;
  readonly state: "open" | "expired" | "none";
  readonly username: string | undefined;
  /** When it was opened, ISO 8601. */
  readonly savedAt?: string;
  /** When it ends, epoch milliseconds; unknown for a token that does not say. */
  readonly expiryMs?: number | undefined;
  /** Whether a new session is opened without asking when it ends. */
  readonly renews: boolean;
}

/** A profile's session as it is here. @throws keychain, config, session when it belongs to another origin */
export async function readStatus(seeker: Omit<Seeker, "connect">): Promise<SessionStatus> {
  const { host, profile } = seeker;
  const nowMs = host.clock.nowMs();
  const grant = grantAround(seeker);
  if (grant !== undefined) {
    if (!("token" in grant)) {
      return { source: "environment", state: "open", username: grant.username, renews: true };
    }
    const { token } = grant;
    const state = isExpired(token, nowMs) ? "expired" : "open";
    return { source: "environment", state, username: undefined, expiryMs: expiryOf(token), renews: false };
  }
  const store = storeOf(seeker);
  const origin = originOf(profile.baseUrl);
  const session = await loadSession(store, profile.name, origin);
  const login = profile.remember ? await loadLogin(store, profile.name, origin) : undefined;
  const renews = login !== undefined || profile.credentialCommand !== undefined;
  if (session === undefined)
    return { source: profile.store, state: "none", username: profile.username, renews };
  const { token, username, savedAt } = session;
  const state = isExpired(token, nowMs) ? "expired" : "open";
  return { source: store.name, state, username, savedAt, expiryMs: expiryOf(token), renews };
}
