import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import type { ErrorKind, SipnavError } from "../../core/errors.ts";
import { limits } from "../../core/limits.ts";
import type { Block } from "../../view/blocks.ts";

/** A read that a screen shows the result of, and that is run behind it as long as the screen is shown. */
export interface Query {
  readonly command: Command;
  readonly raw: RawValues;
  /** How old its answer may grow before it is asked for again. */
  readonly freshMs: number;
  /** How long the query must stand before it is asked for the first time, where it follows what is typed. */
  readonly settleMs?: number;
  /** Whether it costs money: only its age makes it be asked again. */
  readonly isDear?: boolean;
}

/** What is known of a query. */
export interface Answer {
  /** The last answer that came; an error leaves it as it is. */
  readonly blocks: readonly Block[] | undefined;
  /** What the command said besides. */
  readonly notices: readonly string[];
  /** When those blocks came, epoch milliseconds. */
  readonly loadedAtMs: number;
  /** Why the last try brought none. */
  readonly error: SipnavError | undefined;
  readonly triedAtMs: number;
  /** Tries in a row that failed. */
  readonly failures: number;
  /** Whether something happened since that it may not tell yet. */
  readonly isStale: boolean;
  readonly isDear: boolean;
}

/** The part of the state that loading is about. */
export interface Answered {
  /** What was loaded behind the screens, by query; the latest last. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** Counts logins and changes of the profile: an answer belongs to one of them. */
  readonly seating: number;
  /** The time as far as the screen knows it, epoch milliseconds. */
  readonly nowMs: number;
}

/** How a query's run ended. */
export type Loaded =
  | { readonly blocks: readonly Block[]; readonly notices: readonly string[] }
  | { readonly error: SipnavError };

/** The same for the same command with the same values. */
export function queryKey({ command, raw }: Query): string {
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  return JSON.stringify([command.path, given.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

/** What is known of a query; undefined as long as nothing came. */
export const answerTo = ({ answers }: Pick<Answered, "answers">, query: Query): Answer | undefined =>
  answers.get(queryKey(query));

/** Errors that may be gone at the next try; all others wait for a person to do something. */
const passing: ReadonlySet<ErrorKind> = new Set([
  "timeout",
  "dns",
  "tls",
  "network",
  "breaker_open",
  "server",
  "protocol",
  "rate_limited",
]);

/** When a query is to be run, epoch milliseconds: 0 for at once, infinity for not by itself. */
export function dueAtMs({ freshMs }: Query, answer: Answer | undefined): number {
  if (answer === undefined || answer.isStale) return 0;
  const { error, failures, triedAtMs, loadedAtMs } = answer;
  if (error === undefined) return loadedAtMs + freshMs;
  if (!passing.has(error.kind)) return Number.POSITIVE_INFINITY;
  const backoffMs = Math.min(limits.loadBackoffMsMax, limits.loadBackoffMsBase * 2 ** (failures - 1));
  return triedAtMs + Math.max(backoffMs, (error.facts.retryAfterS ?? 0) * 1000);
}

/** The state with a query's answer, or with its error beside the answer that was there. */
export function putAnswer<S extends Answered>(state: S, query: Query, loaded: Loaded, nowMs: number): S {
  const key = queryKey(query);
  const known = state.answers.get(key);
  const plain = { triedAtMs: nowMs, isStale: false, isDear: query.isDear ?? false };
  const answer: Answer =
    "error" in loaded
      ? {
          blocks: known?.blocks,
          notices: known?.notices ?? [],
          loadedAtMs: known?.loadedAtMs ?? 0,
          error: loaded.error,
          failures: (known?.failures ?? 0) + 1,
          ...plain,
        }
      : { ...loaded, loadedAtMs: nowMs, error: undefined, failures: 0, ...plain };
  // The one that was put last stands last: the first ones are the oldest.
  const others = [...state.answers].filter(([other]) => other !== key).slice(1 - limits.answersKeptMax);
  return { ...state, nowMs, answers: new Map([...others, [key, answer]]) };
}

/** The state after something was written: every answer is asked for anew where it is shown. */
export function staleAnswers<S extends Answered>(state: S): S {
  const stale = [...state.answers].map(
    ([key, answer]) => [key, { ...answer, isStale: !answer.isDear || answer.error !== undefined }] as const,
  );
  return { ...state, answers: new Map(stale) };
}

/** The state after a login or with another profile: what was loaded before belongs to somebody else. */
export const dropAnswers = <S extends Answered>(state: S): S => ({
  ...state,
  answers: new Map(),
  seating: state.seating + 1,
});
