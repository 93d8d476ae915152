import type { Client } from "../../api/client.ts";
import { SipnavError } from "../../core/errors.ts";
import type { Host } from "../../host/host.ts";
import type { SecretStore, StoreName } from "../../host/secrets.ts";
import type { Profile } from "../profiles.ts";
import type { UserSettings } from "../settings/content.ts";
import { changeSettings, withProfile } from "../settings/edit.ts";
import type { SettingValues } from "../settings/table.ts";
import type { Grant } from "./credentials.ts";
import { logIn, type OneTimeCodes } from "./login.ts";
import { forgetLogin, forgetSession, originOf, type Session, saveLogin, saveSession } from "./record.ts";
import { isExpired } from "./token.ts";
import { proveToken } from "./trial.ts";

/** All that a login needs. */
export interface Opening {
  readonly host: Host;
  /** With the store to use in it. */
  readonly profile: Profile;
  readonly store: SecretStore;
  readonly grant: Grant;
  readonly codes: OneTimeCodes;
  /** A client that carries this token, or none. */
  connect(token?: string): Promise<Client>;
  notice(text: string): void;
}

/**
 * Opens a session, keeps it, and makes its profile the one that is used. The password is kept too if the profile
 * says so, and forgotten if not.
 * @throws unauthenticated, otp, keychain, config, and whatever keeps a call from coming through
 */
export async function openSession(opening: Opening): Promise<Session> {
  const { host, profile, store, grant } = opening;
  const opened = await tokenFor(opening);
  const origin = originOf(profile.baseUrl);
  const session = { ...opened, origin, savedAt: new Date(host.clock.nowMs()).toISOString() };
  await saveSession(store, profile.name, session);
  if (profile.remember && "password" in grant) await saveLogin(store, profile.name, { ...grant, origin });
  else await forgetLogin(store, profile.name);
  let earlier: StoreName | undefined;
  await changeSettings(host, (content) => {
    earlier = content.profiles[profile.name]?.store;
    return withOpened(content, { ...profile, username: opened.username }, store.name);
  });
  // A store that cannot be used any more must not keep anybody from moving to another one.
  if (earlier && earlier !== store.name) {
    await forgetSession(host.secrets(earlier, opening.notice), profile.name).catch(() => undefined);
  }
  return session;
}

async function tokenFor({ host, profile, grant, codes, connect }: Opening) {
  if (!("token" in grant)) {
    return logIn(await connect(), grant, { platformId: profile.platformId, codes, signal: host.signal });
  }
  if (isExpired(grant.token, host.clock.nowMs())) {
    throw new SipnavError("unauthenticated", "This token has expired.", { hint: "Get a new one." });
  }
  await proveToken(await connect(grant.token), "that was given", host.signal);
  return { token: grant.token, username: profile.username ?? "" };
}

/** What the next command needs to find the session again. */
function withOpened(content: UserSettings, profile: Profile, store: StoreName): UserSettings {
  const { name, username, baseUrl, platformId, sandbox } = profile;
  const place: SettingValues = sandbox ? { sandbox } : { baseUrl };
  const remember: SettingValues = profile.remember ? { remember: true } : {};
  const known = { ...content.profiles[name], ...place, ...remember, username, platformId, store };
  // Where sessions of made-up data are kept says nothing about real ones.
  const preferred: SettingValues = sandbox ? {} : { store };
  return { ...preferred, ...withProfile(content, name, known), profile: name };
}
