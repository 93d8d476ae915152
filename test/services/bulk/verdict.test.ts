import { describe, expect, test } from "vitest";
import { type ErrorFacts, type ErrorKind, SipnavError } from "../../../src/core/errors.ts";
import { limits } from "../../../src/core/limits.ts";
import { createPatience } from "../../../src/services/bulk/patience.ts";
import { judge } from "../../../src/services/bulk/verdict.ts";

const judged = (kind: ErrorKind, facts: ErrorFacts = {}, tries = 1) =>
  judge(new SipnavError(kind, "", facts), tries);

test("the verdict on a write follows from what is known of it", () => {
  const retryable = { retryable: true };
  for (const kind of ["rejected", "forbidden", "not_found", "conflict", "stale"] as const) {
    expect(judged(kind)).toBe("failed");
  }
  for (const kind of ["server", "timeout", "network", "protocol"] as const) {
    expect(judged(kind, { outcomeUnknown: true })).toBe("unknown");
  }
  expect(judged("server")).toBe("unknown");
  for (const kind of ["rate_limited", "breaker_open", "network", "timeout"] as const) {
    expect(judged(kind, retryable)).toBe("wait");
  }
  for (const kind of ["unauthenticated", "session", "config", "tls", "dns", "bug"] as const) {
    expect(judged(kind)).toBe("stop");
  }
  expect(judged("network", retryable, limits.rowTriesMax)).toBe("unknown");
});

describe("patience", () => {
  const open = (outageMsMax: number, rateWaitMsMax = 60_000) => {
    const time = { nowMs: 1_000_000 };
    const clock = {
      nowMs: () => time.nowMs,
      sleep: async (durationMs: number) => {
        time.nowMs += durationMs;
      },
    };
    const start = time.nowMs;
    const patience = createPatience(clock, new AbortController().signal, { outageMsMax, rateWaitMsMax });
    return { patience, passedMs: () => time.nowMs - start };
  };
  const down = (retryAfterS?: number) =>
    new SipnavError("breaker_open", "", retryAfterS === undefined ? {} : { retryAfterS });

  test("waits as long as it is asked to, until an outage has lasted too long", async () => {
    const { patience, passedMs } = open(60_000);
    for (let n = 0; n < 4; n++) expect(await patience.wait(down(15))).toBe(true);
    expect(passedMs()).toBe(60_000);
    expect(await patience.wait(down(15))).toBe(false);
    expect(passedMs()).toBe(60_000);
    patience.renew();
    expect(await patience.wait(down(15))).toBe(true);
  });

  test("does not begin a wait that a rate limit asks for when it is longer than allowed", async () => {
    const { patience, passedMs } = open(600_000, 30_000);
    expect(await patience.wait(new SipnavError("rate_limited", "", { retryAfterS: 31 }))).toBe(false);
    expect(passedMs()).toBe(0);
    expect(await patience.wait(new SipnavError("rate_limited", "", { retryAfterS: 30 }))).toBe(true);
    expect(passedMs()).toBe(30_000);
  });
});
