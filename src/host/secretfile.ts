import { rm } from "node:fs/promises";
import { join } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { ownFileError, readPrivate, writePrivate } from "./files.ts";
import { withLock } from "./locks.ts";
import { seal, unseal } from "./seal.ts";
import type { SecretStore } from "./secrets.ts";

type Secrets = Readonly<Record<string, string>>;

export interface SecretFileOptions {
  /** Called at the first use; may throw where there is no place for files. */
  readonly folder: () => string;
  /** With it, whatever is written is encrypted. */
  readonly passphrase: string | undefined;
  readonly notice: (text: string) => void;
}

/**
 * Secrets in one 0600 file of a 0700 folder: `credentials.json`, or, under a passphrase, one sealed text in it.
 * Two processes that write at once wait for each other. Throws `config`, and `locked` after a long wait.
 */
export function fileSecrets({ folder, passphrase, notice }: SecretFileOptions): SecretStore {
  const place = () => join(folder(), "credentials.json");
  const read = async (path: string): Promise<Secrets> => {
    const text = await readPrivate(path, notice);
    return text === undefined ? {} : openSecrets(text, path, passphrase);
  };
  const change = (edit: (secrets: Secrets) => Secrets) => {
    const path = place();
    return withLock(path, async () => {
      const before = await read(path);
      const after = edit(before);
      if (Object.keys(after).length > 0) {
        await writePrivate(path, await closeSecrets(after, passphrase));
      } else if (Object.keys(before).length > 0) {
        await remove(path);
      }
    });
  };
  return {
    name: "file",
    async get(key) {
      const secrets = await read(place());
      return Object.hasOwn(secrets, key) ? secrets[key] : undefined;
    },
    set: (key, secret) => change((secrets) => ({ ...secrets, [key]: secret })),
    delete: (key) => change(({ [key]: _, ...others }) => others),
  };
}

async function closeSecrets(secrets: Secrets, passphrase: string | undefined): Promise<string> {
  const content =
    passphrase === undefined ? { secrets } : { sealed: await seal(JSON.stringify(secrets), passphrase) };
  return `${JSON.stringify({ version: 1, ...content }, null, 2)}\n`;
}

async function openSecrets(text: string, path: string, passphrase: string | undefined): Promise<Secrets> {
  const content = parse(text);
  if (content?.version === 1 && typeof content.sealed === "string") {
    const secrets = parse(await unsealWith(passphrase, content.sealed, path));
    if (isSecrets(secrets)) return secrets;
  } else if (content?.version === 1 && isSecrets(content.secrets)) {
    return content.secrets;
  }
  throw new SipnavError("config", `${path} is not a credentials file.`, {
    hint: "Move it away and log in again.",
  });
}

async function unsealWith(passphrase: string | undefined, sealed: string, path: string): Promise<string> {
  if (passphrase === undefined) {
    throw new SipnavError("config", `${path} is encrypted.`, { hint: "Set SIPNAV_PASSPHRASE." });
  }
  return unseal(sealed, passphrase).catch(() => {
    throw new SipnavError("config", `${path} does not open with this passphrase.`, {
      hint: "Set the right SIPNAV_PASSPHRASE, or move the file away and log in again.",
    });
  });
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch((cause: unknown) => {
    throw ownFileError("remove", path, cause);
  });
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? { ...content } : undefined;
  } catch {
    return undefined;
  }
}

function isSecrets(content: unknown): content is Secrets {
  return (
    typeof content === "object" &&
    content !== null &&
    !Array.isArray(content) &&
    Object.values(content).every((secret) => typeof secret === "string")
  );
}
