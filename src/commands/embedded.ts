import { join } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { makePrivateFolder } from "../host/files.ts";
import type { Host } from "../host/host.ts";
import type { Sandbox } from "../sandbox/server.ts";

/** The embedded platform within this process, for profiles that need no server. */
export interface Embedded {
  start(): Promise<Sandbox>;
  /** Stops it if it was started. */
  close(): Promise<void>;
}

/** A start by itself waits three seconds for the folder: ten seconds and more in all. */
const startsMax = 4;

/**
 * The embedded platform with its state in the user's state folder. Only one process at a time can use that: the
 * others wait.
 */
export function openEmbedded(host: Host): Embedded {
  let started: Promise<Sandbox> | undefined;
  return {
    start() {
      started ??= startWhenFree(host);
      return started;
    },
    async close() {
      const sandbox = await started?.catch(() => undefined);
      started = undefined;
      await sandbox?.close();
    },
  };
}

/**
 * One embedded platform for contexts of one process that overlap: a second one would wait for the first one's state.
 * @returns a function that answers each context's own hold of it; with the last one closed it stops
 */
export function shareEmbedded(host: Host): () => Embedded {
  let shared = openEmbedded(host);
  let holders = 0;
  return () => {
    let held: Embedded | undefined;
    return {
      start() {
        if (held === undefined) holders += 1;
        held ??= shared;
        return held.start();
      },
      async close() {
        if (held === undefined) return;
        held = undefined;
        holders -= 1;
        if (holders > 0) return;
        const last = shared;
        shared = openEmbedded(host);
        await last.close();
      },
    };
  };
}

async function startWhenFree(host: Host): Promise<Sandbox> {
  const { startSandbox } = await import("../sandbox/server.ts");
  const stateDir = join(host.folders.state, "sandbox");
  await makePrivateFolder(stateDir);
  for (let starts = 1; ; starts++) {
    try {
      return await startSandbox({ stateDir, now: () => host.clock.nowMs() });
    } catch (error) {
      const isTaken = error instanceof SipnavError && error.kind === "locked";
      if (!isTaken || starts === startsMax) throw error;
    }
    host.signal.throwIfAborted();
  }
}
