import { createReadStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { fileError } from "../core/filefaults.ts";
import { ownFileError, writePrivate } from "./files.ts";
import type { Host } from "./host.ts";

/**
 * The text of a file that a person named; `-` is standard input.
 * @throws usage when it cannot be read
 */
export async function readGiven({ terminal }: Pick<Host, "terminal">, path: string): Promise<string> {
  if (path === "-") return terminal.input.readAll();
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw fileError("usage", "read", path, cause);
  });
}

/** Whether what a person named can be read only once: standard input, and a pipe such as a shell's `<(…)`. */
export async function isReadOnce(path: string): Promise<boolean> {
  return path === "-" || (await stat(path).catch(() => undefined))?.isFIFO() === true;
}

/** Sets aside what can be read only once, in a file that only its owner may read. @throws config */
export async function setAside(
  { terminal, signal }: Pick<Host, "terminal" | "signal">,
  path: string,
  copy: string,
): Promise<void> {
  if (path === "-") return writePrivate(copy, await terminal.input.readAll());
  await writeFile(copy, createReadStream(path), { mode: 0o600, flag: "wx", signal }).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      throw ownFileError("write", copy, cause);
    },
  );
}
