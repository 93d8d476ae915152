import { join } from "node:path";
import type { Client, ClientOptions } from "../api/client.ts";
import { SipnavError } from "../core/errors.ts";
import { openZone, type Zone } from "../core/time.ts";
import { findFolders } from "../host/folders.ts";
import type { Host } from "../host/host.ts";
import { openRateFile, type RateFile } from "../host/ratefile.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { type Profile, profileOf } from "../services/profiles.ts";
import { endOf, openAccess, type Seeker, wayIn } from "../services/session/access.ts";
import { find, type Layers, readLayers } from "../services/settings/layers.ts";
import { authoritiesOf } from "../services/trust.ts";
import { type Embedded, openEmbedded } from "./embedded.ts";
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
  /**
   * The same for a long run of calls: it yields to people under the same rate limit, and waits for that as long as
   * it takes.
   */
  bulkClient(): Promise<Client>;
  /**
   * When the session in use ends, epoch milliseconds: what a long job has to be told. Undefined when it renews itself,
   * or its token does not say.
   * @throws as `client`
   */
  sessionEndsMs(): Promise<number | undefined>;
  /** A client of a profile's platform that carries this token, or none. */
  connect(profile: Profile, token?: string): Promise<Client>;
  /** A profile as whoever looks for its session sees it. */
  seeker(profile: Profile): Seeker;
  /** The embedded platform, started at the first call. */
  sandbox(): Promise<Sandbox>;
  /** Ends what the command left open. */
  close(): Promise<void>;
}

/**
 * Builds the context of one command run. Nothing is read or opened before it is asked for.
 * @param embedded the embedded platform, where several contexts share one
 */
export function createContext(host: Host, face: Face, embedded: Embedded = openEmbedded(host)): Context {
  const clients: Client[] = [];
  const secondsTo = (timeMs: number) => Math.ceil((timeMs - host.clock.nowMs()) / 1000);
  const settings = once(() => readLayers(host, { profile: face.options.profile }));
  const profile = once(async () => profileOf(await settings()));
  const zone = once(async () => zoneOf(await profile()));

  const open = async (target: Profile, given: Partial<ClientOptions>) => {
    const { createClient } = await import("../api/client.ts");
    const { timeoutMs, connectTimeoutMs, firstByteTimeoutMs = timeoutMs, ...waits } = face.options;
    const client = createClient({
      baseUrl: target.sandbox ? (await embedded.start()).url : target.baseUrl,
      platformId: target.platformId,
      endpoints: target.endpoints,
      userAgent: `sipnav/${host.version}`,
      clock: host.clock,
      retryWaitMsMax: waits.maxWaitMs,
      perSecondMax: waits.perSecondMax,
      rates: ratesOf(host, target),
      onWait: (untilMs) =>
        face.notice(`The platform's rate limit is used up: waiting ${secondsTo(untilMs)} s.`),
      timeouts: { connectMs: connectTimeoutMs, firstByteMs: firstByteTimeoutMs, totalMs: timeoutMs },
      environment: host.environment,
      ca: authoritiesOf(host, target),
      onBody: face.onBody,
      ...given,
    });
    clients.push(client);
    return client;
  };
  const connect = (target: Profile, token?: string) => open(target, { token });
  const seeker = (target: Profile): Seeker => ({
    host,
    profile: target,
    isExplicit: face.options.profile !== undefined,
    connect: (token) => connect(target, token),
    notice: face.notice,
  });
  const access = once(async () => openAccess(seeker(await profile())));
  const enter = async (traffic: Partial<ClientOptions>) => {
    // The keychain is asked in another process: the client is loaded meanwhile.
    const target = await profile();
    announce(face, await settings(), target);
    const [{ token, renew }] = await Promise.all([access(), import("../api/client.ts")]);
    return open(target, { token, renew, refusedHint: wayIn(seeker(target)), ...traffic });
  };
  return {
    host,
    face,
    settings,
    profile,
    zone,
    client: once(() => enter(face.background ? behind : {})),
    bulkClient: () => enter({ priority: "bulk" }),
    sessionEndsMs: async () => endOf(await access()),
    connect,
    seeker,
    sandbox: embedded.start,
    async close() {
      for (const opened of clients) opened.close();
      await embedded.close();
    },
  };
}

/** Names the platform where somebody could take it for another one. */
function announce(face: Face, { stack, user }: Layers, profile: Profile): void {
  const { name, baseUrl, sandbox, readOnly, protected: isProtected } = profile;
  const source = find(stack, "baseUrl")?.source;
  if (sandbox && source === "SIPNAV_BASE_URL") {
    face.announce?.(`${source} is not used: profile ${name} is the embedded platform's.`);
  }
  if (Object.keys(user.profiles).length < 2) return;
  const rails = [...(readOnly ? ["read-only"] : []), ...(isProtected ? ["protected"] : [])];
  const platform = sandbox ? "the embedded platform" : baseUrl;
  face.announce?.([`Profile ${name}: ${platform}`, ...rails].join(", "));
}

/** Calls that nobody waits for: whoever wants them asks again later anyway. */
const behind: Partial<ClientOptions> = { priority: "bulk", attemptsMax: 2 };

/** Where a profile's processes share its rate limit; an embedded platform is this process's own. */
function ratesOf({ environment }: Host, { name, baseUrl, sandbox }: Profile): RateFile | undefined {
  const folders = findFolders(environment);
  if (sandbox || folders === undefined) return undefined;
  return openRateFile(
    join(folders.state, "rates", `${name}@${encodeURIComponent(new URL(baseUrl).host)}.json`),
  );
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
