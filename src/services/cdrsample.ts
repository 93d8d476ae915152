import type { Row } from "../domain/noun.ts";
import { type CallRange, type CallSearch, searchCalls } from "./cdr.ts";
import type { ListSource } from "./rows.ts";

/** Calls of a range: all of them, or as many as may be read, spread over it. */
export interface Sample extends CallRange {
  readonly calls: readonly Row[];
  /** So much of the range is known call by call; all of it, unless the platform had more calls than may be read. */
  readonly coveredMs: number;
  readonly requests: number;
}

/** Calls of one request: small enough for any platform. */
const perRequestMax = 1_000;

/** The part by which calls may come more densely than in the newest of a range, before another cut is needed. */
const reserve = 1.3;

/**
 * Calls of a range, for statistics. The platform knows only a limit: a range whose answer is full is asked for in
 * parts instead, as many as its newest calls let expect, as long as requests are left; of one that is still full
 * then, the newest calls stand for the rest.
 * @param callsMax calls to read at the most, about
 */
export async function sampleCalls(
  source: ListSource,
  search: Omit<CallSearch, "from" | "to">,
  range: CallRange,
  callsMax: number,
): Promise<Sample> {
  const perRequest = Math.min(perRequestMax, Math.max(1, Math.floor(callsMax / 4)));
  const requestsMax = 1 + Math.ceil(reserve * (callsMax / perRequest));
  const calls = new Map<string, Row>();
  const pending = [range];
  let coveredMs = 0;
  let requests = 0;
  for (let part = pending.shift(); part; part = pending.shift()) {
    const selection = { rowsMax: Number.POSITIVE_INFINITY };
    const { rows, unread } = await searchCalls(source, search, part, selection, perRequest);
    requests += 1;
    const knownMs = unread ? newestMs(rows, part) : lengthOf(part);
    const partsMax = unread ? requestsMax - requests - pending.length : 0;
    if (partsMax > 1 && lengthOf(part) > secondMs) {
      pending.push(...divide(part, Math.min(partsMax, reserve * (lengthOf(part) / knownMs))));
      continue;
    }
    coveredMs += knownMs;
    for (const row of rows) calls.set(String(row.cdr_id), row);
  }
  return { ...range, calls: [...calls.values()], coveredMs, requests };
}

/** The platform counts whole seconds, and both ends of a range belong to it. */
const secondMs = 1_000;

const lengthOf = ({ fromMs, toMs }: CallRange) => Math.max(toMs - fromMs, secondMs);

/** A range in about so many parts, without a second in common. */
function divide({ fromMs, toMs }: CallRange, count: number): CallRange[] {
  const seconds = Math.floor((toMs - fromMs) / secondMs) + 1;
  const parts = Math.min(seconds, Math.max(2, Math.ceil(count)));
  const edge = (part: number) => fromMs + Math.floor((seconds * part) / parts) * secondMs;
  return Array.from({ length: parts }, (_, part) => ({
    fromMs: edge(part),
    toMs: part === parts - 1 ? toMs : edge(part + 1) - secondMs,
  }));
}

/** How much of a range the newest of its calls tell wholly: back to the oldest of them, if they came in that order. */
function newestMs(rows: readonly Row[], { toMs }: CallRange): number {
  const [newest, oldest] = [rows[0], rows.at(-1)].map((row) => Date.parse(String(row?.start_time)));
  if (newest === undefined || oldest === undefined || !(oldest <= newest)) return 0;
  return Math.max(0, toMs - oldest);
}
