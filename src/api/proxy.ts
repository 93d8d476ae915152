import { BlockList, isIP } from "node:net";
import { SipnavError } from "../core/errors.ts";

/** The proxy variables, handed in as data; names in lower or upper case. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");

/**
 * The proxy that a request to `url` goes through, or undefined for a direct connection.
 *
 * Reads `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy` as curl does. Loopback is never proxied,
 * as in Go's net/http: an embedded server must not depend on the office proxy.
 * Throws `config` when the variable holds no http(s) URL.
 */
export function proxyFor(url: URL, environment: ProxyEnvironment): URL | undefined {
  const name = `${url.protocol.slice(0, -1)}_proxy`;
  const value = read(environment, name) || read(environment, "all_proxy");
  if (value === "" || isLoopback(url.hostname) || isExempt(url, read(environment, "no_proxy")))
    return undefined;
  const text = value.includes("://") ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy?.protocol === "http:" || proxy?.protocol === "https:") return proxy;
  throw new SipnavError("config", `The environment names a proxy that is not an http or https URL.`, {
    hint: `Correct ${name.toUpperCase()} (or ALL_PROXY), or list the platform's host in NO_PROXY.`,
  });
}

function read(environment: ProxyEnvironment, name: string): string {
  return (environment[name] || environment[name.toUpperCase()] || "").trim();
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  if (isIP(address) !== 0) return loopback.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return address === "localhost" || address.endsWith(".localhost");
}

function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, host = "", entryPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (entryPort !== undefined && entryPort !== port) return false;
      const name = host.replace(/^\*?\./, "");
      return host === "*" || (name !== "" && (url.hostname === name || url.hostname.endsWith(`.${name}`)));
    });
}
