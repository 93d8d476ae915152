import { createStream, fractionOf } from "../random.ts";

/** When calls start: a monotone function of their index, without memory per call. */
export interface Timeline {
  /**
   * The start of a call in epoch milliseconds, with a fraction; strictly ascending by index.
   * Throws a RangeError for a call more than ten years ahead, and for any where there are none.
   */
  startMs(index: number): number;
  /** How many calls start before a moment. */
  countBefore(ms: number): number;
}

export interface TimelineOptions {
  seed: number;
  /** Calls that start within the window. */
  count: number;
  /** Length of the window, which ends at the anchor. */
  days: number;
  anchorMs: number;
}

const hourMs = 3_600_000;

/** Traffic by hour of the day, UTC: North American business hours. */
const byHour = [
  0.55, 0.4, 0.28, 0.2, 0.14, 0.1, 0.08, 0.08, 0.09, 0.12, 0.18, 0.34, 0.6, 0.95, 1.25, 1.45, 1.55, 1.55, 1.5,
  1.5, 1.45, 1.3, 1.05, 0.8,
] as const;
/** Traffic by day of the week, Sunday first. */
const byWeekday = [0.25, 1, 1.08, 1.1, 1.06, 0.97, 0.4] as const;

/** How far beyond the window the timeline reaches: ten years. */
const hoursBeyondMax = 10 * 366 * 24;

/** A position in the sequence stays this far from its neighbours' bounds, so that starts never meet. */
const margin = 0.05;

/** The timeline of a window; after its end, calls go on arriving by the same curve. */
export function createTimeline({ seed, count, days, anchorMs }: TimelineOptions): Timeline {
  const hours = Math.max(1, Math.round(days * 24));
  const originMs = anchorMs - hours * hourMs;
  const burst = createStream(seed, "calls.burst");
  const jitter = createStream(seed, "calls.jitter");
  const weightOf = (hour: number) => {
    const middle = new Date(originMs + (hour + 0.5) * hourMs);
    const surge = 0.75 + 0.5 * fractionOf(burst(hour)) ** 2;
    return (byHour[middle.getUTCHours()] ?? 1) * (byWeekday[middle.getUTCDay()] ?? 1) * surge;
  };
  /** Calls before each hour, as a real number; grows beyond the window when it is asked for later hours. */
  const before = [0];
  for (let hour = 0; hour < hours; hour++) before.push((before[hour] ?? 0) + weightOf(hour));
  const scale = count / (before[hours] ?? 1);
  for (let hour = 1; hour < hours; hour++) before[hour] = (before[hour] ?? 0) * scale;
  before[hours] = count;

  const extend = () => {
    if (before.length > hours + hoursBeyondMax) throw new RangeError("no call is known so far ahead");
    before.push((before.at(-1) ?? 0) + weightOf(before.length - 1) * scale);
  };
  const positionOf = (index: number) => index + margin + (1 - 2 * margin) * fractionOf(jitter(index));

  const startMs = (index: number) => {
    const position = positionOf(index);
    while ((before.at(-1) ?? 0) <= position) extend();
    const hour = lastAtMost(before, position);
    const from = before[hour] ?? 0;
    const share = (position - from) / ((before[hour + 1] ?? 0) - from);
    return originMs + (hour + share) * hourMs;
  };

  const countBefore = (ms: number) => {
    if (ms <= originMs || count === 0) return 0;
    const hour = Math.floor((ms - originMs) / hourMs);
    while (before.length < hour + 2) extend();
    const from = before[hour] ?? 0;
    const position = from + ((before[hour + 1] ?? 0) - from) * ((ms - originMs) / hourMs - hour);
    let index = Math.floor(position);
    while (index > 0 && startMs(index - 1) >= ms) index--;
    while (startMs(index) < ms) index++;
    return index;
  };
  return { startMs, countBefore };
}

/** The last position of an ascending list whose value is at most the one sought. */
function lastAtMost(ascending: readonly number[], sought: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= sought) low = middle;
    else high = middle - 1;
  }
  return low;
}
