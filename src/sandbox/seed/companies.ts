import type { Schemas } from "../../contract/operations.ts";
import { createDraws } from "../random.ts";
import { hostLabel, type PartyName, partyName } from "./names.ts";
import { places, streets } from "./places.ts";
import { stamps } from "./stamps.ts";

const firstId = 2_001;
const notes = [
  null,
  null,
  null,
  "Net 15",
  "Net 30, wires only",
  "Credit hold lifted in March — ask billing before raising",
  "NOC: 24x7",
  "Contract renews in Q4",
] as const;

/** A company with its name, which its accounts and carriers begin with. */
export interface Party {
  row: Schemas["Company"] & {
    customer_id: number;
    customer_name: string;
    platform_id: number;
    currency: string;
  };
  name: PartyName;
}

function contactOf(seed: number, n: number, label: string) {
  const draws = createDraws(seed, "company.contact", n);
  const { phoneBlock, ...place } = draws.member(places);
  const address = `${draws.integer(1, 9_800)} ${draws.member(streets)}`;
  const phone = phoneBlock === null ? null : `${phoneBlock}${String(draws.integer(0, 99)).padStart(2, "0")}`;
  const desk = draws.member(["noc", "billing", "rates", "support"]);
  return { ...place, address, phone, email: draws.chance(0.05) ? null : `${desk}@${label}.example` };
}

/** The companies, about two of three on platform 1. */
export function seedCompanies(seed: number, count: number, anchorMs: number): Party[] {
  const turn = createDraws(seed, "company.turn", 0).integer(0, 39);
  return Array.from({ length: count }, (_, n) => {
    const draws = createDraws(seed, "company", n);
    const name = partyName(n, turn);
    const prepaid = draws.chance(0.6);
    return {
      name,
      row: {
        customer_id: firstId + n,
        customer_name: name.full,
        enabled: draws.chance(0.94) ? 1 : 0,
        ...contactOf(seed, n, hostLabel(name.short)),
        credit_limit: prepaid ? "0.00" : `${draws.integer(2, 100) * 500}.00`,
        payment_type: prepaid ? "prepaid" : "postpaid",
        note: draws.member(notes),
        platform_id: n % 10 === 2 || n % 10 === 5 || n % 10 === 8 ? 2 : 1,
        ...stamps(draws, anchorMs),
      },
    };
  });
}

/** Balances by company: mostly in credit; postpaid ones below zero, one in fourteen beyond its limit. */
export function seedBalances(seed: number, parties: readonly Party[]): Balance[] {
  return parties.map(({ row }, n) => {
    const draws = createDraws(seed, "balance", n);
    const cents = draws.integer(0, 99);
    const limit = Number(row.credit_limit);
    const owed = limit * (draws.chance(0.07) ? 1.04 : draws.fraction() * 0.9);
    const dollars = limit > 0 ? -Math.floor(owed) : draws.integer(-1, 24) ** 2 * 7;
    return {
      customer_id: row.customer_id,
      balanceamount: `${dollars}.${String(cents).padStart(2, "0")}`,
      currency: row.currency,
      credit_limit: row.credit_limit ?? "0.00",
    };
  });
}

/** What the balance call answers, with the company it belongs to. */
export interface Balance {
  customer_id: Schemas["Id"];
  balanceamount: Schemas["Money"];
  currency: string;
  credit_limit: Schemas["Money"];
}
