/** Time, so that tests can move it. */
export interface Clock {
  nowMs(): number;
  /** Ends early when the signal is aborted; whether with an error is the clock's own. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
