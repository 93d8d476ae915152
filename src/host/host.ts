import type { Clock } from "./clock.ts";
import type { Environment, Folders } from "./folders.ts";
import type { SecretStore } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

/** This computer, as far as the program may touch it. */
export interface Host {
  /** This program's version. */
  readonly version: string;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly folders: Folders;
  readonly settings: Settings;
  readonly secrets: SecretStore;
  /** Aborted when the person or the system asks the program to end; the reason is a `SipnavError`. */
  readonly signal: AbortSignal;
}
