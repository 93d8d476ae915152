import { join } from "node:path";
import type { Client } from "../../api/client.ts";
import { SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import type { Host } from "../../host/host.ts";
import { withLock } from "../../host/locks.ts";
import type { SecretStore } from "../../host/secrets.ts";
import type { Profile } from "../profiles.ts";
import { commandGrant, environmentGrant, type Grant, variableIn } from "./credentials.ts";
import { logIn, withoutCodes } from "./login.ts";
import { forgetLogin, loadLogin, loadSession, originOf, type Session, saveSession } from "./record.ts";
import { expiryOf, isExpired } from "./token.ts";
import { proveToken } from "./trial.ts";

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

/** What the environment gives, unless the profile was named by a flag. @throws config */
export function grantAround({ host, isExplicit }: Pick<Seeker, "host" | "isExplicit">): Grant | undefined {
  return isExplicit ? undefined : environmentGrant(host.environment);
}

/** Says that a named profile goes before the credentials in the environment, if there are any. */
export function tellUnused({ host, profile, isExplicit, notice }: Omit<Seeker, "connect">): void {
  const variable = variableIn(host.environment);
  if (!isExplicit || variable === undefined) return;
  notice(`${variable} in the environment is not used, since --profile ${profile.name} is given.`);
}

/** Where a profile's session is kept: in memory as long as nobody chose a place by logging in. */
export function storeOf({ host, profile, notice }: Omit<Seeker, "connect">): SecretStore {
  return host.secrets(profile.store ?? "memory", notice);
}

/**
 * Finds a token: from the environment, from the store, or by a login with the kept password or the profile's
 * credential command when the session ended.
 * @throws session, unauthenticated (expired, or refused), otp, keychain, config, locked
 */
export async function openAccess(seeker: Seeker): Promise<Access> {
  const { host, profile } = seeker;
  tellUnused(seeker);
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
  throw session === undefined ? notLoggedIn(seeker) : ended(seeker);
}

async function environmentAccess(seeker: Seeker, grant: Grant): Promise<Access> {
  const { host, profile } = seeker;
  if ("token" in grant) {
    if (!isExpired(grant.token, host.clock.nowMs())) return { token: grant.token, renew: undefined };
    throw new SipnavError("unauthenticated", "The token in the environment has expired.", {
      hint: wayIn(seeker),
    });
  }
  const options = { platformId: profile.platformId, codes: withoutCodes(wayIn(seeker)), signal: host.signal };
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
  const { signal } = host;
  const { name, credentialCommand, platformId } = profile;
  const kept = credentialCommand ? undefined : await loadLogin(store, name, originOf(profile.baseUrl));
  const grant = credentialCommand
    ? await commandGrant(credentialCommand, { signal, notice: seeker.notice })
    : kept;
  if (grant === undefined) throw session === undefined ? notLoggedIn(seeker) : ended(seeker);
  if ("token" in grant) {
    await proveToken(await seeker.connect(grant.token), `of the command ${credentialCommand?.[0]}`, signal);
    return { token: grant.token, username: profile.username ?? session?.username ?? "" };
  }
  try {
    return await logIn(await seeker.connect(), grant, {
      platformId,
      codes: withoutCodes(wayIn(seeker)),
      signal,
    });
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
export function notLoggedIn(seeker: WaySeeker): SipnavError {
  const { name, store } = seeker.profile;
  const why = store === "memory" ? ": a session in memory ends with its command" : "";
  return new SipnavError("session", `You are not logged in (profile ${name})${why}.`, {
    hint: wayIn(seeker),
  });
}

/** Says that a profile's session has ended. */
export function ended(seeker: WaySeeker): SipnavError {
  const message = `The session of profile ${seeker.profile.name} has expired.`;
  return new SipnavError("unauthenticated", message, { hint: wayIn(seeker) });
}

type WaySeeker = Pick<Seeker, "host" | "profile" | "isExplicit">;

/** How to get a session or another one, in words: what every error of exit code 4 says. */
export function wayIn({ host, profile, isExplicit }: WaySeeker): string {
  const { name, store, sandbox } = profile;
  const login = `sipnav login --profile ${name}${store === "memory" ? " --store file" : ""}`;
  const variable = isExplicit ? undefined : variableIn(host.environment);
  if (variable !== undefined) return `Set another ${variable}, or unset it and log in: ${login}`;
  if (sandbox) return `Log in: ${login}`;
  const cron = isExplicit ? `SIPNAV_TOKEN with SIPNAV_PROFILE=${name}` : "SIPNAV_TOKEN";
  return `Log in: ${login} (with --remember it renews itself). In cron, ${cron} does as well.`;
}
