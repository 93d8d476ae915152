import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Schemas } from "../../src/contract/operations.ts";
import { type CallFilter, createCalls } from "../../src/sandbox/calls.ts";
import { routingNumberOf } from "../../src/sandbox/portability.ts";
import { createLottery } from "../../src/sandbox/random.ts";
import { seedTables } from "../../src/sandbox/seed.ts";
import { jurisdictionOf } from "../../src/telecom/jurisdiction.ts";
import { parseNanp } from "../../src/telecom/nanp.ts";
import { billedSeconds, callCost, parseIncrement } from "../../src/telecom/rating.ts";

// Hundreds of thousands of calls are made and looked at.
vi.setConfig({ testTimeout: 90_000 });

type Cdr = Schemas["Cdr"];

const anchorMs = Date.UTC(2026, 2, 3, 15, 20);
const hourMs = 3_600_000;
const { accounts, carriers } = seedTables({ seed: 7, accounts: 200, carriers: 30, companies: 20, anchorMs });
const count = 20_000;
const options = { seed: 7, count, anchorMs, accounts, carriers };
const calls = createCalls(options);
// All of them have ended by then.
const laterMs = anchorMs + 3 * hourMs;
const records = calls.search({ toMs: anchorMs - 1_000, limit: count }, laterMs);

const sample = records.slice(0, 4_000);

const msOf = (wire: string | undefined) => Date.parse(`${wire?.replace(" ", "T")}Z`);
const share = (rows: readonly Cdr[], test: (row: Cdr) => boolean) => rows.filter(test).length / rows.length;
const answered = (row: Cdr) => row.sip_code === 200;

function byKey(rows: readonly Cdr[], key: "account_id" | "carrier_id"): Map<string, Cdr[]> {
  const groups = new Map<string, Cdr[]>();
  for (const row of rows) groups.set(String(row[key]), [...(groups.get(String(row[key])) ?? []), row]);
  return groups;
}

describe("the timeline", () => {
  it("has exactly the count at the anchor, none before the window, and more afterwards", () => {
    expect(calls.countAt(anchorMs)).toBe(count);
    expect(calls.countAt(anchorMs - 30 * 24 * hourMs)).toBe(0);
    expect(createCalls({ ...options, days: 2 }).countAt(anchorMs - 48 * hourMs)).toBe(0);
    const later = calls.countAt(anchorMs + hourMs) - count;
    expect(later).toBeGreaterThan(10);
    expect(later).toBeLessThan(count / 100);
  });

  it("starts every call after the one before it, and counts it from then on", () => {
    fc.assert(
      fc.property(fc.nat(count + 500), (index) => {
        const startMs = msOf(calls.record(index).start_time);
        expect(msOf(calls.record(index + 1).start_time)).toBeGreaterThanOrEqual(startMs);
        expect(calls.countAt(startMs)).toBeLessThanOrEqual(index);
        expect(calls.countAt(startMs + 1_000)).toBeGreaterThan(index);
      }),
    );
  });

  it("never counts back as the clock goes on", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -800 * hourMs, max: 100 * hourMs }),
        fc.nat(hourMs),
        (offsetMs, stepMs) => {
          expect(calls.countAt(anchorMs + offsetMs + stepMs)).toBeGreaterThanOrEqual(
            calls.countAt(anchorMs + offsetMs),
          );
        },
      ),
    );
  });

  it("puts a call on record when it ends, not when it starts", () => {
    const atOnce = calls.search({ limit: count }, anchorMs);
    expect(atOnce.length).toBeGreaterThan(count - 200);
    expect(atOnce.every((row) => msOf(row.end_time) <= anchorMs)).toBe(true);
    const later = calls.search({ toMs: anchorMs - 1_000, limit: count }, laterMs);
    expect(later.length).toBeGreaterThan(atOnce.length);
    const known = new Set(atOnce.map((row) => row.cdr_id));
    expect(later.some((row) => !known.has(row.cdr_id) && msOf(row.start_time) < anchorMs)).toBe(true);
  });

  it("is busy by day and quiet by night and on Sundays", () => {
    const inHour = (hour: number) => share(records, (row) => Number(row.start_time?.slice(11, 13)) === hour);
    expect(inHour(16)).toBeGreaterThan(5 * inHour(7));
    const onDay = (day: number) =>
      share(records, (row) => new Date(msOf(row.start_time)).getUTCDay() === day);
    expect(onDay(3)).toBeGreaterThan(2 * onDay(0));
  });

  it("has no calls where nobody calls or nobody takes them", () => {
    for (const empty of [{ count: 0 }, { accounts: [] }, { carriers: [] }]) {
      const none = createCalls({ ...options, ...empty });
      expect(none.countAt(anchorMs + hourMs)).toBe(0);
      expect(none.search({ limit: 5 }, anchorMs + hourMs)).toEqual([]);
      expect(() => none.record(0)).toThrow(RangeError);
    }
  });
});

