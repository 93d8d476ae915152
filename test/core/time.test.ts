import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { durationText, openZone, utc } from "../../src/core/time.ts";

describe("universal time", () => {
  test("writes what the platform writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), (epochMs) => {
        expect(utc.toWire(epochMs)).toBe(new Date(epochMs).toISOString().slice(0, 19).replace("T", " "));
      }),
    );
  });

  test.each([
    ["2026-01-31 13:00:01", "2026-01-31T13:00:01Z"],
    ["2026-01-31", "2026-01-31T00:00:00Z"],
    ["2026-01-31T13:00:01Z", "2026-01-31T13:00:01Z"],
    ["2026-01-31T13:00:01+02:00", "2026-01-31T13:00:01+02:00"],
    ["2026-13-31 13:00:01", undefined],
    ["2026-02-31 13:00:01", undefined],
    ["2026-02-30T13:00:01Z", undefined],
    ["2028-02-29", "2028-02-29T00:00:00Z"],
    ["2027-02-29", undefined],
    ["yesterday", undefined],
    ["", undefined],
  ])("reads %j", (wire, iso) => {
    expect(utc.toIso(wire)).toBe(iso);
  });
});

describe("a zone by name", () => {
  test("gives zone-less times its offset, summer and winter", async () => {
    const zone = await openZone("America/New_York");
    expect(zone?.toIso("2026-01-31 13:00:00")).toBe("2026-01-31T13:00:00-05:00");
    expect(zone?.toIso("2026-07-31 13:00:00")).toBe("2026-07-31T13:00:00-04:00");
    expect(zone?.toIso("2026-07-31T13:00:00Z")).toBe("2026-07-31T13:00:00Z");
    expect(zone?.toWire(Date.parse("2026-07-31T17:00:00Z"))).toBe("2026-07-31 13:00:00");
  });

  test("is unknown when there is none", async () => {
    expect(await openZone("Mars/Olympus")).toBeUndefined();
    expect(await openZone("utc")).toBe(utc);
  });
});

test("a duration is told in two units at the most", () => {
  const texts = [-5, 0, 59_999, 60_000, 3_599_000, 7 * 3_600_000 + 59 * 60_000, 49 * 3_600_000].map(
    durationText,
  );
  expect(texts).toEqual(["0 s", "0 s", "59 s", "1 min", "59 min", "7 h 59 min", "2 days"]);
});
