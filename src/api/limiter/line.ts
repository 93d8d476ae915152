import type { Permit } from "./permits.ts";

interface Waiter {
  readonly sinceMs: number;
  resolve(permit: Permit): void;
  reject(reason: unknown): void;
}

/** Calls that wait for a permit: first come, first served. */
export interface Line {
  size(): number;
  /** Waits to be served, or until the signal is aborted: then it ends with the signal's reason. */
  join(sinceMs: number, signal: AbortSignal | undefined): Promise<Permit>;
  /** Serves the first. */
  serve(permit: Permit): void;
  /** Sends those away who have waited since a time for which `isMeant` holds. */
  refuse(reason: unknown, isMeant: (sinceMs: number) => boolean): void;
}

/** An empty line. */
export function createLine(): Line {
  let waiting: Waiter[] = [];
  return {
    size: () => waiting.length,
    join: (sinceMs, signal) =>
      new Promise((resolve, reject) => {
        const leave = () => {
          waiting = waiting.filter((other) => other !== waiter);
          reject(signal?.reason);
        };
        const stay = () => signal?.removeEventListener("abort", leave);
        const waiter: Waiter = {
          sinceMs,
          resolve(permit) {
            stay();
            resolve(permit);
          },
          reject(reason) {
            stay();
            reject(reason);
          },
        };
        signal?.addEventListener("abort", leave, { once: true });
        waiting.push(waiter);
      }),
    serve: (permit) => waiting.shift()?.resolve(permit),
    refuse(reason, isMeant) {
      const refused = waiting.filter(({ sinceMs }) => isMeant(sinceMs));
      waiting = waiting.filter((waiter) => !refused.includes(waiter));
      for (const waiter of refused) waiter.reject(reason);
    },
  };
}
