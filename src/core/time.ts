/** Reads and writes the platform's zone-less times. */
export interface Zone {
  readonly name: string;
  /** `YYYY-MM-DD HH:MM:SS` of this zone, or any ISO 8601 time, to ISO 8601 with offset; otherwise undefined. */
  toIso(wireTime: string): string | undefined;
  /** A moment to the platform's `YYYY-MM-DD HH:MM:SS` in this zone. */
  toWire(epochMs: number): string;
}

const naive = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/;
/** What platforms send, 29 February aside: found right without a look at the calendar. */
const everyday = new RegExp(
  String.raw`^\d{4}-(?:(?:0[13-9]|1[0-2])-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])|(?:0[13578]|1[02])-31) ` +
    String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$`,
);
const withOffset = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Whether the text begins with a day of the calendar: `Date.parse` takes 31 February for 3 March. */
function startsWithDay(text: string): boolean {
  const day = Number(text.slice(8, 10));
  return (
    day <= 28 || day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  );
}

const dayMs = 86_400_000;
const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

// Times are written by the million, and mostly of one day after the other.
let wireDay = { day: 0, text: "1970-01-01" };

/** Universal time, the default zone of zone-less times; it needs no library. */
export const utc: Zone = {
  name: "UTC",
  toIso(wireTime) {
    if (everyday.test(wireTime)) return `${wireTime.slice(0, 10)}T${wireTime.slice(11)}Z`;
    const match = naive.exec(wireTime);
    if (!match && !withOffset.test(wireTime)) return undefined;
    const iso = match ? `${match[1]}T${match[2] ?? "00:00:00"}Z` : wireTime.replace(" ", "T");
    return Number.isNaN(Date.parse(iso)) || !startsWithDay(iso) ? undefined : iso;
  },
  toWire(epochMs) {
    const day = Math.floor(epochMs / dayMs);
    if (day !== wireDay.day) wireDay = { day, text: new Date(day * dayMs).toISOString().slice(0, 10) };
    const second = Math.floor((epochMs - day * dayMs) / 1000);
    return `${wireDay.text} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  },
};

/**
 * A zone by its IANA name, such as `America/New_York`; undefined when there is no such zone.
 * Loads luxon unless the zone is UTC.
 */
export async function openZone(name: string): Promise<Zone | undefined> {
  if (/^(utc|etc\/utc|gmt|z)$/i.test(name)) return utc;
  const { DateTime, IANAZone } = await import("luxon");
  if (!IANAZone.isValidZone(name)) return undefined;
  const readIso = (wireTime: string) =>
    DateTime.fromSQL(wireTime.replace("T", " "), { zone: name }).toISO({ suppressMilliseconds: true }) ??
    undefined;
  const offsetOf = keepOffsets(readIso);
  return {
    name,
    toIso(wireTime) {
      const offset = everyday.test(wireTime) ? offsetOf(wireTime.slice(0, 10)) : undefined;
      if (offset !== undefined) return `${wireTime.slice(0, 10)}T${wireTime.slice(11)}${offset}`;
      if (withOffset.test(wireTime) || !naive.test(wireTime)) return utc.toIso(wireTime);
      return readIso(wireTime);
    },
    toWire(epochMs) {
      return DateTime.fromMillis(epochMs, { zone: name }).toFormat("yyyy-MM-dd HH:mm:ss");
    },
  };
}

const daysKept = 4_096;

/** The offset of a whole day; undefined when the clocks are changed on it. To read each time takes ten times longer. */
function keepOffsets(readIso: (wireTime: string) => string | undefined) {
  const offsets = new Map<string, string | undefined>();
  return (day: string): string | undefined => {
    if (offsets.has(day)) return offsets.get(day);
    if (offsets.size >= daysKept) offsets.clear();
    const [first = "", last = ""] = ["00:00:00", "23:59:59"].map((time) => readIso(`${day} ${time}`));
    const isOne = first.startsWith(`${day}T00:00:00`) && first.slice(19) === last.slice(19);
    const offset = isOne ? first.slice(19) : undefined;
    offsets.set(day, offset);
    return offset;
  };
}

/** "45 s", "7 h 59 min", "3 days"; what is over is "0 s". */
export function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
