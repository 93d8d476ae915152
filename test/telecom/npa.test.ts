import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { tollFreeNpas } from "../../src/telecom/nanp.ts";
import { geographicNpas, placeOfNpa } from "../../src/telecom/npa.ts";

function listOf(country: string): [npa: string, name: string][] {
  const text = readFileSync(new URL(`../data/${country}-area-codes.csv`, import.meta.url), "utf8");
  const [, ...lines] = text.trim().split(/\r?\n/);
  return lines.map((line) => line.split(",") as [string, string]);
}

describe("placeOfNpa", () => {
  const lists = { US: listOf("us"), CA: listOf("ca") };

  it.each(["US", "CA"] as const)("knows every area code of the %s list", (country) => {
    for (const [npa, name] of lists[country]) expect(placeOfNpa(npa)).toMatchObject({ name, country });
  });

  it("knows no other area code", () => {
    expect(geographicNpas).toEqual([...lists.US, ...lists.CA].map(([npa]) => npa).sort());
    for (const npa of [...tollFreeNpas, "900", "876", "000"]) expect(placeOfNpa(npa)).toBeUndefined();
  });

  it("gives every state and province a code of its own", () => {
    const places = geographicNpas.map((npa) => placeOfNpa(npa));
    expect(new Set(places.map((place) => place?.code)).size).toBe(
      new Set(places.map((place) => place?.name)).size,
    );
    expect(placeOfNpa("212")?.code).toBe("NY");
    expect(placeOfNpa("514")).toEqual({ code: "QC", name: "Québec", country: "CA" });
  });
});
