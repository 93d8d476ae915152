import type { Host } from "../host/host.ts";

/** A host that differs in some parts. The others are still made only when they are asked for. */
export function deriveHost(host: Host, changes: Partial<Pick<Host, "signal" | "environment">>): Host {
  return Object.create(host, Object.getOwnPropertyDescriptors(changes)) as Host;
}
