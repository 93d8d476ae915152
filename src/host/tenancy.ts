import { randomBytes } from "node:crypto";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { SipnavError } from "../core/errors.ts";
import { isMissing } from "../core/filefaults.ts";
import { makePrivateFolder, ownFileError } from "./files.ts";

/** Who holds a place: a process, told apart from a later one of the same number by its start. */
interface Tenant {
  readonly host: string;
  readonly pid: number;
  readonly started: string;
}

/**
 * Runs something that only one process at a time may do, for as long as it takes. Unlike a lock with a heartbeat it
 * is free again the moment its holder dies, and a second process is turned away at once.
 * @param place a folder of its own; each holder leaves a numbered file, and the highest number is the one that counts
 * @param what is done, as the start of a sentence: "An import of accounts"
 * @throws locked naming the holder; config when the folder cannot be used
 */
export async function asTenant<T>(place: string, what: string, run: () => Promise<T>): Promise<T> {
  const file = await moveIn(place, what);
  try {
    return await run();
  } finally {
    // Emptied and not removed: the numbers must not start again while somebody is about to take the next one.
    await writeFile(file, "").catch(() => undefined);
  }
}

async function moveIn(place: string, what: string): Promise<string> {
  await makePrivateFolder(place);
  const own = JSON.stringify({ host: hostname(), pid: process.pid, started: await startOf(process.pid) });
  const draft = join(place, `${process.pid}-${randomBytes(6).toString("hex")}.new`);
  try {
    const last = Math.max(0, ...(await numbersIn(place)));
    const holder = last === 0 ? undefined : await readTenant(join(place, String(last)));
    if (holder !== undefined && (await isAlive(holder))) throw taken(place, what, holder);
    await writeFile(draft, own, { mode: 0o600, flag: "wx" });
    const file = join(place, String(last + 1));
    // A link appears with its content, and never in the place of another: of two that saw the last one dead, one wins.
    await link(draft, file).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === "EEXIST" ? taken(place, what) : cause;
    });
    const numbers = await numbersIn(place);
    if (Math.max(...numbers) !== last + 1) {
      await rm(file, { force: true });
      throw taken(place, what);
    }
    for (const number of numbers) if (number <= last) await rm(join(place, String(number)), { force: true });
    return file;
  } catch (cause) {
    throw cause instanceof SipnavError ? cause : ownFileError("use the folder", place, cause);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

const numbersIn = async (place: string): Promise<number[]> =>
  (await readdir(place)).filter((name) => /^\d+$/.test(name)).map(Number);

/** Undefined when the place was left. */
async function readTenant(path: string): Promise<Tenant | undefined> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (isMissing(cause)) return "";
    throw cause;
  });
  return text === "" ? undefined : (JSON.parse(text) as Tenant);
}

/** A process of another computer is taken to be alive: nothing here can tell. */
async function isAlive({ host, pid, started }: Tenant): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return (await startOf(pid)) === started;
}

/** The moment a process started, in the kernel's own count (proc(5), field 22 of stat); nothing where there is no /proc. */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function taken(place: string, what: string, tenant?: Tenant): SipnavError {
  const holder = tenant === undefined ? "" : ` (process ${tenant.pid} on ${tenant.host})`;
  return new SipnavError("locked", `${what} is under way already${holder}.`, {
    hint: `Wait for its end. If there is no such process, remove ${place}`,
    retryable: true,
  });
}
