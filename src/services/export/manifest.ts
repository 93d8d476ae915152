import { basename } from "node:path";
import type { Exported, ExportOrder } from "../export.ts";
import type { Profile } from "../profiles.ts";

/** What a manifest says besides what was written. */
export interface ManifestFacts {
  readonly path: string;
  readonly order: ExportOrder;
  /** What was asked for, in the words of the command line. */
  readonly query: object;
  readonly profile: Pick<Profile, "name" | "baseUrl" | "platformId" | "zone">;
  readonly startedMs: number;
  readonly finishedMs: number;
}

/**
 * A JSON document that tells what is in a file and whether that is all there was, for whoever has the file and
 * nothing else. `sha256` is hexadecimal; the times are universal, those in the file are of `zone`.
 */
export function manifestText(
  { path, order, query, profile, ...times }: ManifestFacts,
  exported: Exported,
): string {
  const { rows, bytes, sha256, fields, complete, notices } = exported;
  const manifest = {
    file: basename(path),
    format: order.form.format,
    rows,
    bytes,
    sha256,
    complete,
    notices,
    fields,
    formula_guard: order.form.options?.formulaGuard ?? false,
    query: { operation: order.call.operation, ...query },
    profile: profile.name,
    platform: { base_url: profile.baseUrl, platform_id: profile.platformId ?? null },
    zone: profile.zone,
    started_at: new Date(times.startedMs).toISOString(),
    finished_at: new Date(times.finishedMs).toISOString(),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
