import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMissing } from "../core/filefaults.ts";
import { makePrivateFolder, ownFileError } from "./files.ts";
import { noFolders } from "./folders.ts";
import { withLock } from "./locks.ts";

/** The settings file of a user; what may stand in it is not known here. */
export interface SettingsFile {
  /** @throws config when there is no place for files */
  readonly path: string;
  /** Its text; undefined when there is none. @throws config when it cannot be read */
  read(): Promise<string | undefined>;
  /** Replaces its content by what `change` makes of the text; other processes wait. @throws config, locked */
  update(change: (text: string | undefined) => object): Promise<void>;
}

/**
 * Opens the settings file in a folder. It is read without conf, whose schema engine costs more than the whole
 * rest of a short command, and written with it.
 */
export function openSettings(folder: string | undefined): SettingsFile {
  const file: SettingsFile = {
    get path() {
      if (folder === undefined) throw noFolders();
      return join(folder, "config.json");
    },
    read: async () => (folder === undefined ? undefined : readText(file.path)),
    update: async (change) =>
      withLock(file.path, async () => replace(file.path, change(readText(file.path)))),
  };
  return file;
}

/** The nearest project file of a process; none where its folder was removed meanwhile. */
export function projectOf(process: Pick<NodeJS.Process, "cwd">): ReturnType<typeof findProject> {
  try {
    return findProject(process.cwd());
  } catch {
    return Promise.resolve(undefined);
  }
}

/** The nearest `.sipnav.json` in a folder or above it. */
export async function findProject(folder: string): Promise<{ path: string; text: string } | undefined> {
  for (let place = folder; ; place = dirname(place)) {
    const path = join(place, ".sipnav.json");
    const text = readText(path);
    if (text !== undefined) return { path, text };
    if (dirname(place) === place) return undefined;
  }
}

/**
 * A file's text; undefined when there is none. At once: to start the threads that would read it takes longer than to
 * read it.
 * @throws config when it cannot be read
 */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw ownFileError("read", path, cause);
  }
}

async function replace(path: string, content: object): Promise<void> {
  const { writeConf } = await withoutNewSignals(() => import("./conffile.ts"));
  await makePrivateFolder(dirname(path));
  try {
    writeConf(path, content);
  } catch (cause) {
    throw ownFileError("write", path, cause);
  }
}

/** A library that listens to signals as it is loaded would end the process before it has tidied up: only ours count. */
async function withoutNewSignals<T>(load: () => Promise<T>): Promise<T> {
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = new Set(names.flatMap((name) => process.listeners(name)));
  const loaded = await load();
  for (const name of names) {
    for (const listener of process.listeners(name)) if (!before.has(listener)) process.off(name, listener);
  }
  return loaded;
}
