import { join } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { fileError, readPrivate } from "./files.ts";

/** Where and how one platform is reached. */
export interface ProfileSettings {
  baseUrl?: string;
  username?: string;
  platformId?: string;
  /** IANA name of the zone that the platform's zone-less times are in. */
  zone?: string;
  /** operationId to path, for calls whose path is another on this platform. */
  endpoints?: Record<string, string>;
}

/** The user's settings, as they stand in the file. */
export interface SettingsContent {
  /** The profile that is used when none is named. */
  profile?: string;
  profiles?: Record<string, ProfileSettings>;
}

/** The settings file of a user. */
export interface Settings {
  readonly path: string;
  /** @throws config when the file is not what it should be */
  read(): Promise<SettingsContent>;
  /** Replaces one profile's settings and makes it the one that is used. */
  saveProfile(name: string, profile: ProfileSettings): Promise<void>;
}

/**
 * Opens the settings file in a folder. It is read without conf, whose schema engine costs more than the whole
 * rest of a short command, and written with it.
 */
export function openSettings(folder: string): Settings {
  const path = join(folder, "config.json");
  const read = async () => parseSettings((await readPrivate(path)) ?? "{}", path);
  return {
    path,
    read,
    async saveProfile(name, profile) {
      const content = await read();
      const { default: Conf } = await import("conf");
      try {
        const file = new Conf<SettingsContent>({ cwd: folder, configFileMode: 0o600 });
        file.store = { ...content, profile: name, profiles: { ...content.profiles, [name]: profile } };
      } catch (cause) {
        throw fileError("config", "write", path, cause);
      }
    },
  };
}

function parseSettings(text: string, path: string): SettingsContent {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return content;
  } catch {
    // told below
  }
  throw new SipnavError("config", `${path} is not a settings file.`, {
    hint: "Mend it, or move it away and log in again.",
  });
}
