import { describe, expect, it } from "vitest";
import { deckRows, type SeedOptions, seedTables } from "../../src/sandbox/seed.ts";
import { parseIncrement } from "../../src/telecom/rating.ts";

const options: SeedOptions = {
  seed: 7,
  accounts: 500,
  carriers: 60,
  companies: 40,
  anchorMs: Date.UTC(2026, 2, 3, 15, 20),
};
const tables = seedTables(options);

function share<T>(rows: readonly T[], test: (row: T) => boolean): number {
  return rows.filter(test).length / rows.length;
}

describe("seedTables", () => {
  it("gives the same rows for the same options, and others for another seed", () => {
    expect(seedTables(options)).toEqual(tables);
    expect(seedTables({ ...options, seed: 8 }).accounts).not.toEqual(tables.accounts);
  });

  it("keeps the rows that are there when it makes more", () => {
    const more = seedTables({ ...options, accounts: 700 });
    expect(more.accounts.slice(0, 500)).toEqual(tables.accounts);
    expect(more.companies).toEqual(tables.companies);
  });

  it("makes as many rows as it was asked for", () => {
    expect(tables.accounts).toHaveLength(500);
    expect(tables.carriers).toHaveLength(60);
    expect(tables.companies).toHaveLength(40);
    expect(tables.balances).toHaveLength(40);
    expect(seedTables({ ...options, restrictions: 9 }).restrictions).toHaveLength(9);
    const none = seedTables({ ...options, accounts: 0, carriers: 0, companies: 0 });
    expect([none.accounts, none.carriers, none.companies, none.decks]).toEqual([[], [], [], []]);
  });

  it("refuses accounts without a company to own them", () => {
    expect(() => seedTables({ ...options, companies: 0 })).toThrow(
      expect.objectContaining({ kind: "validation" }),
    );
  });

  it.each([
    ["accounts", "account_id"],
    ["carriers", "carrier_id"],
    ["companies", "customer_id"],
    ["restrictions", "restriction_id"],
    ["decks", "crd_id"],
  ] as const)("numbers %s without a gap", (table, field) => {
    const ids = tables[table].map((row) => Number((row as Record<string, unknown>)[field]));
    expect(ids).toEqual(ids.map((_, n) => (ids[0] ?? 0) + n));
  });

  it.each([40, 500, 1_500])("never gives a name twice (%d companies)", (companies) => {
    const made = seedTables({ ...options, companies, accounts: 4_000, carriers: 800 });
    for (const names of [
      made.accounts.map((row) => row.account_name),
      made.carriers.map((row) => row.carrier_name),
      made.companies.map((row) => row.customer_name),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("has names that need quoting and more than ASCII", () => {
    const names = tables.companies.map((row) => row.customer_name ?? "");
    for (const mark of [",", '"', "'", "é", "ñ"])
      expect(names.some((name) => name.includes(mark))).toBe(true);
  });

  it("puts some seven of ten accounts on the first platform, each on its company's", () => {
    expect(share(tables.accounts, (row) => row.platform_id === 1)).toBeCloseTo(0.7, 1);
    const companies = new Map(tables.companies.map((row) => [Number(row.customer_id), row]));
    for (const account of tables.accounts) {
      const company = companies.get(Number(account.customer_id));
      expect(account.platform_id).toBe(company?.platform_id);
      expect(account.customer_name).toBe(company?.customer_name);
    }
  });

  it("points every restriction and deck at rows that exist, or at all with 0", () => {
    const accounts = new Set([0, ...tables.accounts.map((row) => Number(row.account_id))]);
    const carriers = new Set([0, ...tables.carriers.map((row) => Number(row.carrier_id))]);
    for (const row of tables.restrictions) {
      expect(accounts.has(Number(row.account_id))).toBe(true);
      expect(carriers.has(Number(row.carrier_id))).toBe(true);
    }
    expect(share(tables.restrictions, (row) => row.carrier_id === 0)).toBeGreaterThan(0.4);
    for (const row of tables.decks) {
      expect([row.account_id, row.carrier_id].filter((id) => id !== undefined)).toHaveLength(1);
      expect(accounts.has(Number(row.account_id ?? 0)) && carriers.has(Number(row.carrier_id ?? 0))).toBe(
        true,
      );
    }
    expect(share(tables.decks, (row) => row.carrier_id !== undefined)).toBeGreaterThan(0.1);
  });

  it("has the wire's disorder in a few rows", () => {
    const text = share(tables.accounts, (row) => typeof row.account_id === "string");
    expect(text).toBeGreaterThan(0);
    expect(text).toBeLessThan(0.1);
    expect(new Set(tables.carriers.map((row) => typeof row.enabled))).toEqual(
      new Set(["number", "string", "boolean"]),
    );
    expect(tables.carriers.some((row) => row.enabled === 2)).toBe(true);
    expect(new Set(tables.balances.map((row) => typeof row.balanceamount))).toEqual(
      new Set(["string", "number"]),
    );
    expect(tables.balances.some((row) => Number(row.balanceamount) < 0)).toBe(true);
    expect(tables.companies.some((row) => typeof row.credit_limit === "number")).toBe(true);
  });

  it("writes times as the wire does, made before they were changed, changed before the anchor", () => {
    for (const row of [...tables.accounts, ...tables.carriers, ...tables.companies, ...tables.restrictions]) {
      expect(row.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(String(row.created_at) <= String(row.updated_at)).toBe(true);
      expect(String(row.updated_at) <= "2026-03-03 15:20:00").toBe(true);
    }
  });

  it("uses only addresses, hosts and phone numbers that are nobody's", () => {
    for (const { ip_address } of tables.accounts) {
      expect(ip_address).toMatch(/^((192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3},?)+$/);
    }
    for (const { host } of tables.carriers) expect(host).toMatch(/^sip\d\.[a-z0-9-]+\.example$/);
    for (const { email, phone } of tables.companies) {
      expect(email ?? "x@x.example").toMatch(/^[a-z]+@[a-z0-9-]+\.example$/);
      expect(phone ?? "12125550100").toMatch(/^(1\d{3}55501\d\d|4420794600\d\d)$/);
    }
  });
});

describe("deckRows", () => {
  it.each([0, 1])("makes the rows that a deck with local %d announces, ascending and unique", (local) => {
    const decks = tables.decks.filter((deck) => deck.local === local);
    expect(decks.length).toBeGreaterThan(10);
    for (const deck of decks.slice(0, 10)) {
      const rows = [...deckRows(deck, 7)];
      expect(rows.length).toBe(deck.rows_count);
      expect([...deckRows(deck, 7)]).toEqual(rows);
      const prefixes = rows.map((row) => row.prefix);
      expect(prefixes).toEqual([...new Set(prefixes)].sort());
      for (const row of rows) {
        expect(parseIncrement(row.increment).incSec).toBeGreaterThan(0);
        const rate = "rate" in row ? row.rate : row.rate_intra;
        expect(rate).toMatch(/^\d\.\d{4,6}$/);
        expect(Number(rate)).toBeGreaterThan(0);
      }
    }
  });

  it("differs from deck to deck", () => {
    const [first, second] = tables.decks
      .filter((deck) => deck.local === 1)
      .map((deck) => [...deckRows(deck, 7)]);
    expect(first?.slice(0, 50)).not.toEqual(second?.slice(0, 50));
  });
});
