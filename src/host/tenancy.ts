import { readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { SipnavError } from "../core/errors.ts";
import { fileError, isMissing, writePrivate } from "./files.ts";
import { withLock } from "./locks.ts";

/** Who holds a place: a process, told apart from a later one of the same number by its start. */
interface Tenant {
  readonly host: string;
  readonly pid: number;
  readonly started: string;
}

/**
 * Runs something that only one process at a time may do, for as long as it takes. Unlike a lock with a heartbeat it
 * is free again the moment its holder dies, and a second process is turned away at once.
 * @param what is done, as the start of a sentence: "An import of accounts"
 * @throws locked naming the holder; config when the file cannot be made
 */
export async function asTenant<T>(path: string, what: string, run: () => Promise<T>): Promise<T> {
  await withLock(path, async () => {
    const tenant = await readTenant(path);
    if (tenant !== undefined && (await isAlive(tenant))) throw taken(path, what, tenant);
    const own: Tenant = { host: hostname(), pid: process.pid, started: await startOf(process.pid) };
    await writePrivate(path, JSON.stringify(own));
  });
  try {
    return await run();
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function readTenant(path: string): Promise<Tenant | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Tenant;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw fileError("config", "read", path, cause);
  }
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

function taken(path: string, what: string, { host, pid }: Tenant): SipnavError {
  const where = host === hostname() ? "" : ` on ${host}`;
  return new SipnavError("locked", `${what} is under way already (process ${pid}${where}).`, {
    hint: `Wait for its end. If there is no such process, remove ${path}`,
    retryable: true,
  });
}
