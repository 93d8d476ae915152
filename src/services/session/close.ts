import { SipnavError } from "../../core/errors.ts";
import { type Seeker, storeOf } from "./access.ts";
import { forgetSession, loadSession, originOf } from "./record.ts";
import { isExpired } from "./token.ts";

/** What became of a session that was ended. */
export interface Closing {
  /** Whether there was one. */
  readonly wasOpen: boolean;
  /** Why the platform may still take its token. */
  readonly unrevoked: string | undefined;
}

/**
 * Ends a profile's session: the platform is asked to revoke the token, and whatever it answers, the session and
 * the kept password are forgotten here.
 * @throws keychain, config
 */
export async function closeSession(seeker: Seeker): Promise<Closing> {
  const { host, profile } = seeker;
  const store = storeOf(seeker);
  const session = await loadSession(store, profile.name, originOf(profile.baseUrl)).catch(notOurs);
  const isLive = session !== undefined && !isExpired(session.token, host.clock.nowMs());
  const unrevoked = isLive ? await revoke(seeker, session.token) : undefined;
  await forgetSession(store, profile.name);
  return { wasOpen: session !== undefined, unrevoked };
}

/** A session of another origin is forgotten like any other, but its token is sent nowhere. */
function notOurs(error: unknown): undefined {
  if (error instanceof SipnavError && error.kind === "session") return undefined;
  throw error;
}

async function revoke({ host, connect }: Seeker, token: string): Promise<string | undefined> {
  try {
    const client = await connect(token);
    await client.call("logout", {}, { signal: host.signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof SipnavError)) throw error;
    return error.kind === "unauthenticated" ? undefined : error.message;
  }
}
