/** Every cap of the program, in one place; units stand at the end of the names. */
export const limits = {
  /** Largest answer that is read, decompressed. */
  responseBytesMax: 64 * 1024 * 1024,
  /** Longest wait that a `Retry-After` is granted; beyond it the call fails at once. */
  retryWaitMsMax: 60_000,
  /** Tries of one call, the first included. */
  attemptsMax: 5,
  backoffMsBase: 250,
  backoffMsMax: 8_000,
  connectTimeoutMs: 10_000,
  /** From the request's last byte to the answer's first. */
  firstByteTimeoutMs: 30_000,
  /** Silence within a body. */
  stallTimeoutMs: 30_000,
  totalTimeoutMs: 120_000,
  redirectsMax: 5,
  /** A kept connection that was idle longer is not used again. */
  idleSocketMsMax: 15_000,
  /** Longest text of the platform's that goes into an error message. */
  reasonCharsMax: 300,
  /** Failures in a row (5xx and network only) that open the breaker. */
  breakerFailuresMax: 8,
  breakerPauseMs: 15_000,
  /** Pages of one list. */
  pagesMax: 100_000,
  rowsPerPage: 100,
} as const;
