import type { Schemas } from "../../contract/operations.ts";
import { createDraws, type Draws } from "../random.ts";
import type { Party } from "./companies.ts";
import { accountName } from "./names.ts";
import { stamps } from "./stamps.ts";

const firstId = 10_001;
const documentationNets = ["192.0.2", "198.51.100", "203.0.113"] as const;
const notes = [
  null,
  null,
  null,
  null,
  "LNP dip billed monthly",
  "Do not raise CPS without approval",
  "Customer sends +E.164, strip plus",
  "Test traffic only, 10-digit ANI",
] as const;

/** An account's row; the fields that other tables build on are certain. */
export type SeededAccount = Schemas["Account"] & {
  account_id: number;
  account_name: string;
  customer_id: number;
  platform_id: number;
  currency: string;
};

function addresses(draws: Draws): string {
  const count = draws.member([1, 1, 1, 2, 2, 3]);
  return Array.from(
    { length: count },
    () => `${draws.member(documentationNets)}.${draws.integer(1, 254)}`,
  ).join(",");
}

/** The n-th account's company: each gets one, the rest go mostly to the first companies. */
function ownerOf(parties: readonly Party[], n: number, draws: Draws): number {
  return n < parties.length ? n : Math.floor(parties.length * draws.fraction() ** 1.8);
}

/** The accounts of the companies, on their companies' platforms; names are unique. */
export function seedAccounts(seed: number, count: number, parties: readonly Party[], anchorMs: number) {
  const owned = new Map<Party, number>();
  return Array.from({ length: count }, (_, n): SeededAccount => {
    const draws = createDraws(seed, "account", n);
    const owner = ownerOf(parties, n, draws);
    const party = parties[owner] as Party;
    const nth = owned.get(party) ?? 0;
    owned.set(party, nth + 1);
    const cps = draws.member([2, 5, 10, 20, 30, 50, 100, 200]);
    return {
      account_id: firstId + n,
      account_name: accountName(party.name, nth, owner * 5),
      customer_id: party.row.customer_id,
      customer_name: party.row.customer_name,
      platform_id: party.row.platform_id,
      enabled: draws.chance(0.9) ? 1 : 0,
      currency: party.row.currency,
      ip_address: addresses(draws),
      tech_prefix: draws.chance(0.4) ? `${draws.integer(10, 9_999)}#` : null,
      channels_limit: cps * draws.member([10, 20, 30, 60]),
      cps_limit: cps,
      lrn_dip: draws.chance(0.8) ? 1 : 0,
      note: draws.member(notes),
      ...stamps(draws, anchorMs),
    };
  });
}
