import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, link, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type ErrorKind, SipnavError } from "../core/errors.ts";
import { fileError, isMissing } from "../core/filefaults.ts";

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
      throw taken(path);
    }
    if (found === undefined || found.isFile()) await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw cause instanceof SipnavError ? cause : fileError("usage", "write", path, cause);
  }
}

/** A result on its way to its place. */
export interface OutFile {
  /** @throws truncated when the disk refuses */
  write(content: string | Uint8Array): Promise<void>;
  /** Gives the file its name. @throws truncated */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/**
 * Opens a place for a result that only its owner may read: beside and renamed, so that nothing half-written has the
 * final name. A device or pipe is written to as it is; behind a symbolic link it is the linked file that is replaced.
 * @throws usage as `checkOutFile`
 */
export async function openOutFile(path: string, force: boolean): Promise<OutFile> {
  await checkOutFile(path, force);
  return openPlace(path, force, "usage");
}

/** Writes a whole result as `openOutFile` does. @throws usage as `checkOutFile`, truncated when the writing fails */
export async function writeOutFile(path: string, text: string, force: boolean): Promise<void> {
  await checkOutFile(path, force);
  const file = await openPlace(path, force, "truncated");
  try {
    await file.write(text);
    await file.finish();
  } catch (thrown) {
    await file.abandon();
    throw thrown;
  }
}

async function openPlace(path: string, force: boolean, kind: ErrorKind): Promise<OutFile> {
  const orFail = async <T>(step: Promise<T>, failure: ErrorKind = "truncated"): Promise<T> =>
    step.catch((cause: unknown) => {
      throw (cause as NodeJS.ErrnoException).code === "EEXIST"
        ? taken(path)
        : fileError(failure, "write", path, cause);
    });
  const found = await stat(path).catch(() => undefined);
  const isDevice = found !== undefined && !found.isFile();
  const target = found?.isFile() ? await orFail(realpath(path), kind) : path;
  const beside = isDevice ? undefined : `${target}.${randomBytes(6).toString("hex")}.new`;
  const handle = await orFail(open(beside ?? path, beside ? "wx" : "w", 0o600), kind);
  return {
    write: (content) => orFail(handle.writeFile(content)),
    async finish() {
      if (beside) await orFail(handle.sync());
      await orFail(handle.close());
      if (beside) await orFail(force ? rename(beside, target) : takeName(beside, target));
    },
    async abandon() {
      await handle.close().catch(() => undefined);
      if (beside) await rm(beside, { force: true }).catch(() => undefined);
    },
  };
}

/** Unlike a rename, a link never replaces what another program put there meanwhile. */
async function takeName(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
    await rm(beside);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // Not every file system has links.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw cause;
    await rename(beside, path);
  }
}

const taken = (path: string) =>
  new SipnavError("usage", `${path} is there already.`, { hint: "--force replaces it." });
