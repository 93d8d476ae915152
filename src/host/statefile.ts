import { rename } from "node:fs/promises";
import { fileError } from "../core/filefaults.ts";
import { readPrivate, writePrivate } from "./files.ts";
import { withLock } from "./locks.ts";

/** A small file that the program keeps for itself, for its owner's eyes only. */
export interface StateFile {
  readonly path: string;
  /** Its text; undefined when there is none. @throws config */
  read(): Promise<string | undefined>;
  /** Replaces its text by what `change` makes of it; other processes wait. @throws config, locked */
  update(change: (text: string | undefined) => Promise<string>): Promise<void>;
  /** Gives a broken one another name, which is answered: nothing is lost. @throws config */
  setAside(nowMs: number): Promise<string>;
}

/** @param notice hears that others could read the file */
export function openStateFile(path: string, notice: (text: string) => void): StateFile {
  const read = () => readPrivate(path, notice);
  return {
    path,
    read,
    update: (change) => withLock(path, async () => writePrivate(path, await change(await read()))),
    async setAside(nowMs) {
      const aside = `${path}.broken-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, "")}`;
      try {
        await rename(path, aside);
      } catch (cause) {
        throw fileError("config", "rename", path, cause);
      }
      return aside;
    },
  };
}
