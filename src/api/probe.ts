import { lookup } from "node:dns/promises";
import { connect } from "node:tls";

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

/** Shakes hands with a server and hangs up; an untrusted certificate is told, not thrown. */
export function shakeHands(hostname: string, port: number, timeoutMs: number): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port, servername: hostname, rejectUnauthorized: false }, () => {
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
