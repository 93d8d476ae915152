import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kindOfCode } from "../../src/api/breakdowns.ts";
import { decideRetry, type RetryFacts, readRetryAfter } from "../../src/api/retry.ts";
import { limits } from "../../src/core/limits.ts";

const facts: RetryFacts = {
  attempt: 1,
  attemptsMax: 5,
  method: "GET",
  repeatable: true,
  failure: { status: 503 },
  retryAfterMs: undefined,
  waitMsMax: 60_000,
  random: 0.5,
};

const anyFacts = fc.record({
  attempt: fc.integer({ min: 1, max: 50 }),
  attemptsMax: fc.integer({ min: 1, max: 20 }),
  method: fc.constantFrom("GET", "HEAD", "PUT", "PATCH", "POST"),
  repeatable: fc.boolean(),
  failure: fc.oneof(
    fc.record({ status: fc.constantFrom(400, 404, 408, 422, 429, 500, 501, 502, 503, 504) }),
    fc.record({ code: fc.constantFrom("ECONNRESET", "ENOTFOUND", "CERT_HAS_EXPIRED", "STALL_TIMEOUT", "X") }),
  ),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
  waitMsMax: fc.constantFrom(0, 100, 1_000, 60_000),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

describe("decideRetry", () => {
  test("a POST is never sent again, nor is anything that isn't repeatable", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        expect(decideRetry({ ...given, method: "POST" }).retry).toBe(false);
        expect(decideRetry({ ...given, repeatable: false }).retry).toBe(false);
      }),
    );
  });

  test("the wait is what was asked for or longer, and never beyond the caps", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const decision = decideRetry(given);
        if (!decision.retry) return;
        expect(decision.waitMs).toBeGreaterThanOrEqual(given.retryAfterMs ?? 0);
        expect(decision.waitMs).toBeLessThanOrEqual(given.waitMsMax);
        if (given.retryAfterMs === undefined)
          expect(decision.waitMs).toBeLessThanOrEqual(limits.backoffMsMax);
      }),
    );
  });

  test("a call that fails for ever ends after the tries it has", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        let attempt = 1;
        while (attempt < 100 && decideRetry({ ...given, attempt }).retry) attempt += 1;
        expect(attempt).toBeLessThanOrEqual(given.attemptsMax);
      }),
    );
  });

  test.each([
    [{ failure: { status: 422 } }, { retry: false, reason: "final" }],
    [{ failure: { code: "ENOTFOUND" } }, { retry: false, reason: "final" }],
    [{ failure: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } }, { retry: false, reason: "final" }],
    [{ failure: { code: "RESPONSE_TOO_LARGE" } }, { retry: false, reason: "final" }],
    [{ failure: { code: "EAI_AGAIN" } }, { retry: true, waitMs: 125 }],
    [{ failure: { code: "ECONNRESET" } }, { retry: true, waitMs: 125 }],
    [
      { failure: { status: 408 }, method: "PUT" },
      { retry: true, waitMs: 125 },
    ],
    [{ method: "POST" }, { retry: false, reason: "unrepeatable" }],
    [{ attempt: 5 }, { retry: false, reason: "attempts" }],
    [{ attempt: 4 }, { retry: true, waitMs: 1000 }],
    [
      { attempt: 49, attemptsMax: 50 },
      { retry: true, waitMs: 4000 },
    ],
    [
      { attempt: 4, random: 0.999, waitMsMax: 100 },
      { retry: true, waitMs: 99 },
    ],
    [{ retryAfterMs: 60_000 }, { retry: true, waitMs: 60_000 }],
    [{ retryAfterMs: 60_001 }, { retry: false, reason: "wait" }],
  ])("%j", (change, decision) => {
    expect(decideRetry({ ...facts, ...change })).toEqual(decision);
  });
});

test.each([
  ["0", 0],
  [" 120 ", 120_000],
  ["Fri, 02 Jan 2026 03:05:05 GMT", 60_000],
  ["Fri, 02 Jan 2026 03:00:00 GMT", 0],
  ["99999999999999999999", 1e12],
  ["-5", undefined],
  ["1.5", undefined],
  ["soon", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %j is %j ms", (value, waitMs) => {
  expect(readRetryAfter(value, Date.UTC(2026, 0, 2, 3, 4, 5))).toBe(waitMs);
});

test.each([
  ["ENOTFOUND", "dns"],
  ["EAI_FAIL", "dns"],
  ["CERT_HAS_EXPIRED", "tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
  ["EPROTO", "tls"],
  ["ETIMEDOUT", "timeout"],
  ["TOTAL_TIMEOUT", "timeout"],
  ["ECONNRESET", "network"],
  ["EPIPE", "network"],
  ["Z_BUF_ERROR", "network"],
  ["Z_DATA_ERROR", "protocol"],
  ["HPE_INVALID_CONSTANT", "protocol"],
  ["REDIRECT_LOOP", "protocol"],
  ["ERR_INVALID_CHAR", "validation"],
  ["ENEW", "network"],
])("%s is an error of kind %s", (code, kind) => {
  expect(kindOfCode(code)).toBe(kind);
});
