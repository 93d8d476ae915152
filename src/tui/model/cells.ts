import { type Json, textOf } from "../../domain/kinds.ts";
import type { Field } from "../../domain/noun.ts";
import { cellText } from "../../view/text.ts";

/** The zones that times can be shown in: as they came (the profile's), universal, this computer's. */
const zones = ["profile", "utc", "local"] as const;
export type ShownZone = (typeof zones)[number];

/** How values are shown. */
export interface Cells {
  /** Whether numbers and names of people's are partly hidden. */
  readonly mask: boolean;
  readonly zone: ShownZone;
}

/** Everything as it came. */
export const plainCells: Cells = { mask: false, zone: "profile" };

/** The zone after this one. */
export const nextZone = (zone: ShownZone): ShownZone =>
  zones[(zones.indexOf(zone) + 1) % zones.length] ?? "profile";

/** What the header says of how values are shown; empty when that is nothing special. @param isBrief without names */
export function cellsText({ mask, zone }: Cells, isBrief = false): string {
  const words = {
    profile: () => [],
    utc: () => ["times UTC"],
    local: () => [isBrief ? "times local" : `times local (${localZone()})`],
  };
  return [...words[zone](), ...(mask ? ["masked"] : [])].join("  ");
}

/** What of a field is needed to show its value; a field that nobody knows has a name alone. */
type ShownField = Pick<Field, "name"> & Partial<Pick<Field, "kind" | "personal">>;

/** A value as the screen shows it: on one line, harmless, in the zone and under the mask that are asked for. */
export function cellOf(field: ShownField, value: Json | undefined, { mask, zone }: Cells): string {
  const isTime = field.kind?.name === "time" && zone !== "profile" && typeof value === "string";
  const text = isTime ? timeText(value, zone) : cellText(value);
  return mask ? maskCell(field, text) : text;
}

function maskCell({ kind, personal }: ShownField, text: string): string {
  if (kind?.name === "phone") return maskEnd(text);
  if (personal) return maskWords(text);
  return kind?.order === "text" || kind === undefined ? maskText(text) : text;
}

/** A number long enough to be somebody's. */
const number = /\+?\d{7,}/g;

/** A sentence with the numbers in it partly hidden. */
export const maskText = (text: string): string => text.replace(number, maskEnd);

/** The beginning of a number says where it is, the rest whose it is. */
const maskEnd = (digits: string): string => {
  const kept = Math.min(6, Math.floor(digits.length / 2));
  return digits.slice(0, kept) + "*".repeat(digits.length - kept);
};

/** The first letter of each word: enough to tell two names of a list apart, too little to read one. */
const maskWords = (text: string): string => text.replace(/([^\s@.])([^\s@.]+)/gu, "$1***");

const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone of this computer, by its IANA name. */
const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

function timeText(iso: string, zone: "utc" | "local"): string {
  const epochMs = Date.parse(iso);
  if (Number.isNaN(epochMs)) return cellText(textOf(iso));
  if (zone === "utc") return new Date(epochMs).toISOString().replace(/\.\d+Z$/, "Z");
  const name = localZone();
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: name,
      dateStyle: "short",
      timeStyle: "medium",
    });
    formats.set(name, format);
  }
  const local = format.format(epochMs).replace(" ", "T");
  const minutes = Math.round((Date.parse(`${local}Z`) - Math.floor(epochMs / 1000) * 1000) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  const offset = `${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${local}${minutes < 0 ? "-" : "+"}${offset}`;
}
