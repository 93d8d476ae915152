import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { fileError, isMissing } from "./files.ts";

/**
 * Whether a result may be written to a path; asked before anything is sent.
 * @throws usage when something is there and `force` is not given, or the place can't be written to
 */
export async function checkOutFile(path: string, force: boolean): Promise<void> {
  try {
    const found = await stat(path).catch((cause: unknown) => {
      if (isMissing(cause)) return undefined;
      throw cause;
    });
    if (found?.isDirectory()) throw Object.assign(new Error("folder"), { code: "EISDIR" });
    if (found?.isFile() && !force) {
      throw new SipnavError("usage", `${path} is there already.`, { hint: "--force replaces it." });
    }
    if (found === undefined || found.isFile()) await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw cause instanceof SipnavError ? cause : fileError("usage", "write", path, cause);
  }
}

/**
 * Writes a result that only its owner may read: beside and renamed, so that nothing half-written has the final name.
 * A device or pipe is written to as it is; behind a symbolic link it is the linked file that is replaced.
 * @throws usage as `checkOutFile`, truncated when the writing fails
 */
export async function writeOutFile(path: string, text: string, force: boolean): Promise<void> {
  await checkOutFile(path, force);
  try {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) await replace(path, text);
    else if (found.isFile()) await replace(await realpath(path), text);
    else await writeFile(path, text);
  } catch (cause) {
    throw fileError("truncated", "write", path, cause);
  }
}

async function replace(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    const handle = await open(beside, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw cause;
  }
}
