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
    ["2026-01-31 13:00+02:00", "2026-01-31T13:00+02:00"],
    ["2026-01-31T13:00", "2026-01-31T13:00Z"],
    ["2026-13-31 13:00:01", undefined],
    ["2026-02-31 13:00:01", undefined],
    ["2026-02-30T13:00:01Z", undefined],
    ["2028-02-29", "2028-02-29T00:00:00Z"],
    ["2028-02-29 23:59:59", "2028-02-29T23:59:59Z"],
    ["2027-02-29 23:59:59", undefined],
    ["2027-04-31 00:00:00", undefined],
    ["2027-12-31 00:00:00", "2027-12-31T00:00:00Z"],
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
    expect(zone?.toIso("2026-07-31 13:00Z")).toBe("2026-07-31T13:00Z");
    for (const said of ["2026-07-31T13:00:00", "2026-07-31T13:00", "2026-07-31 13:00"])
      expect(zone?.toIso(said)).toBe("2026-07-31T13:00:00-04:00");
    expect(zone?.toIso("2026-07-31T13:00:00.250")).toBe("2026-07-31T13:00:00.250-04:00");
    expect(zone?.toWire(Date.parse("2026-07-31T17:00:00Z"))).toBe("2026-07-31 13:00:00");
  });

  test.each([
    "America/New_York",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
  ])("%s reads every time as luxon does, on the days when clocks are changed too", async (name) => {
    const { DateTime } = await import("luxon");
    const zone = await openZone(name);
    for (let hour = 0; hour < 3 * 366 * 24; hour += 1) {
      const wire = utc.toWire(Date.UTC(2017, 0, 1, hour, (hour * 7) % 60, hour % 60));
      const iso = DateTime.fromSQL(wire, { zone: name }).toISO({ suppressMilliseconds: true });
      if (zone?.toIso(wire) !== iso) expect([wire, zone?.toIso(wire)]).toEqual([wire, iso]);
    }
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
