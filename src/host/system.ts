import { systemClock } from "./clock.ts";
import { findFolders, noFolders } from "./folders.ts";
import type { Host } from "./host.ts";
import { keychainSecrets } from "./keychain.ts";
import { fileSecrets } from "./secretfile.ts";
import { memorySecrets, type StoreName } from "./secrets.ts";
import { openSettings, projectOf } from "./settings.ts";
import { systemTerminal } from "./terminal.ts";

/** The computer that a process runs on. Making it reads variables and touches no file. */
export function systemHost(
  process: Pick<NodeJS.Process, "env" | "cwd" | "stdin" | "stdout" | "stderr">,
  version: string,
  signal: AbortSignal,
): Host {
  const environment = process.env;
  const folders = findFolders(environment);
  const terminal = systemTerminal(process);
  const needFolders = () => {
    if (folders === undefined) throw noFolders();
    return folders;
  };
  const memory = memorySecrets();
  const passphrase = environment.SIPNAV_PASSPHRASE || undefined;
  const stores: Readonly<Record<StoreName, Host["secrets"]>> = {
    keychain: () => keychainSecrets(),
    file: (_, notice) => fileSecrets({ folder: () => needFolders().config, passphrase, notice }),
    memory: () => memory,
  };
  return {
    version,
    environment,
    clock: systemClock,
    terminal,
    get folders() {
      return needFolders();
    },
    settings: openSettings(folders?.config),
    project: () => projectOf(process),
    secrets: (name, notice) => stores[name](name, notice),
    signal,
  };
}
