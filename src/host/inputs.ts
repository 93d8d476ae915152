import { readFile } from "node:fs/promises";
import { fileError } from "../core/filefaults.ts";
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