describe("a record", () => {
  it("depends on seed and index alone", () => {
    const again = createCalls(options);
    fc.assert(
      fc.property(fc.nat(count + 500), (index) => {
        expect(again.record(index)).toEqual(calls.record(index));
      }),
    );
    expect(createCalls({ ...options, seed: 8 }).record(5)).not.toEqual(calls.record(5));
  });

  it("has an id of its own", () => {
    expect(new Set(records.map((row) => row.call_id)).size).toBe(count);
    expect(new Set(records.map((row) => row.cdr_id)).size).toBe(count);
  });

  it("tells one consistent story", () => {
    for (const row of sample) {
      const endMs = msOf(row.end_time);
      if (answered(row)) {
        expect(endMs - msOf(row.answer_time ?? "")).toBe(Number(row.duration) * 1_000);
        expect(row.pdd_ms).not.toBeNull();
      } else {
        expect([row.answer_time, row.duration, row.account_cost, row.carrier_cost]).toEqual([
          null,
          0,
          "0.0000",
          "0.0000",
        ]);
        expect(endMs).toBeGreaterThanOrEqual(msOf(row.start_time));
      }
    }
  });

  it("is of an account and a carrier that are switched on, on the account's platform", () => {
    const accountById = new Map(accounts.map((row) => [row.account_id, row]));
    const carrierById = new Map(carriers.map((row) => [row.carrier_id, row]));
    for (const row of sample) {
      const account = accountById.get(row.account_id);
      const carrier = carrierById.get(row.carrier_id);
      expect([row.account_name, row.platform_id]).toEqual([account?.account_name, account?.platform_id]);
      expect([row.carrier_name, row.platform_id]).toEqual([carrier?.carrier_name, carrier?.platform_id]);
      expect([0, "0", false]).not.toContain(account?.enabled);
      expect([0, "0", false]).not.toContain(carrier?.enabled);
    }
  });

  it("has valid numbers, and the jurisdiction that follows from them", () => {
    for (const row of sample) {
      const { src_number = "", dst_number = "", lrn_number } = row;
      expect(src_number).toMatch(/^(\d{11}|anonymous)$/);
      expect(row.jurisdiction).toBe(jurisdictionOf(`+${src_number}`, `+${lrn_number ?? dst_number}`));
      if (row.jurisdiction === "international") expect(dst_number).toMatch(/^[2-9]\d{8,13}$/);
      else expect(parseNanp(`+${dst_number}`)).toBeDefined();
      if (typeof lrn_number === "string") expect(lrn_number).toBe(routingNumberOf(7, dst_number));
      if (typeof lrn_number === "string") expect(parseNanp(`+${lrn_number}`)).toBeDefined();
    }
  });

  it("is charged by the rating rules on both sides", () => {
    for (const row of sample) {
      for (const side of ["account", "carrier"] as const) {
        const billedSec = billedSeconds(
          Number(row.duration),
          parseIncrement(String(row[`${side}_increment`])),
        );
        const rate = String(row[`${side}_rate`]);
        expect(rate).toMatch(/^\d\.\d{4,6}$/);
        expect(row[`${side}_billed_seconds`]).toBe(billedSec);
        expect(row[`${side}_cost`]).toBe(callCost({ rate, billedSec }));
      }
    }
  });
});

