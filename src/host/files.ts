import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { chmod, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type ErrorKind, SipnavError } from "../core/errors.ts";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  ELOOP: "it is a symbolic link",
};

/** A file system error in words, naming the path. */
export function fileError(kind: ErrorKind, doing: string, path: string, cause: unknown): SipnavError {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new SipnavError(kind, `Cannot ${doing} ${path}: ${reason}.`, { code, cause });
}

/**
 * The text of a file that only its owner may read; undefined when there is none. A file that others can read is
 * closed to them first; a symbolic link is refused, since it could point the next write at a stranger's file.
 * @throws config
 */
export async function readPrivate(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { mode } = await handle.stat();
      if ((mode & 0o077) !== 0) await handle.chmod(0o600);
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileError("config", "read", path, cause);
  }
}

/**
 * Replaces a file that only its owner may read: written beside with O_EXCL, made durable, renamed.
 * A reader sees the old text or the new one, never a part.
 * @throws config
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString("hex")}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await chmod(dirname(path), 0o700);
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
    throw fileError("config", "write", path, cause);
  }
}
