import { SipnavError } from "../../core/errors.ts";
import type { SecretStore } from "../../host/secrets.ts";

/** A token and what it is good for. */
export interface Session {
  readonly token: string;
  /** Scheme, host and port of the platform: the token goes nowhere else. */
  readonly origin: string;
  readonly username: string;
  /** When it was opened, ISO 8601. */
  readonly savedAt: string;
}

/** A password that is kept so that a session can renew itself; bound to its origin as the token is. */
export interface RememberedLogin {
  readonly origin: string;
  readonly username: string;
  readonly password: string;
}

/** Scheme, host and port of a base URL. */
export const originOf = (baseUrl: string): string => new URL(baseUrl).origin;

const sessionKey = (profile: string) => `session:${profile}`;
const loginKey = (profile: string) => `login:${profile}`;

/** Keeps a profile's session. */
export async function saveSession(store: SecretStore, profile: string, session: Session): Promise<void> {
  await store.set(sessionKey(profile), JSON.stringify(session));
}

/**
 * A profile's session, if it was opened at this origin; undefined when there is none.
 * @throws session when it belongs to another origin
 */
export async function loadSession(
  store: SecretStore,
  profile: string,
  origin: string,
): Promise<Session | undefined> {
  const session = readRecord(await store.get(sessionKey(profile)), [
    "token",
    "origin",
    "username",
    "savedAt",
  ]);
  if (session === undefined || session.origin === origin) return session;
  const message = `The session of profile ${profile} belongs to ${session.origin}, not to ${origin}.`;
  throw new SipnavError("session", message, { hint: `Log in there: sipnav login --profile ${profile}` });
}

/** Keeps a profile's password. */
export async function saveLogin(store: SecretStore, profile: string, login: RememberedLogin): Promise<void> {
  await store.set(loginKey(profile), JSON.stringify(login));
}

/** A profile's kept password, if it is for this origin. */
export async function loadLogin(
  store: SecretStore,
  profile: string,
  origin: string,
): Promise<RememberedLogin | undefined> {
  const login = readRecord(await store.get(loginKey(profile)), ["origin", "username", "password"]);
  return login?.origin === origin ? login : undefined;
}

/** Forgets a profile's password. */
export const forgetLogin = (store: SecretStore, profile: string): Promise<void> =>
  store.delete(loginKey(profile));

/** Forgets a profile's session and password. */
export async function forgetSession(store: SecretStore, profile: string): Promise<void> {
  await store.delete(sessionKey(profile));
  await forgetLogin(store, profile);
}

/** A kept record, if every field is there; a broken one counts as none, and the next login replaces it. */
function readRecord<const N extends string>(
  text: string | undefined,
  names: readonly N[],
): Record<N, string> | undefined {
  try {
    const content = JSON.parse(text ?? "null") as Record<string, unknown> | null;
    const isWhole = content !== null && names.every((name) => typeof content[name] === "string");
    return isWhole ? (content as Record<N, string>) : undefined;
  } catch {
    return undefined;
  }
}