describe("the traffic", () => {
  it("looks like a wholesale platform's", () => {
    expect(share(records, answered)).toBeGreaterThan(0.25);
    expect(share(records, answered)).toBeLessThan(0.55);
    expect(share(records, (row) => row.jurisdiction === "international")).toBeCloseTo(0.08, 1);
    expect(share(records, (row) => row.jurisdiction === "intra")).toBeGreaterThan(0.08);
    expect(share(records, (row) => row.jurisdiction === "indeterminate")).toBeGreaterThan(0.02);
    const dipped = records.filter((row) => row.lrn_number !== null);
    expect(share(dipped, (row) => row.lrn_number !== row.dst_number)).toBeCloseTo(0.35, 1);
    const codes = new Set(records.map((row) => row.sip_code));
    expect([...codes].sort()).toEqual([200, 404, 408, 480, 484, 486, 487, 500, 503, 603]);
  });

  it("earns money, though not on every carrier", () => {
    const margin = (rows: readonly Cdr[]) =>
      rows.reduce((sum, row) => sum + Number(row.account_cost) - Number(row.carrier_cost), 0);
    expect(margin(records)).toBeGreaterThan(0);
    const many = createCalls({
      ...options,
      carriers: seedTables({ seed: 7, accounts: 200, carriers: 120, companies: 20, anchorMs }).carriers,
    });
    const byCarrier = [...byKey(many.search({ limit: count }, laterMs), "carrier_id").values()];
    const losing = byCarrier.filter((rows) => margin(rows) < 0).length;
    expect(losing).toBeGreaterThan(0);
    expect(losing).toBeLessThan(byCarrier.length / 4);
  });

  it("has a few big accounts and a long tail", () => {
    const sizes = [...byKey(records, "account_id").values()].map((rows) => rows.length).sort((a, b) => b - a);
    expect(sizes.length).toBeGreaterThan(150);
    expect(sizes.slice(0, 10).reduce((sum, size) => sum + size, 0)).toBeGreaterThan(count * 0.2);
  });

  it("has talks of a minute to six with a heavy tail, and dialers that hang up at once", () => {
    const durations = (rows: readonly Cdr[]) => rows.filter(answered).map((row) => Number(row.duration));
    const isDialer = (row: Cdr) => row.account_name?.includes("Dialer") === true;
    const talks = durations(records.filter((row) => !isDialer(row))).sort((a, b) => a - b);
    const acdSec = talks.reduce((sum, sec) => sum + sec, 0) / talks.length;
    expect(acdSec).toBeGreaterThan(60);
    expect(acdSec).toBeLessThan(360);
    expect(talks.at(-1)).toBeGreaterThan(10 * acdSec);
    const dialed = durations(records.filter(isDialer));
    expect(dialed.filter((sec) => sec <= 6).length / dialed.length).toBeGreaterThan(0.5);
  });

  it("has a carrier that is plainly bad, and one that went bad hours ago", () => {
    const recentFrom = anchorMs - 3 * hourMs;
    const verdicts = [
      ...byKey(
        createCalls({ ...options, count: 200_000 }).search({ limit: 40_000 }, laterMs),
        "carrier_id",
      ).values(),
    ].map((rows) => {
      const asr = (some: readonly Cdr[]) => share(some, answered);
      const recent = rows.filter((row) => msOf(row.start_time) >= recentFrom);
      const earlier = rows.filter((row) => msOf(row.start_time) < recentFrom - 2 * hourMs);
      return recent.length < 20
        ? "unknown"
        : asr(earlier) < 0.12
          ? "bad"
          : asr(recent) < 0.15 && asr(earlier) > 0.2
            ? "lately"
            : "sound";
    });
    expect(verdicts.filter((verdict) => verdict === "bad").length).toBeGreaterThanOrEqual(1);
    expect(verdicts.filter((verdict) => verdict === "lately")).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === "sound").length).toBeGreaterThan(10);
  });
});

