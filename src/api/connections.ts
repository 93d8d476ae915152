import { X509Certificate } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { type ProxyEnvironment, proxyFor } from "./proxy.ts";

/** The two agents that got asks for; only the one of the URL's scheme is used. */
export interface AgentPair {
  http: http.Agent;
  https: https.Agent;
}

/** Kept connections, direct and through proxies. */
export interface Connections {
  agentsFor(url: URL): AgentPair;
  /** Closes idle and busy connections. */
  close(): void;
}

// An idle socket is dropped before a server or balancer is likely to: a write on a connection that the
// other side has just closed ends with an unknown outcome.
const keep = { keepAlive: true, timeout: limits.idleSocketMsMax };

/**
 * Connections that are kept alive between calls. `ca` holds PEM certificates that are trusted besides
 * the built-in roots. Throws `config` when they can't be read.
 */
export function createConnections(environment: ProxyEnvironment, ca: string | undefined): Connections {
  const trust = ca === undefined ? undefined : trustBesides(ca);
  const direct: AgentPair = {
    http: new http.Agent(keep),
    // A prepared context instead of `ca`: the agent would join all certificates into its key at every call.
    https: new https.Agent({ ...keep, ...(trust && { secureContext: trust }) }),
  };
  const proxied = new Map<string, AgentPair>();
  return {
    agentsFor(url) {
      const proxy = proxyFor(url, environment);
      if (proxy === undefined) return direct;
      const pair = proxied.get(proxy.href) ?? {
        http: new HttpProxyAgent(proxy, keep),
        https: new Tunnel(proxy, trust) as unknown as https.Agent,
      };
      proxied.set(proxy.href, pair);
      return pair;
    },
    close() {
      for (const pair of [direct, ...proxied.values()]) {
        pair.http.destroy();
        pair.https.destroy();
      }
    },
  };
}

class Tunnel extends HttpsProxyAgent<string> {
  private readonly trust: SecureContext | undefined;

  constructor(proxy: URL, trust: SecureContext | undefined) {
    super(proxy.href, keep);
    this.trust = trust;
  }

  override connect(...[request, options]: Parameters<HttpsProxyAgent<string>["connect"]>) {
    const withTrust =
      this.trust && options.secureEndpoint ? { ...options, secureContext: this.trust } : options;
    return super.connect(request, withTrust);
  }
}

function trustBesides(ca: string): SecureContext {
  try {
    // The context itself would pass over what it can't read.
    new X509Certificate(ca);
    return createSecureContext({ ca: [...rootCertificates, ca] });
  } catch {
    throw new SipnavError("config", "The file of trusted certificates can't be read: it must hold PEM.", {
      hint: "Give a file whose certificates start with -----BEGIN CERTIFICATE-----.",
    });
  }
}
