import { describe, expect, test, vi } from "vitest";
import { id, phone, text, time } from "../../src/domain/kinds.ts";
import { cellOf, cellsText, maskText, nextZone, plainCells } from "../../src/tui/model/cells.ts";

const masked = { mask: true, zone: "profile" } as const;
const field = (kind: typeof text, personal = false) => ({ name: "x", kind, personal });

describe("the privacy mask", () => {
  test.each([
    [field(phone), "12125550100", "12125******"],
    [field(phone), "911", "9**"],
    [field(text, true), "Acme Telecom 12", "A*** T*** 1***"],
    [field(text, true), "joe@acme.example", "j***@a***.e***"],
    [field(text, true), "広帯域", "広***"],
    [field(text), "blocked 12125550100 for fraud", "blocked 12125****** for fraud"],
    [field(id), "1234567890", "1234567890"],
    [{ name: "new_field" }, "call 4420794600", "call 44207*****"],
  ])("%o shows %s as %s", (shown, value, seen) => expect(cellOf(shown, value, masked)).toBe(seen));

  test("hides numbers within sentences, and leaves short ones", () => {
    expect(maskText("Cut at 100 rows; +442079460000 is blocked")).toBe(
      "Cut at 100 rows; +44207******* is blocked",
    );
  });

  test("no mask, no change, and controls stay harmless either way", () => {
    expect(cellOf(field(phone), "12125550100", plainCells)).toBe("12125550100");
    expect(cellOf(field(text, true), "\u001b[2Jx y", masked)).not.toContain("\u001b");
  });
});

describe("the zone of times", () => {
  const at = (value: string, zone: "profile" | "utc" | "local") =>
    cellOf(field(time as typeof text), value, { mask: false, zone });

  test("goes round: as it came, universal, this computer's", () => {
    expect([nextZone("profile"), nextZone("utc"), nextZone("local")]).toEqual(["utc", "local", "profile"]);
    expect(cellsText(plainCells)).toBe("");
    expect(cellsText({ mask: true, zone: "utc" })).toBe("times UTC  masked");
  });

  test("shows the same moment with its offset", () => {
    const came = "2026-07-01T12:00:05-04:00";
    expect(at(came, "profile")).toBe(came);
    expect(at(came, "utc")).toBe("2026-07-01T16:00:05Z");
    vi.stubEnv("TZ", "Europe/Berlin");
    expect(at(came, "local")).toBe("2026-07-01T18:00:05+02:00");
    vi.stubEnv("TZ", "America/St_Johns");
    expect(at("2026-01-01T00:00:00Z", "local")).toBe("2025-12-31T20:30:00-03:30");
  });

  test("what is no time stays as it is", () => {
    expect(at("soon", "utc")).toBe("soon");
    expect(at("2026-02-31 00:00", "local")).toMatch(/^2026/);
  });
});
