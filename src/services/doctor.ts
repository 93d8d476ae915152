import type { Client } from "../api/client.ts";
import { resolveName, shakeHands } from "../api/probe.ts";
import { proxyFor } from "../api/proxy.ts";
import { asSipnavError } from "../core/errors.ts";
import { durationText } from "../core/time.ts";
import type { Host } from "../host/host.ts";
import type { Profile } from "./profiles.ts";
import type { Seeker } from "./session/access.ts";
import { readStatus } from "./session/status.ts";
import { tryToken } from "./session/trial.ts";
import { readLayers } from "./settings/layers.ts";
import { authoritiesOf } from "./trust.ts";

/** How one thing is. */
export interface Finding {
  readonly state: "ok" | "warning" | "failed";
  readonly detail: string;
}

/** One thing that is looked at; a throw is a failure. */
export interface Check {
  readonly name: string;
  find(): Promise<Finding>;
}

const ok = (detail: string): Finding => ({ state: "ok", detail });
const warning = (detail: string): Finding => ({ state: "warning", detail });

const dayMs = 86_400_000;
const skewMsMax = 60_000;
const timeoutMs = 5_000;

/** Makes every check, one after the other, so that the first failure is the one to mend first. */
export async function examine(
  checks: readonly Check[],
): Promise<readonly (Finding & { readonly check: string })[]> {
  const findings = [];
  for (const { name, find } of checks) {
    const finding = await find().catch((thrown: unknown): Finding => {
      const { message, facts } = asSipnavError(thrown);
      return { state: "failed", detail: facts.hint === undefined ? message : `${message} ${facts.hint}` };
    });
    findings.push({ check: name, ...finding });
  }
  return findings;
}

/** Versions, folders and the terminal: what is known without a platform. */
export function hostChecks(host: Host): readonly Check[] {
  const { terminal, environment, version } = host;
  return [
    {
      name: "version",
      find: async () => ok(`sipnav ${version}, Node ${process.versions.node}, ${process.platform}`),
    },
    {
      name: "terminal",
      async find() {
        const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || "";
        const kind = terminal.output.isTerminal ? `${terminal.output.columns} columns` : "no terminal";
        if (/utf-?8/i.test(locale)) return ok(`${kind}, ${locale}`);
        return warning(
          `${kind}; the locale (${locale || "none"}) is not UTF-8: some characters may not show`,
        );
      },
    },
    {
      name: "settings",
      async find() {
        const { path } = host.settings;
        await readLayers(host, {});
        return ok(path);
      },
    },
    { name: "keychain", find: () => findKeychain(host) },
  ];
}

/** A keychain that does not work matters only to those who keep sessions in it. */
async function findKeychain({ secrets }: Host): Promise<Finding> {
  try {
    await secrets("keychain", () => undefined).get("probe");
    return ok("the system's keychain answers");
  } catch (thrown) {
    return warning(asSipnavError(thrown).message);
  }
}

/** The way to the platform: proxy, name, certificate, answer, clock. */
export function networkChecks(
  host: Host,
  profile: Profile,
  connect: () => Promise<Client>,
): readonly Check[] {
  const { baseUrl } = profile;
  const url = new URL(baseUrl);
  const { hostname, protocol } = url;
  const answer: Check = { name: "answer", find: async () => findAnswer(host, baseUrl, await connect()) };
  if (hasProxy(url, host)) return [{ name: "proxy", find: () => findProxy(url, host) }, answer];
  const tls: Check = {
    name: "certificate",
    async find() {
      const ca = authoritiesOf(host, profile);
      const { protocol: spoken, distrust, expiresMs } = await shakeHands(url, ca, timeoutMs);
      const version = ca === undefined ? spoken : `${spoken}, with ${ca.source}`;
      if (distrust !== undefined) return { state: "failed", detail: `not trusted: ${distrust}` };
      const days = Math.floor((expiresMs - host.clock.nowMs()) / dayMs);
      return days < 14
        ? warning(`${version}, expires in ${days} days`)
        : ok(`${version}, expires in ${days} days`);
    },
  };
  return [
    { name: "name", find: async () => ok(`${hostname} is ${(await resolveName(hostname)).join(", ")}`) },
    ...(protocol === "https:" ? [tls] : []),
    answer,
  ];
}

/** Behind a proxy, neither the platform's name nor its certificate can be looked at from here. */
function hasProxy(url: URL, { environment }: Host): boolean {
  try {
    return proxyFor(url, environment) !== undefined;
  } catch {
    return true;
  }
}

async function findProxy(url: URL, { environment }: Host): Promise<Finding> {
  const { host = "", hostname = "" } = proxyFor(url, environment) ?? {};
  return ok(`through ${host}, which is ${(await resolveName(hostname)).join(", ")}`);
}

async function findAnswer({ clock, signal }: Host, baseUrl: string, client: Client): Promise<Finding> {
  const startMs = clock.nowMs();
  const reply = await client.request({ method: "GET", path: "/", acceptFailure: true }, { signal });
  const tookMs = clock.nowMs() - startMs;
  const said = `${baseUrl} answered ${reply.status} in ${tookMs} ms`;
  if (reply.status >= 500) return { state: "failed", detail: said };
  const skewMs = Date.parse(String(reply.headers.date)) - clock.nowMs();
  if (Math.abs(skewMs) < skewMsMax || Number.isNaN(skewMs)) return ok(said);
  const side = skewMs < 0 ? "ahead of" : "behind";
  return warning(
    `${said}; this computer's clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${side} the platform's`,
  );
}

/** Where the session is kept, how old it is, and how long it is good. */
export function storeCheck(host: Host, seeker: () => Promise<Omit<Seeker, "connect">>): Check {
  return {
    name: "store",
    async find() {
      const { state, source, savedAt, expiryMs } = await readStatus(await seeker());
      const nowMs = host.clock.nowMs();
      const age = savedAt === undefined ? [] : [`opened ${durationText(nowMs - Date.parse(savedAt))} ago`];
      const rest = expiryMs === undefined ? [] : [`good for ${durationText(expiryMs - nowMs)}`];
      const place = source === undefined ? state : `${state}; kept in: ${source}`;
      return ok([place, ...age, ...rest].join(", "));
    },
  };
}

/** Whether the session is good for a call. */
export function sessionCheck(host: Host, client: () => Promise<Client>): Check {
  return {
    name: "session",
    async find() {
      await tryToken(await client(), host.signal);
      return ok("the platform takes the token");
    },
  };
}
