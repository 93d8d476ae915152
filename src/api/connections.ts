import http from "node:http";
import https from "node:https";
import type { SecureContext } from "node:tls";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { limits } from "../core/limits.ts";
import { type ProxyEnvironment, proxyFor } from "./proxy.ts";
import { type Authorities, openTrust } from "./trust.ts";

/** The agent of a URL's scheme, in the form that got asks for. */
export type SchemeAgent = { http: http.Agent } | { https: https.Agent };

/** Kept connections, direct and through proxies. */
export interface Connections {
  agentFor(url: URL): SchemeAgent;
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
  const opened = new Map<string, SchemeAgent>();
  return {
    agentFor(url) {
      const proxy = proxyFor(url, environment);
      const way = `${url.protocol} ${proxy?.href ?? "direct"}`;
      const agent = opened.get(way) ?? openAgent(url, proxy, trust);
      opened.set(way, agent);
      return agent;
    },
    close() {
      for (const agent of opened.values()) ("http" in agent ? agent.http : agent.https).destroy();
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
  class Tunnel extends HttpsProxyAgent<string> {
    override connect(...[request, options]: Parameters<HttpsProxyAgent<string>["connect"]>) {
      const withTrust = trust && options.secureEndpoint ? { ...options, secureContext: trust } : options;
      return super.connect(request, withTrust);
    }
  }
  return new Tunnel(proxy.href, keep) as unknown as https.Agent;
}
