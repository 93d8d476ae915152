import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from "node:crypto";

/** Whose token it is, and the token's own id, by which logout revokes it. */
export interface Bearer {
  readonly username: string;
  readonly tokenId: string;
}

/** Everything that is signed or encrypted with the server's secret. */
export interface Vault {
  /** A JSON Web Token (HS256); clients may read its `exp`. */
  issue(username: string, nowMs: number, lifeS: number): string;
  /** The bearer of a token that is genuine and not expired. */
  verify(token: string, nowMs: number): Bearer | undefined;
  /** An encrypted user id for one purpose, valid for ten minutes; its base64 holds `/`, `+` and `=`. */
  seal(purpose: string, username: string, nowMs: number): string;
  unseal(purpose: string, sealed: string, nowMs: number): string | undefined;
  /** Facts as one signed, URL-safe word. */
  sign(facts: object): string;
  /** The facts of a word that was signed here; undefined for any other. */
  open(word: string): Record<string, unknown> | undefined;
}

const sealLifeMs = 10 * 60_000;
/** The initialisation vector and the authentication tag. */
const sealOverheadBytes = 12 + 16;
const jwtHeader = Buffer.from('{"typ":"JWT","alg":"HS256"}').toString("base64url");

/** Makes the vault of a secret; two with the same secret accept each other's tokens. */
export function createVault(secret: string): Vault {
  const key = createHash("sha256").update(secret).digest();
  const signatureOf = (text: string) => createHmac("sha256", key).update(text).digest();

  const sign = (payload: string) => `${payload}.${signatureOf(payload).toString("base64url")}`;
  const open = (word: string) => {
    const dot = word.lastIndexOf(".");
    const payload = word.slice(0, Math.max(0, dot));
    const given = Buffer.from(word.slice(dot + 1), "base64url");
    const wanted = signatureOf(payload);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    return JSON.parse(Buffer.from(payload.slice(payload.indexOf(".") + 1), "base64url").toString());
  };

  return {
    issue(username, nowMs, lifeS) {
      const iat = Math.floor(nowMs / 1000);
      return sign(`${jwtHeader}.${encode({ sub: username, iat, exp: iat + lifeS, jti: randomUUID() })}`);
    },
    verify(token, nowMs) {
      const claims = open(token);
      // A signed link is no token: only tokens carry an id.
      if (typeof claims?.jti !== "string" || claims.exp * 1000 <= nowMs) return undefined;
      return { username: claims.sub, tokenId: claims.jti };
    },
    seal(purpose, username, nowMs) {
      let plain = JSON.stringify([purpose, username, nowMs + sealLifeMs]);
      if ((Buffer.byteLength(plain) + sealOverheadBytes) % 3 === 0) plain += " ";
      for (;;) {
        const sealed = encrypt(key, plain);
        // The characters that break clients which do not encode path segments.
        if (/\/.*\+|\+.*\//.test(sealed) && sealed.endsWith("=")) return sealed;
      }
    },
    unseal(purpose, sealed, nowMs) {
      const [sealedFor, username, expiresMs] = decrypt(key, sealed) ?? [];
      return sealedFor === purpose && Number(expiresMs) > nowMs ? String(username) : undefined;
    },
    sign: (facts) => sign(encode(facts)),
    open,
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function encrypt(key: Buffer, plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

function decrypt(key: Buffer, text: string): unknown[] | undefined {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length < sealOverheadBytes) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, sealOverheadBytes));
  try {
    return JSON.parse(decipher.update(bytes.subarray(sealOverheadBytes)).toString() + decipher.final());
  } catch {
    return undefined;
  }
}
