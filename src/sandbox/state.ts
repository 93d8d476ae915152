import { randomBytes, randomInt } from "node:crypto";
import { chmod, mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { asSipnavError, SipnavError } from "../core/errors.ts";
import { type Journal, openJournal, type Replay, replaceFile } from "./journal.ts";

/** What the seed tables and call records are made from; the same sizes give the same data. */
export interface Sizes {
  readonly seed: number;
  readonly accounts: number;
  readonly carriers: number;
  readonly companies: number;
  readonly cdrs: number;
}

/** How to get in; random for every new state. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly otpUsername: string;
  /** Six digits, the first one 0. */
  readonly otpCode: string;
  readonly secret: string;
}

/** What has to outlive the process for the data to stay the same and tokens to stay valid. */
export interface Identity {
  readonly sizes: Sizes;
  /** The moment at which exactly `sizes.cdrs` calls had been made, in epoch milliseconds. */
  readonly anchorMs: number;
  readonly credentials: Credentials;
}

/** A folder that keeps the platform's state between two runs. */
export interface State {
  readonly identity: Identity;
  openJournal(replay: Replay): Promise<Journal>;
  /** Gives the folder free for another server. */
  release(): Promise<void>;
}

const lockStaleMs = 2_500;

/** A fresh identity, with random credentials. */
export function createIdentity(sizes: Sizes, nowMs: number): Identity {
  return {
    sizes,
    anchorMs: nowMs,
    credentials: {
      username: "operator",
      password: randomBytes(12).toString("base64url"),
      otpUsername: "operator-otp",
      otpCode: `0${randomInt(100_000).toString().padStart(5, "0")}`,
      secret: randomBytes(32).toString("base64url"),
    },
  };
}

/**
 * Opens a state folder (made 0700 if it is missing) for this process alone. The identity that is recorded in it
 * wins; `wanted` says which sizes were asked for, and a difference is an error.
 * @throws config when the folder or a file in it can't be used, locked when another server uses it
 */
export async function openState(folder: string, wanted: Partial<Sizes>, fresh: Identity): Promise<State> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!(await stat(folder)).isDirectory()) throw new Error("not a folder");
    await chmod(folder, 0o700);
  } catch (cause) {
    throw unusable(folder, cause);
  }
  let journal: Journal | undefined;
  const release = await lockFolder(folder, (reason) => journal?.poison(reason));
  try {
    return {
      identity: await settleIdentity(join(folder, "meta.json"), wanted, fresh),
      async openJournal(replay) {
        try {
          journal = await openJournal(join(folder, "journal.ndjson"), replay);
          return journal;
        } catch (cause) {
          throw unusable(folder, cause);
        }
      },
      release,
    };
  } catch (cause) {
    await release();
    throw unusable(folder, cause);
  }
}

/** A killed server's lock goes stale, so a start waits that long before it believes in another server. */
async function lockFolder(folder: string, onLost: (reason: Error) => void): Promise<() => Promise<void>> {
  const { lock } = await import("proper-lockfile");
  try {
    const release = await lock(folder, {
      lockfilePath: join(folder, "lock"),
      stale: lockStaleMs,
      update: 1_000,
      // A file system may keep times in whole seconds only, rounded up: a stale lock can look a second younger.
      retries: { retries: 20, factor: 1, minTimeout: 200, maxTimeout: 200 },
      onCompromised: onLost,
    });
    // One that was lost, as while this computer slept, is released already.
    return () => release().catch(() => undefined);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw unusable(folder, cause);
    throw new SipnavError("locked", `Another sandbox is using ${folder}.`, {
      hint: "Stop it, or choose another --state folder.",
      cause,
    });
  }
}

async function settleIdentity(file: string, wanted: Partial<Sizes>, fresh: Identity): Promise<Identity> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw cause;
  });
  if (text === undefined) {
    await replaceFile(file, `${JSON.stringify(fresh)}\n`);
    return fresh;
  }
  const recorded = parseIdentity(file, text, fresh);
  for (const name of Object.keys(fresh.sizes) as (keyof Sizes)[]) {
    const value = wanted[name];
    if (value === undefined || value === recorded.sizes[name]) continue;
    throw new SipnavError(
      "config",
      `The state was made with ${name} ${recorded.sizes[name]}, not ${value}.`,
      {
        hint: `Leave ${name} out, or choose another --state folder.`,
        details: [{ file, field: name, message: `recorded as ${recorded.sizes[name]}` }],
      },
    );
  }
  return recorded;
}

/** The recorded identity, if it has every part, of the type, that a fresh one has. */
function parseIdentity(file: string, text: string, fresh: Identity): Identity {
  let message = "it is not a sandbox's meta file";
  try {
    const parsed: unknown = JSON.parse(text);
    if (hasShapeOf(fresh, parsed)) return parsed as Identity;
  } catch (error) {
    message = (error as Error).message;
  }
  throw new SipnavError("config", `${file}:1 is damaged: ${message}`, {
    hint: "Mend it or choose another --state folder; nothing was changed.",
    details: [{ file, row: 1, message }],
  });
}

function hasShapeOf(model: unknown, value: unknown): boolean {
  if (typeof model !== typeof value || value === null) return false;
  if (typeof model !== "object" || model === null) return true;
  return Object.entries(model).every(([name, part]) =>
    hasShapeOf(part, (value as Record<string, unknown>)[name]),
  );
}

function unusable(folder: string, cause: unknown): SipnavError {
  if (cause instanceof SipnavError) return cause;
  const { message } = asSipnavError(cause);
  return new SipnavError("config", `The state folder ${folder} can't be used: ${message}`, { cause });
}
