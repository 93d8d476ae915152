/**
 * The moment a token ends, epoch milliseconds, read from the `exp` claim of a JWT (RFC 7519, 4.1.4) without
 * checking its signature; undefined for any other token.
 */
export function expiryOf(token: string): number | undefined {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const { exp } = JSON.parse(payload) as { exp?: unknown };
    return typeof exp === "number" && Number.isFinite(exp) ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a token is known to have ended. */
export function isExpired(token: string, nowMs: number): boolean {
  const expiryMs = expiryOf(token);
  return expiryMs !== undefined && expiryMs <= nowMs;
}
