import type { Client } from "../api/client.ts";
import { SipnavError } from "../core/errors.ts";
import type { SecretStore } from "../host/secrets.ts";

/** A token and what it is good for. */
export interface Session {
  readonly token: string;
  /** Scheme, host and port of the platform: the token goes nowhere else. */
  readonly origin: string;
  readonly username: string;
}

/** What a person logs in with. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly platformId?: string;
}

/** Scheme, host and port of a base URL. */
export const originOf = (baseUrl: string): string => new URL(baseUrl).origin;

/**
 * Logs in, answering a one-time code challenge if the platform asks for one.
 * @param oneTimeCode called only when the platform asks
 * @throws unauthenticated when the platform refuses; protocol when it answers neither token nor challenge
 */
export async function logIn(
  client: Client,
  { username, password, platformId }: Credentials,
  oneTimeCode: () => Promise<string>,
): Promise<{ token: string; username: string }> {
  const reply = await client.login({
    body: { username, password, ...(platformId === undefined ? {} : { platform_id: platformId }) },
  });
  const token = tokenOf(reply.raw);
  if (token !== undefined) return { token, username: reply.data?.username ?? username };
  const challenge = reply.data?.encrypted_user;
  if (challenge === undefined) throw noToken(reply.requestId);
  const verified = await client.verifyOtp({
    path: { encrypted_user: challenge },
    body: { two_factor_code: await oneTimeCode() },
  });
  const verifiedToken = tokenOf(verified.raw);
  if (verifiedToken === undefined) throw noToken(verified.requestId);
  return { token: verifiedToken, username: verified.data?.username ?? username };
}

/** The token stands in `data.token` or in `token` (observed). */
function tokenOf(raw: unknown): string | undefined {
  const envelope = raw as { token?: unknown; data?: { token?: unknown } | null } | null;
  const token = envelope?.data?.token ?? envelope?.token;
  return typeof token === "string" && token !== "" ? token : undefined;
}

const noToken = (requestId: string) =>
  new SipnavError("protocol", "The platform answered the login without a token.", { requestId });

/** Keeps a profile's session. */
export async function saveSession(secrets: SecretStore, profile: string, session: Session): Promise<void> {
  await secrets.set(`session:${profile}`, JSON.stringify(session));
}

/**
 * A profile's session, if it was opened at this origin.
 * @throws session when there is none, or when it belongs to another origin
 */
export async function loadSession(secrets: SecretStore, profile: string, origin: string): Promise<Session> {
  const hint = "Log in with `sipnav login`.";
  const text = await secrets.get(`session:${profile}`);
  if (text === undefined) {
    throw new SipnavError("session", `You are not logged in (profile ${profile}).`, { hint });
  }
  const session = JSON.parse(text) as Session;
  if (session.origin !== origin) {
    const message = `The session of profile ${profile} belongs to ${session.origin}, not to ${origin}.`;
    throw new SipnavError("session", message, { hint });
  }
  return session;
}
