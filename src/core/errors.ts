/**
 * The closed set of ways a command can end other than well, each with its exit code.
 * This is the one table: a change of a code is a major release.
 */
export const exitCodes = {
  /** A defect of this program. */
  bug: 1,
  /** The command line is wrong; nothing was sent. */
  usage: 2,
  /** A value is wrong, found locally; nothing was sent. */
  validation: 2,
  config: 3,
  profile: 3,
  keychain: 3,
  /** No session. */
  session: 4,
  /** The session ended, or the credentials were refused. */
  unauthenticated: 4,
  /** A one-time code is asked for. */
  otp: 4,
  forbidden: 5,
  /** A profile that refuses writes. */
  readonly: 5,
  not_found: 6,
  conflict: 7,
  stale: 7,
  locked: 7,
  pending: 8,
  partial: 9,
  truncated: 9,
  /** A rate limit outlasted the retries, or asks for a longer wait than allowed. */
  rate_limited: 10,
  /** The name could not be resolved. */
  dns: 11,
  tls: 11,
  timeout: 11,
  /** No connection, or one that broke. */
  network: 11,
  /** Too many failures in a row: the platform is left alone for a while. */
  breaker_open: 11,
  server: 12,
  /** An answer that is not the platform's: HTML, broken JSON, too large. */
  protocol: 12,
  /** The platform refused the request's content. */
  rejected: 13,
  /** A check that was asked for came out true. */
  check: 14,
  interrupted: 130,
  terminated: 143,
} as const;

/** One of the closed set of error kinds. */
export type ErrorKind = keyof typeof exitCodes;

/** One problem of one field, cell or file. */
export interface ErrorDetail {
  /** The field's name; dots when nested. */
  field?: string;
  message: string;
  file?: string;
  row?: number;
  column?: string;
}

/** What is known of the exchange that failed; the URL carries no secret. */
export interface HttpFacts {
  method: string;
  url: string;
  status?: number;
}

/** Everything an error can say besides its message. */
export interface ErrorFacts {
  /** The command or step that mends it. */
  hint?: string;
  details?: readonly ErrorDetail[];
  http?: HttpFacts;
  /** The correlation id that was sent as `X-Request-Id`. */
  requestId?: string;
  /** Whether the same call may come through later. */
  retryable?: boolean;
  /** Seconds the platform asks to wait. */
  retryAfterS?: number;
  /** A finer word than the kind, such as the system's `ECONNRESET`. */
  code?: string;
  /** The job that was stopped, or that left rows undone. */
  job?: string;
  /** Whether a write may have happened although no answer came. */
  outcomeUnknown?: boolean;
  cause?: unknown;
}

/** The one error class: a kind from the closed set, and what is known. */
export class SipnavError extends Error {
  override readonly name = "SipnavError";
  readonly kind: ErrorKind;
  readonly facts: ErrorFacts;

  constructor(kind: ErrorKind, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.facts = facts;
  }

  /** The process exit code of this error's kind. */
  get exitCode(): number {
    return exitCodes[this.kind];
  }
}

/** Whatever was thrown, as the one class; anything unforeseen is a bug. */
export function asSipnavError(thrown: unknown): SipnavError {
  if (thrown instanceof SipnavError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SipnavError("bug", message, { cause: thrown });
}

/** The machine-readable form that `-o json` prints on stderr. */
export function errorEnvelope(error: SipnavError, profile: string | undefined) {
  const { facts } = error;
  return {
    error: {
      kind: error.kind,
      code: facts.code ?? error.kind,
      message: error.message,
      hint: facts.hint ?? null,
      details: facts.details ?? [],
      http: facts.http ?? null,
      job: facts.job ?? null,
      request_id: facts.requestId ?? null,
      retryable: facts.retryable ?? false,
      retry_after_s: facts.retryAfterS ?? null,
      exit_code: error.exitCode,
      profile: profile ?? null,
    },
  };
}
