/** The places that secrets can be kept in. */
export const storeNames = ["keychain", "file", "memory"] as const;
export type StoreName = (typeof storeNames)[number];

/** Where secrets are kept: one text a key. */
export interface SecretStore {
  readonly name: StoreName;
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
