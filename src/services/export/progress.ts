import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";

/** Hears how many rows have been read, and how many there are where that is known. */
export type RowProgress = (rows: number, total: number | undefined) => void;

/** Says how far a reading is, how fast, and how long it will take, not more often than a person can read. */
export function createRowProgress(show: (text: string) => void, clock: Pick<Clock, "nowMs">): RowProgress {
  const startMs = clock.nowMs();
  let shownAtMs = startMs;
  return (rows, total) => {
    const nowMs = clock.nowMs();
    if (nowMs - shownAtMs < limits.progressMs) return;
    shownAtMs = nowMs;
    const perSecond = (rows * 1_000) / (nowMs - startMs);
    const pace = `${number(Math.round(perSecond))}/s`;
    if (total === undefined || rows >= total) return show(`${number(rows)} rows, ${pace}`);
    const left = Math.ceil((total - rows) / perSecond);
    const clockText = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    show(`${number(rows)} of ${number(total)} rows, ${pace}, ${clockText} left`);
  };
}

const number = (value: number) => value.toLocaleString("en");
