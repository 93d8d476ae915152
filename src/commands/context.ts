import type { Client } from "../api/client.ts";
import { SipnavError } from "../core/errors.ts";
import { openZone, type Zone } from "../core/time.ts";
import type { Host } from "../host/host.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { type Profile, profileOf } from "../services/profiles.ts";
import { openAccess, type Seeker } from "../services/session/access.ts";
import { type Layers, readLayers } from "../services/settings/layers.ts";
import { openEmbedded } from "./embedded.ts";
import type { Face } from "./face.ts";

/** All that a command's `run` can reach. */
export interface Context {
  readonly host: Host;
  readonly face: Face;
  /** Every setting with the place it comes from. */
  settings(): Promise<Layers>;
  /** The profile in use. @throws profile when nobody made it */
  profile(): Promise<Profile>;
  /** The zone of the platform's zone-less times. */
  zone(): Promise<Zone>;
  /** A client with the profile's session. @throws session when there is none, unauthenticated when it ended */
  client(): Promise<Client>;
  /** A client of a profile's platform that carries this token, or none. */
  connect(profile: Profile, token?: string): Promise<Client>;
  /** A profile as whoever looks for its session sees it. */
  seeker(profile: Profile): Seeker;
  /** The embedded platform, started at the first call. */
  sandbox(): Promise<Sandbox>;
  /** Ends what the command left open. */
  close(): Promise<void>;
}

/** Builds the context of one command run. Nothing is read or opened before it is asked for. */
export function createContext(host: Host, face: Face): Context {
  const clients: Client[] = [];
  const embedded = openEmbedded(host);
  const settings = once(() => readLayers(host, { profile: face.options.profile }));
  const profile = once(async () => profileOf(await settings()));
  const zone = once(async () => zoneOf(await profile()));

  const open = async (target: Profile, token: string | undefined, renew?: () => Promise<string>) => {
    const { createClient } = await import("../api/client.ts");
    const { timeoutMs, maxWaitMs } = face.options;
    const client = createClient({
      baseUrl: target.sandbox ? (await embedded.start()).url : target.baseUrl,
      token,
      renew,
      platformId: target.platformId,
      endpoints: target.endpoints,
      userAgent: `sipnav/${host.version}`,
      clock: host.clock,
      retryWaitMsMax: maxWaitMs,
      ...(timeoutMs !== undefined && { timeouts: { totalMs: timeoutMs } }),
      environment: host.environment,
      onBody: face.onBody,
    });
    clients.push(client);
    return client;
  };
  const connect = (target: Profile, token?: string) => open(target, token);
  const seeker = (target: Profile): Seeker => ({
    host,
    profile: target,
    isExplicit: face.options.profile !== undefined,
    connect: (token) => connect(target, token),
    notice: face.notice,
  });
  const client = once(async () => {
    const target = await profile();
    // The keychain is asked in another process: the client is loaded meanwhile.
    const [{ token, renew }] = await Promise.all([openAccess(seeker(target)), import("../api/client.ts")]);
    return open(target, token, renew);
  });
  return {
    host,
    face,
    settings,
    profile,
    zone,
    client,
    connect,
    seeker,
    sandbox: embedded.start,
    async close() {
      for (const opened of clients) opened.close();
      await embedded.close();
    },
  };
}

async function zoneOf({ name, zone }: Profile): Promise<Zone> {
  const found = await openZone(zone);
  if (found) return found;
  throw new SipnavError("config", `Profile ${name} names a zone that does not exist: ${zone}.`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
