import { isRecord } from "../core/record.ts";

/** An answer's envelope, opened. */
export interface Envelope {
  /** Whether the platform says that it did what was asked. */
  success: boolean;
  /** What stands in `data`, or the whole body when there is no envelope; undefined for null. */
  data: unknown;
  message: string;
}

// Flags come in many forms; nothing at all means that it went well.
const failures: readonly unknown[] = [false, 0, "0", "false"];

/**
 * Opens `{success, message, data}`. `success: false` may come with HTTP 200. A body without `success` is an
 * envelope when it has `data`, unless that is a bare paginator's.
 */
export function openEnvelope(body: unknown): Envelope {
  if (!isRecord(body)) return { success: true, data: body ?? undefined, message: "" };
  const isEnvelope = "success" in body || ("data" in body && !("current_page" in body));
  return {
    success: !failures.includes(body.success),
    data: (isEnvelope ? body.data : body) ?? undefined,
    message: typeof body.message === "string" ? body.message : "",
  };
}
