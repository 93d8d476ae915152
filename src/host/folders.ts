import { join } from "node:path";
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
 * The user's folders by the XDG base directory rules; `SIPNAV_HOME` puts all three under one folder.
 * @throws config when neither a home nor the variables that stand for it are set
 */
export function findFolders(environment: Environment): Folders {
  const own = environment.SIPNAV_HOME;
  if (own) return { config: own, state: join(own, "state"), cache: join(own, "cache") };
  const place = (variable: string, ...fallback: string[]) => {
    const base = environment[variable];
    if (base?.startsWith("/")) return join(base, "sipnav");
    if (environment.HOME) return join(environment.HOME, ...fallback, "sipnav");
    throw new SipnavError("config", `There is no place for settings: neither HOME nor ${variable} is set.`, {
      hint: "Set HOME, or SIPNAV_HOME=/some/folder.",
    });
  };
  return {
    config: place("XDG_CONFIG_HOME", ".config"),
    state: place("XDG_STATE_HOME", ".local", "state"),
    cache: place("XDG_CACHE_HOME", ".cache"),
  };
}
