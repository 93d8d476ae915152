import http from "node:http";
import https from "node:https";
import { checkServerIdentity, type PeerCertificate, type SecureContext } from "node:tls";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { limits } from "../core/limits.ts";
import { type ProxyEnvironment, proxyFor } from "./proxy.ts";
import { type Authorities, openTrust } from "./trust.ts";

/** The agent of a URL's scheme, in the form that got asks for. */
export type SchemeAgent = { http: http.Agent } | { https: https.Agent };

/** How a platform is reached. */
export interface Way {
  readonly agent: SchemeAgent;
  /** Host and port of the proxy in between, without its password. */
  readonly proxy: string | undefined;
}

/** Kept connections, direct and through proxies. */
export interface Connections {
  /** @throws config */
  wayTo(url: URL): Way;
  /** Closes idle and busy connections. */
  close(): void;
}

// An idle socket is dropped before a server or balancer is likely to: a write on a connection that the
// other side has just closed ends with an unknown outcome.
const keep = { keepAlive: true, timeout: limits.idleSocketMsMax };

/**
 * Connections that are kept alive between calls. Throws `config` when the certificates can't be read.
 */
export function createConnections(environment: ProxyEnvironment, ca: Authorities | undefined): Connections {
  const trust = ca && openTrust(ca);
  const opened = new Map<string, Way>();
  return {
    wayTo(url) {
      const proxy = proxyFor(url, environment);
      const key = `${url.protocol} ${proxy?.href ?? "direct"}`;
      const way = opened.get(key) ?? { agent: openAgent(url, proxy, trust), proxy: proxy?.host };
      opened.set(key, way);
      return way;
    },
    close() {
      for (const { agent } of opened.values()) ("http" in agent ? agent.http : agent.https).destroy();
    },
  };
}

/** Made when it is needed: TLS and proxies take time to load. */
function openAgent({ protocol }: URL, proxy: URL | undefined, trust: SecureContext | undefined): SchemeAgent {
  if (protocol === "http:") return { http: proxy ? new HttpProxyAgent(proxy, keep) : new http.Agent(keep) };
  if (proxy) return { https: openTunnel(proxy, trust) };
  // A prepared context instead of `ca`: the agent would join all certificates into its key at every call.
  return { https: new https.Agent({ ...keep, ...(trust && { secureContext: trust }) }) };
}

function openTunnel(proxy: URL, trust: SecureContext | undefined): https.Agent {
  const trusted = trust && { secureContext: trust };
  class Tunnel extends HttpsProxyAgent<string> {
    override connect(...[request, options]: Parameters<HttpsProxyAgent<string>["connect"]>) {
      if (!options.secureEndpoint) return super.connect(request, options);
      // Over the tunnel's socket the certificate would be held against "localhost" where the platform is an address.
      const { host = "" } = options;
      const isNamed = (_: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate);
      const trusting = { ...options, ...trusted, checkServerIdentity: isNamed };
      return super.connect(request, trusting);
    }
  }
  return new Tunnel(proxy.href, { ...keep, ...trusted }) as unknown as https.Agent;
}
