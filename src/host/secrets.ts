import { join } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { readPrivate, writePrivate } from "./files.ts";

/** Where secrets are kept: one text a key. */
export interface SecretStore {
  /** What `auth status` calls it. */
  readonly name: "file" | "memory";
  get(key: string): Promise<string | undefined>;
  set(key: string, secret: string): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Secrets that end with the process. */
export function memorySecrets(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    name: "memory",
    get: async (key) => secrets.get(key),
    set: async (key, secret) => void secrets.set(key, secret),
    delete: async (key) => void secrets.delete(key),
  };
}

/** Secrets in one 0600 file of a 0700 folder. */
export function fileSecrets(folder: string): SecretStore {
  const path = join(folder, "credentials.json");
  const read = async (): Promise<Record<string, string>> => {
    const text = await readPrivate(path);
    return text === undefined ? {} : parseSecrets(text, path);
  };
  return {
    name: "file",
    get: async (key) => (await read())[key],
    set: async (key, secret) =>
      writePrivate(path, `${JSON.stringify({ ...(await read()), [key]: secret }, null, 2)}\n`),
    delete: async (key) => {
      const { [key]: gone, ...rest } = await read();
      if (gone !== undefined) await writePrivate(path, `${JSON.stringify(rest, null, 2)}\n`);
    },
  };
}

function parseSecrets(text: string, path: string): Record<string, string> {
  try {
    const content: unknown = JSON.parse(text);
    const entries = Object.entries(content as object);
    if (!Array.isArray(content) && entries.every(([, value]) => typeof value === "string")) {
      return Object.fromEntries(entries);
    }
  } catch {
    // told below
  }
  throw new SipnavError("config", `${path} is not a credentials file.`, {
    hint: "Move it away and log in again.",
  });
}
