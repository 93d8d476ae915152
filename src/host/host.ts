import type { Clock } from "../core/clock.ts";
import type { Environment, Folders } from "./folders.ts";
import type { SecretStore, StoreName } from "./secrets.ts";
import type { SettingsFile } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

/** This computer, as far as the program may touch it. No part touches a file before it is used. */
export interface Host {
  /** This program's version. */
  readonly version: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly terminal: Terminal;
  /** @throws config when there is no place for files */
  readonly folders: Folders;
  readonly settings: SettingsFile;
  /** The nearest `.sipnav.json` at or above the working folder. */
  project(): Promise<{ readonly path: string; readonly text: string } | undefined>;
  /**
   * A place that secrets are kept in; what is in memory lasts as long as the process.
   * @param notice hears what a person should know of it, such as that others could read it
   */
  secrets(name: StoreName, notice: (text: string) => void): SecretStore;
  /** Aborted when the person or the system asks the program to end; the reason is a `SipnavError`. */
  readonly signal: AbortSignal;
}
