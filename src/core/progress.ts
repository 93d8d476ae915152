import type { Clock } from "./clock.ts";
import { limits } from "./limits.ts";

/** How far long work is. */
export interface Progress {
  /** Rows. */
  readonly done: number;
  /** Undefined where nobody knows. */
  readonly total: number | undefined;
  readonly perSecond: number;
  /** How rows have ended that may end in several ways: a word and their number. */
  readonly endings: readonly (readonly [string, number])[];
}

/** Hears of work going on. */
export type Meter = (done: number, total: number | undefined, endings?: () => Progress["endings"]) => void;

/**
 * A meter that says how far work is and how fast, not more often than a person can read.
 * @param doneBefore rows that were done by an earlier run, and say nothing of this one's pace
 */
export function createMeter(
  show: (progress: Progress) => void,
  clock: Pick<Clock, "nowMs">,
  doneBefore = 0,
): Meter {
  const startMs = clock.nowMs();
  let shownAtMs = startMs;
  return (done, total, endings) => {
    const nowMs = clock.nowMs();
    if (nowMs - shownAtMs < limits.progressMs) return;
    shownAtMs = nowMs;
    const perSecond = ((done - doneBefore) * 1_000) / (nowMs - startMs);
    show({ done, total, perSecond, endings: endings?.() ?? [] });
  };
}

/** `1,009 of 10,000 rows, 100/s, 1:30 left, 1,000 ok, 7 failed, 2 unknown` */
export function progressText(progress: Progress): string {
  const { done, total, perSecond, endings } = progress;
  const isOpen = total !== undefined && done < total;
  const time = leftText(progress);
  const parts = [
    isOpen ? `${number(done)} of ${number(total)} rows` : `${number(done)} rows`,
    `${perSecond < 10 ? perSecond.toFixed(1) : number(Math.round(perSecond))}/s`,
    ...(time === "" ? [] : [time]),
    ...endings.map(([word, count]) => `${number(count)} ${word}`),
  ];
  return parts.join(", ");
}

/** `1:30 left`, `2:46:40 left`; empty where that can't be known. */
function leftText({ done, total, perSecond }: Progress): string {
  if (total === undefined || done >= total || perSecond <= 0) return "";
  const seconds = Math.ceil((total - done) / perSecond);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const parts = [...(hours > 0 ? [hours, twoDigits(minutes)] : [minutes]), twoDigits(seconds % 60)];
  return `${parts.join(":")} left`;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

const number = (value: number) => value.toLocaleString("en");