describe("search", () => {
  const small = createCalls({ ...options, count: 400, days: 1 });
  const nowMs = anchorMs + hourMs;
  const newestFirst = Array.from({ length: small.countAt(nowMs) }, (_, index) =>
    small.record(index),
  ).reverse();

  function matches(row: Cdr, filter: CallFilter): boolean {
    const startMs = msOf(row.start_time);
    const begins = (number: string | null | undefined, wanted = "") => (number ?? "!").startsWith(wanted);
    return (
      startMs >= (filter.fromMs ?? 0) &&
      startMs <= (filter.toMs ?? nowMs) &&
      String(row.account_id) === (filter.accountId ?? String(row.account_id)) &&
      String(row.carrier_id) === (filter.carrierId ?? String(row.carrier_id)) &&
      String(row.platform_id) === (filter.platformId ?? String(row.platform_id)) &&
      begins(row.src_number, filter.srcNumber) &&
      begins(row.dst_number, filter.dstNumber) &&
      (filter.lrnNumber === undefined || begins(row.lrn_number, filter.lrnNumber)) &&
      Number(row.duration) >= (filter.minDuration ?? 0) &&
      Number(row.duration) <= (filter.maxDuration ?? 99_999) &&
      (!filter.completedOnly || answered(row))
    );
  }

  const anyOf = (pick: (row: Cdr) => unknown) =>
    fc.constantFrom(...new Set(newestFirst.map((row) => String(pick(row)))));
  const beginning = (pick: (row: Cdr) => unknown) =>
    fc.tuple(anyOf(pick), fc.integer({ min: 1, max: 13 })).map(([number, length]) => number.slice(0, length));
  const moment = fc.integer({ min: -25 * hourMs, max: 2 * hourMs }).map((offsetMs) => anchorMs + offsetMs);
  const filters = fc.record(
    {
      fromMs: moment,
      toMs: moment,
      accountId: anyOf((row) => row.account_id),
      carrierId: anyOf((row) => row.carrier_id),
      platformId: fc.constantFrom("1", "2", "3"),
      srcNumber: beginning((row) => row.src_number),
      dstNumber: beginning((row) => row.dst_number),
      lrnNumber: beginning((row) => row.lrn_number),
      minDuration: fc.nat(300),
      maxDuration: fc.nat(600),
      completedOnly: fc.boolean(),
      limit: fc.integer({ min: 1, max: 600 }),
    },
    { requiredKeys: ["limit"] },
  );

  it("finds what a look at every record finds, newest first", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const expected = newestFirst.filter((row) => matches(row, filter)).slice(0, filter.limit);
        expect(small.search(filter, nowMs)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["accountId", "carrierId", "dstNumber"] as const)("finds rows by %s", (field) => {
    const wanted = { accountId: "account_id", carrierId: "carrier_id", dstNumber: "dst_number" } as const;
    const value = String(newestFirst[7]?.[wanted[field]]);
    const found = small.search({ [field]: value, limit: 1_000 }, nowMs);
    expect(found).toContainEqual(newestFirst[7]);
    expect(found.every((row) => String(row[wanted[field]]) === value)).toBe(true);
  });

  it("takes both bounds as whole seconds, inclusive", () => {
    const wanted = newestFirst[50] as Cdr;
    const startMs = msOf(wanted.start_time);
    expect(small.search({ fromMs: startMs, toMs: startMs, limit: 10 }, nowMs)).toContainEqual(wanted);
  });

  it("shows new calls as the clock goes on, and none from the future", () => {
    const [before] = small.search({ limit: 1 }, anchorMs);
    const after = small.search({ fromMs: anchorMs, limit: 1_000 }, nowMs);
    expect(before).toEqual(small.record(399));
    const started = Array.from({ length: small.countAt(nowMs) - 400 }, (_, index) =>
      small.record(400 + index),
    );
    expect(started.length).toBeGreaterThan(10);
    expect(after).toEqual(started.filter((row) => msOf(row.end_time) <= nowMs).reverse());
    expect(small.search({ fromMs: nowMs + 9_000 * hourMs, limit: 5 }, nowMs)).toEqual([]);
  });
});

describe("createLottery", () => {
  it("draws in proportion to the weights, and the smallest too", () => {
    const weights = [50, 30, 19.999, 0.001];
    const draw = createLottery(weights);
    const hits = [0, 0, 0, 0];
    for (let n = 0; n < 1_024; n++) hits[draw(n * 2 ** 22)] = (hits[draw(n * 2 ** 22)] ?? 0) + 1;
    hits.forEach((count, position) => {
      expect(count).toBeGreaterThan(0);
      expect(Math.abs(count / 1_024 - (weights[position] ?? 0) / 100)).toBeLessThan(0.02);
    });
  });
});
