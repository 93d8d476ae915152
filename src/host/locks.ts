import { dirname } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { makePrivateFolder, ownFileError } from "./files.ts";

/**
 * Runs something while no other process of this user does it under the same path. The lock is the folder
 * `PATH.lock`; one whose owner died is taken over after ten seconds.
 * @throws locked when it is not free in time, config when it cannot be made
 */
export async function withLock<T>(
  path: string,
  run: () => Promise<T>,
  waitMsMax: number = limits.lockWaitMsMax,
): Promise<T> {
  await makePrivateFolder(dirname(path));
  const release = await takeLock(path, waitMsMax);
  try {
    return await run();
  } finally {
    // It may have been taken over while this computer slept.
    await release().catch(() => undefined);
  }
}

async function takeLock(path: string, waitMsMax: number): Promise<() => Promise<void>> {
  const { lock } = await import("proper-lockfile");
  try {
    return await lock(path, {
      realpath: false,
      retries: { forever: true, minTimeout: 20, maxTimeout: 250, factor: 1.5, maxRetryTime: waitMsMax },
      onCompromised: () => undefined,
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw ownFileError("lock", path, cause);
    throw new SipnavError("locked", `Another sipnav process holds the lock ${path}.lock.`, {
      hint: "Try again when it has ended.",
      retryable: true,
    });
  }
}
