import { constants } from "node:fs";
import { open, readdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { isMissing } from "../core/filefaults.ts";
import { makePrivateFolder, ownFileError, writePrivate } from "./files.ts";

/** A file of one entry a line, such as a history. */
export interface LineFile {
  /** Every line, the oldest first; of a file grown far too long the newest are kept. @throws config */
  read(): Promise<string[]>;
  /** @throws config */
  append(line: string): Promise<void>;
}

/** Opens a file of lines that only its owner may read; a symbolic link is refused. */
export function openLineFile(path: string, linesMax: number): LineFile {
  return {
    async read() {
      const text = await readFile(path, "utf8").catch((cause: unknown) => {
        if (isMissing(cause)) return "";
        throw ownFileError("read", path, cause);
      });
      const lines = text.split("\n").filter((line) => line !== "");
      if (lines.length > 2 * linesMax) await writePrivate(path, `${lines.slice(-linesMax).join("\n")}\n`);
      return lines.slice(-linesMax);
    },
    async append(line) {
      const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
      try {
        await makePrivateFolder(dirname(path));
        const handle = await open(path, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
        await handle.appendFile(`${line}\n`).finally(() => handle.close());
      } catch (cause) {
        throw ownFileError("write", path, cause);
      }
    },
  };
}

/** The paths that continue a typed one; folders end in a slash. Nothing when there is no such folder. */
export async function listPaths(typed: string): Promise<string[]> {
  const folder = typed.endsWith("/") ? typed : dirname(typed);
  const prefix = typed.slice(0, typed.length - (typed.endsWith("/") ? 0 : basename(typed).length));
  const entries = await readdir(folder === "" ? "." : folder, { withFileTypes: true }).catch(() => []);
  return entries
    .map((entry) => prefix + entry.name + (entry.isDirectory() ? "/" : ""))
    .filter((path) => path.startsWith(typed));
}
