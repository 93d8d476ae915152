import { utc, type Zone } from "../core/time.ts";
import { type Kind, text } from "./kinds.ts";

const unitsMs: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3 };
const form = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/;
const ago = /^(\d{1,6})([smhd])$/;

/** A moment as a person says it: a date, a time, `now`, or how long ago, as `90m`, `24h`, `7d`. */
export const moment: Kind<string> = {
  ...text,
  name: "moment",
  hint: "time|90m|24h|7d",
  parse(input) {
    if (input === "now" || ago.test(input)) return { value: input };
    if (!form.test(input)) {
      return {
        problem: "a time (2026-01-31 or 2026-01-31T13:00Z), now, or how long ago (90m, 24h, 7d) is expected",
      };
    }
    return utc.toIso(input) === undefined ? { problem: `there is no such time: ${input}` } : { value: input };
  },
};

/** Milliseconds since 1970 of a moment; a time without offset is one of the zone. Undefined when there is no such time. */
export function momentMs(said: string, nowMs: number, zone: Zone): number | undefined {
  if (said === "now") return nowMs;
  const [, count, unit = ""] = ago.exec(said) ?? [];
  if (count !== undefined) return nowMs - Number(count) * (unitsMs[unit] ?? 0);
  const iso = zone.toIso(said);
  return iso === undefined ? undefined : Date.parse(iso);
}
