import type { Clock } from "../../core/clock.ts";
import { limits } from "../../core/limits.ts";
import type { Steps } from "./steps.ts";

/**
 * Says how far a run is, not more often than a person can read.
 * @param total rows that there is work for
 */
export function createProgress(
  total: number,
  show: (text: string) => void,
  clock: Pick<Clock, "nowMs">,
): (steps: Steps) => void {
  const startMs = clock.nowMs();
  let shownAtMs = 0;
  let endedBefore: number | undefined;
  return (steps) => {
    const ended = endedRows(steps);
    endedBefore ??= ended - 1;
    const nowMs = clock.nowMs();
    if (nowMs - shownAtMs < limits.progressMs) return;
    shownAtMs = nowMs;
    show(progressText(steps, total, (ended - endedBefore) / Math.max(1, nowMs - startMs)));
  };
}

/** @param rate rows a millisecond */
function progressText(steps: Steps, total: number, rate: number): string {
  const ended = endedRows(steps);
  const left = Math.ceil((total - ended) / rate / 1_000);
  const parts = [
    `${number(ended)} of ${number(total)} rows`,
    `${(rate * 1_000).toFixed(rate < 0.01 ? 1 : 0)}/s`,
    `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`,
    ...(["ok", "failed", "unknown"] as const).map((step) => `${number(steps.count(step))} ${step}`),
  ];
  return parts.join(", ");
}

const endedRows = (steps: Steps) => steps.count("ok") + steps.count("failed") + steps.count("unknown");

const number = (value: number) => value.toLocaleString("en");
