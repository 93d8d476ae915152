import { isAbsolute, join } from "node:path";
import { SipnavError } from "../core/errors.ts";

/** The variables a process was started with. */
export type Environment = Readonly<Partial<Record<string, string>>>;

/** Where this user's files go. */
export interface Folders {
  readonly config: string;
  readonly state: string;
  readonly cache: string;
}

/**
 * The user's folders by the XDG base directory rules; `SIPNAV_HOME` puts all three under one folder. Undefined
 * when neither a home nor the variables that stand for it are set.
 */
export function findFolders(environment: Environment): Folders | undefined {
  const own = environment.SIPNAV_HOME;
  if (own) return { config: own, state: join(own, "state"), cache: join(own, "cache") };
  const home = environment.HOME || environment.USERPROFILE;
  const place = (variable: string, ...fallback: string[]) => {
    const base = environment[variable];
    if (base && isAbsolute(base)) return join(base, "sipnav");
    return home ? join(home, ...fallback, "sipnav") : undefined;
  };
  const config = place("XDG_CONFIG_HOME", ".config");
  const state = place("XDG_STATE_HOME", ".local", "state");
  const cache = place("XDG_CACHE_HOME", ".cache");
  return config && state && cache ? { config, state, cache } : undefined;
}

/** Says that there is nowhere to put files. */
export function noFolders(): SipnavError {
  return new SipnavError("config", "There is no place for settings: HOME is not set.", {
    hint: "Set HOME, or SIPNAV_HOME=/some/folder.",
  });
}
