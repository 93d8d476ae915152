import { limits } from "../../core/limits.ts";
import { type Progress, progressText } from "../../core/progress.ts";
import { ageText } from "./result.ts";
import type { Running, State } from "./state.ts";

/** What is told of a command that runs. */
export interface RunningLines {
  /** `[####----]  40 %`, where it is known how much there is to do. */
  readonly bar: string;
  readonly counts: string;
  /** What it said since it began, the latest last. */
  readonly said: readonly string[];
}

/**
 * The command that the screen tells of: one that shows something, or that takes its time. What is over at once leaves
 * the screen as it is until its result comes.
 */
export function toldRunning({ running, question, nowMs }: State): Running | undefined {
  if (!running || running.refreshes) return undefined;
  const hasNews = running.progress !== undefined || running.blocks.length > 0;
  // What a question is about stands on the screen that led to it.
  const isSlow = !question && nowMs - running.startedAtMs >= limits.runQuietMs;
  return hasNews || isSlow ? running : undefined;
}

/** What to say of a running command on a screen with so many columns and rows to say it. */
export function runningLines(state: State, running: Running, columns: number, rows: number): RunningLines {
  const { progress, startedAtMs } = running;
  const said = state.log.filter(({ atMs }) => atMs >= startedAtMs).map(({ text }) => text);
  const bar = progress === undefined ? "" : barText(progress, Math.min(60, columns - 10));
  const age = ageText(state.nowMs - startedAtMs);
  return {
    bar,
    counts: progress === undefined ? `${age} so far` : `${progressText(progress)}, ${age} so far`,
    said: rows > 0 ? said.slice(-rows) : [],
  };
}

/** How to end what runs, and what that means. */
export function stopHint({ running }: Pick<State, "running">): string {
  if (!running?.cancelling) return "Working… Esc stops";
  return "Stopping: what is under way is finished first   Ctrl-C leaves now";
}

function barText({ done, total }: Progress, columns: number): string {
  if (total === undefined || total === 0) return "";
  const share = Math.min(1, done / total);
  const filled = Math.floor(share * columns);
  return `[${"#".repeat(filled)}${"-".repeat(columns - filled)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}
