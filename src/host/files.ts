import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
} from "node:fs";
import { lstat, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { fileError, isMissing } from "../core/filefaults.ts";

const elsewhere = "keep sipnav's files elsewhere: SIPNAV_HOME=/some/folder";

/** What mends a file of this program's own. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: `Make room: what was there is whole. Or ${elsewhere}`,
  EDQUOT: `Make room: what was there is whole. Or ${elsewhere}`,
  ELOOP: `It may lead to a stranger's file. Put a file or folder of your own in its place, or ${elsewhere}`,
};

/** A file system error of a file of this program's own, such as its settings: with the way around it. */
export function ownFileError(doing: string, path: string, cause: unknown): SipnavError {
  const { message, facts } = fileError("config", doing, path, cause);
  const hint = remedies[facts.code ?? ""] ?? `Mend that, or ${elsewhere}`;
  return new SipnavError("config", message, { ...facts, hint });
}

/**
 * The text of a file that only its owner may read; undefined when there is none. A file that others can read is
 * closed to them first; a symbolic link is refused, since it could point the next write at a stranger's file.
 * @param notice hears that the file was open to others
 * @throws config
 */
export async function readPrivate(path: string, notice: (text: string) => void): Promise<string | undefined> {
  try {
    // At once: to start the threads that would read it takes longer than to read it.
    const handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      closeToOthers(handle, path, notice);
      return readFileSync(handle, "utf8");
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw ownFileError("read", path, cause);
  }
}

function closeToOthers(handle: number, path: string, notice: (text: string) => void): void {
  if ((fstatSync(handle).mode & 0o077) === 0) return;
  fchmodSync(handle, 0o600);
  notice(
    `Other users could read ${path}: it is closed to them now. What was in it may be known to them: log out, and in again.`,
  );
}

/**
 * Makes a folder that only its owner may enter; one that is there is closed to others.
 * @throws config, also for a folder that everybody shares
 */
export async function makePrivateFolder(path: string): Promise<void> {
  try {
    makeFolders(path);
    const { mode } = statSync(path);
    if ((mode & 0o077) === 0) return;
    if ((mode & 0o1000) === 0) return chmodSync(path, 0o700);
  } catch (cause) {
    throw ownFileError("make the folder", path, cause);
  }
  throw new SipnavError("config", `${path} is everybody's: no secret may be kept there.`, {
    hint: `Use a folder of your own in it: SIPNAV_HOME=${join(path, "sipnav")}`,
  });
}

/** Step by step: Node's own `recursive` never ends where a folder is there and none can be made in it, as in /proc. */
export function makeFolders(path: string, isWanted = true): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if (isMissing(cause) && isWanted) {
      makeFolders(dirname(path));
      makeFolders(path, false);
    } else if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw cause;
  }
}

/**
 * Replaces a file that only its owner may read: written beside with O_EXCL, made durable, renamed.
 * A reader sees the old text or the new one, never a part. A symbolic link is refused.
 * @throws config
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(path));
  const beside = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    if ((await lstat(path).catch(() => undefined))?.isSymbolicLink()) {
      throw Object.assign(new Error("symbolic link"), { code: "ELOOP" });
    }
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
    throw ownFileError("write", path, cause);
  }
}

/** Removes a file; that there is none is as good. @throws config */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch((cause: unknown) => {
    throw fileError("config", "remove", path, cause);
  });
}
