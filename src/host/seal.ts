import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";

// The library is loaded when this is called, not before.
const derive = (passphrase: string, salt: Buffer, bytes: number, options: object) =>
  promisify<string, Buffer, number, object, Buffer>(scrypt)(passphrase, salt, bytes, options);

/** One of the sets that the OWASP password storage cheat sheet gives for scrypt: 32 MiB, some 0.2 s. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** A text that only its passphrase opens: base64 of salt (16 bytes), nonce (12), tag (16) and ciphertext. */
export async function seal(text: string, passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", await derive(passphrase, salt, 32, cost), nonce);
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), ciphertext]).toString("base64");
}

/** What was sealed; rejects when the passphrase is another one or a bit of it was changed. */
export async function unseal(sealed: string, passphrase: string): Promise<string> {
  const bytes = Buffer.from(sealed, "base64");
  const key = await derive(passphrase, bytes.subarray(0, 16), 32, cost);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(16, 28), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(28, 44));
  return Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]).toString("utf8");
}
