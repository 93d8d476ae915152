import { SipnavError } from "../core/errors.ts";

/** One permitted try; exactly one of its functions is called when the try ends. */
export interface Pass {
  /** The platform answered with anything but a 5xx. */
  succeed(): void;
  /** A 5xx, or no answer. */
  fail(): void;
  /** The try was called off; it says nothing of the platform. */
  abandon(): void;
}

export interface Breaker {
  /** Permits a try, or throws `breaker_open` with the seconds until the next one may be made. */
  enter(): Pass;
  /** Whether tries are being refused now. */
  isOpen(): boolean;
}

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failuresMax: number;
  /** How long it stays open before one try probes the platform. */
  pauseMs: number;
  nowMs: () => number;
}

/**
 * Leaves a failing platform alone. Only 5xx and broken connections in a row count; a 4xx is the answer of
 * a platform in good health. After the pause exactly one try goes through: it closes the breaker or
 * begins another pause.
 */
export function createBreaker({ failuresMax, pauseMs, nowMs }: BreakerOptions): Breaker {
  let failures = 0;
  let reopenAtMs = 0;
  let probing = false;
  const isTripped = () => failures >= failuresMax;
  const isOpen = () => isTripped() && (probing || nowMs() < reopenAtMs);
  return {
    isOpen,
    enter() {
      if (isOpen()) throw refusal(Math.max(0, reopenAtMs - nowMs()));
      const isProbe = isTripped();
      if (isProbe) probing = true;
      const settle = (failuresNow: number) => {
        failures = failuresNow;
        if (isProbe) probing = false;
      };
      return {
        succeed: () => settle(0),
        fail() {
          settle(failures + 1);
          if (isTripped()) reopenAtMs = nowMs() + pauseMs;
        },
        abandon: () => settle(failures),
      };
    },
  };
}

function refusal(waitMs: number): SipnavError {
  const seconds = Math.ceil(waitMs / 1000);
  return new SipnavError(
    "breaker_open",
    "The platform failed too often in a row and is left alone for now.",
    {
      hint: seconds === 0 ? "A probe is under way." : `It is tried again in ${seconds} s.`,
      retryable: true,
      retryAfterS: seconds,
    },
  );
}
