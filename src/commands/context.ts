import type { Client } from "../api/client.ts";
import { SipnavError } from "../core/errors.ts";
import { openZone, type Zone } from "../core/time.ts";
import type { Host } from "../host/host.ts";
import type { ProfileSettings } from "../host/settings.ts";
import { loadSession, originOf } from "../services/session.ts";

/** How a face asks a person. */
export interface Ask {
  /** A line of text. @throws usage, naming the flag, when nobody can be asked; interrupted when refused */
  text(question: string, flag: string): Promise<string>;
  /** A line that is not shown. */
  secret(question: string, flag: string): Promise<string>;
}

/** What a face gives a command besides its parameters. */
export interface Face {
  readonly ask: Ask;
  /** A sentence for a person that is no part of the result. */
  notice(text: string): void;
  /** Shows a part of the result before the command ends. */
  emit(result: unknown): Promise<void>;
  readonly options: {
    readonly profile?: string | undefined;
  };
}

/** The platform that a command talks to. */
export interface Profile extends ProfileSettings {
  readonly name: string;
  readonly baseUrl: string;
}

/** All that a command's `run` can reach. */
export interface Context {
  readonly host: Host;
  readonly face: Face;
  profile(): Promise<Profile>;
  zone(): Promise<Zone>;
  /** A client with the profile's session. @throws session when there is none */
  client(): Promise<Client>;
  /** A client without a session. */
  connect(profile: Profile): Promise<Client>;
}

export const defaultBaseUrl = "https://api.bluedragonnetwork.com";

/** Builds the context of one command run. */
export function createContext(host: Host, face: Face): Context {
  const { environment } = host;
  const profile = once(async (): Promise<Profile> => {
    const content = await host.settings.read();
    const name = face.options.profile ?? environment.SIPNAV_PROFILE ?? content.profile ?? "default";
    const settings = content.profiles?.[name] ?? {};
    const baseUrl = environment.SIPNAV_BASE_URL ?? settings.baseUrl ?? defaultBaseUrl;
    return { ...settings, name, baseUrl: checkBaseUrl(baseUrl) };
  });
  const zone = once(async () => {
    const { zone: name = "UTC", name: profileName } = await profile();
    const found = await openZone(name);
    if (found) return found;
    throw new SipnavError("config", `Profile ${profileName} names a zone that does not exist: ${name}.`);
  });
  const open = async (target: Profile, token?: string) => {
    const { createClient } = await import("../api/client.ts");
    return createClient({
      baseUrl: target.baseUrl,
      ...(token === undefined ? {} : { token }),
      ...(target.platformId === undefined ? {} : { platformId: target.platformId }),
      ...(target.endpoints === undefined ? {} : { endpoints: target.endpoints }),
      userAgent: `sipnav/${host.version}`,
      clock: host.clock,
      environment,
    });
  };
  const client = once(async () => {
    const target = await profile();
    const token =
      environment.SIPNAV_TOKEN ??
      (await loadSession(host.secrets, target.name, originOf(target.baseUrl))).token;
    return open(target, token);
  });
  return { host, face, profile, zone, client, connect: (target) => open(target) };
}

/** Tokens travel over https only; loopback, where the embedded platform listens, aside. */
export function checkBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && loopback)) return text.replace(/\/+$/, "");
  throw new SipnavError("config", `${text} is not a base URL: https://host[:port] is expected.`, {
    hint: "Plain http is for loopback addresses only.",
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
