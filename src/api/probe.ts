import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { connect } from "node:tls";
import { type Authorities, openTrust } from "./trust.ts";

/** The addresses of a host name. Rejects with the system's error when there are none. */
export async function resolveName(hostname: string): Promise<readonly string[]> {
  const found = await lookup(hostname.replace(/^\[|\]$/g, ""), { all: true });
  return found.map(({ address }) => address);
}

/** What a TLS handshake shows. */
export interface Handshake {
  readonly protocol: string;
  /** Why the certificate is not trusted; undefined when it is. */
  readonly distrust: string | undefined;
  readonly expiresMs: number;
}

/** Shakes hands with a server and hangs up; an untrusted certificate is told, not thrown. @throws config */
export async function shakeHands(
  { hostname, port }: URL,
  ca: Authorities | undefined,
  timeoutMs: number,
): Promise<Handshake> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const trust = ca && { secureContext: openTrust(ca) };
  const target = { host, port: Number(port || 443), rejectUnauthorized: false, ...trust };
  // An address is no server name (RFC 6066, 3).
  const named = isIP(host) === 0 ? { ...target, servername: host } : target;
  return new Promise((resolve, reject) => {
    const socket = connect(named, () => {
      const { valid_to } = socket.getPeerCertificate();
      resolve({
        protocol: socket.getProtocol() ?? "unknown",
        distrust: socket.authorized ? undefined : String(socket.authorizationError),
        expiresMs: Date.parse(valid_to),
      });
      socket.end();
    });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error("no answer in time")));
    socket.on("error", reject);
  });
}
