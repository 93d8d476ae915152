import { join } from "node:path";
import type { Client } from "../../api/client.ts";
import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import type { Host } from "../../host/host.ts";
import { withLock } from "../../host/locks.ts";
import type { SecretStore } from "../../host/secrets.ts";
import type { Profile } from "../profiles.ts";
import { commandGrant, environmentGrant, type Grant } from "./credentials.ts";
import { logIn, noCodes } from "./login.ts";
import { forgetLogin, loadLogin, loadSession, originOf, type Session, saveSession } from "./record.ts";
import { expiryOf, isExpired } from "./token.ts";

/** Whose session is wanted, and how the platform is reached without one. */
export interface Seeker {
  readonly host: Host;
  readonly profile: Profile;
  /** Whether the profile was named by a flag: it then beats credentials in the environment. */
  readonly isExplicit: boolean;
  /** A client that carries this token, or none. */
  connect(token?: string): Promise<Client>;
  notice(text: string): void;
}

/** A token for calls, and the way to a new one where there is a way. */
export interface Access {
  readonly token: string;
  readonly renew: (() => Promise<string>) | undefined;
}

/** When a session ends that nothing renews, epoch milliseconds; undefined when its token does not say. */
export function endOf({ token, renew }: Access): number | undefined {
  return renew === undefined ? expiryOf(token) : undefined;
}

/** What the environment gives, unless the profile was named by a flag. */
export function grantAround({ host, isExplicit }: Pick<Seeker, "host" | "isExplicit">): Grant | undefined {
  return isExplicit ? undefined : environmentGrant(host.environment);
}

/** Where a profile's session is kept: in memory as long as nobody chose a place by logging in. */
export function storeOf({ host, profile }: Pick<Seeker, "host" | "profile">): SecretStore {
  return host.secrets(profile.store ?? "memory");
}

/**
 * Finds a token: from the environment, from the store, or by a login with the kept password or the profile's
 * credential command when the session ended.
 * @throws session, unauthenticated (expired, or refused), otp, keychain, config, locked
 */
export async function openAccess(seeker: Seeker): Promise<Access> {
  const { host, profile, isExplicit } = seeker;
  if (isExplicit && environmentGrant(host.environment)) {
    seeker.notice(
      `The credentials in the environment are not used, since --profile ${profile.name} is given.`,
    );
  }
  const grant = grantAround(seeker);
  if (grant !== undefined) return environmentAccess(seeker, grant);
  const session = await loadSession(storeOf(seeker), profile.name, originOf(profile.baseUrl));
  const renewable = profile.remember || profile.credentialCommand !== undefined;
  let token = session?.token;
  const renew = async () => {
    token = await renewSession(seeker, token);
    return token;
  };
  if (token !== undefined && !isExpired(token, host.clock.nowMs())) {
    return { token, renew: renewable ? renew : undefined };
  }
  if (renewable) return { token: await renew(), renew };
  throw session === undefined ? notLoggedIn(profile.name) : ended(profile.name);
}

async function environmentAccess(seeker: Seeker, grant: Grant): Promise<Access> {
  const { host, profile } = seeker;
  if ("token" in grant) {
    if (!isExpired(grant.token, host.clock.nowMs())) return { token: grant.token, renew: undefined };
    throw new SipnavError("unauthenticated", "The token in the environment has expired.", {
      hint: "Set a new SIPNAV_TOKEN, or unset it and log in.",
    });
  }
  const options = { platformId: profile.platformId, codes: noCodes, signal: host.signal };
  const renew = async () => (await logIn(await seeker.connect(), grant, options)).token;
  return { token: await renew(), renew };
}

/**
 * A new token in place of one that ended or was refused. Under a lock, so that of many processes one logs in and
 * the others take what it got.
 */
async function renewSession(seeker: Seeker, refused: string | undefined): Promise<string> {
  const { host, profile } = seeker;
  const store = storeOf(seeker);
  const origin = originOf(profile.baseUrl);
  const renewal = async () => {
    const session = await loadSession(store, profile.name, origin);
    if (session && session.token !== refused && !isExpired(session.token, host.clock.nowMs()))
      return session.token;
    const opened = await logInAgain(seeker, store, session);
    const savedAt = new Date(host.clock.nowMs()).toISOString();
    await saveSession(store, profile.name, { ...opened, origin, savedAt });
    return opened.token;
  };
  const lock = join(host.folders.state, "locks", `session-${profile.name}`);
  return withLock(lock, renewal, limits.totalTimeoutMs);
}

async function logInAgain(
  seeker: Seeker,
  store: SecretStore,
  session: Session | undefined,
): Promise<{ token: string; username: string }> {
  const { host, profile } = seeker;
  const { name, credentialCommand, platformId } = profile;
  const kept = credentialCommand ? undefined : await loadLogin(store, name, originOf(profile.baseUrl));
  const grant = credentialCommand ? await commandGrant(credentialCommand, host.signal) : kept;
  if (grant === undefined) throw session === undefined ? notLoggedIn(name) : ended(name);
  if ("token" in grant) return { token: grant.token, username: profile.username ?? session?.username ?? "" };
  try {
    return await logIn(await seeker.connect(), grant, { platformId, codes: noCodes, signal: host.signal });
  } catch (error) {
    // A refused password tried again by every cron job would lock the user out.
    if (kept && error instanceof SipnavError && error.kind === "unauthenticated") {
      await forgetLogin(store, name);
      seeker.notice("The kept password was refused and is forgotten.");
    }
    throw error;
  }
}

/** Says that a profile has no session. */
export function notLoggedIn(profile: string): SipnavError {
  return new SipnavError("session", `You are not logged in (profile ${profile}).`, {
    hint: `Log in: sipnav login${profile === "default" ? "" : ` --profile ${profile}`}`,
  });
}

/** Says that a profile's session has ended. */
export function ended(profile: string): SipnavError {
  return new SipnavError("unauthenticated", `The session of profile ${profile} has expired.`, {
    hint: "Log in again: sipnav login; with --remember it renews itself.",
  });
}
