import type { Schemas } from "../../contract/operations.ts";
import { createDraws } from "../random.ts";
import type { Party } from "./companies.ts";
import { carrierName, hostLabel } from "./names.ts";
import { stamps } from "./stamps.ts";

const firstId = 301;
const notes = [
  null,
  null,
  null,
  "Backup route",
  "ASR watch",
  "No short duration",
  "Sends fake ringback at 4 s",
] as const;

/** A carrier's row; the fields that other tables build on are certain. */
export type SeededCarrier = Schemas["Carrier"] & {
  carrier_id: number;
  carrier_name: string;
  platform_id: number;
  currency: string;
};

/** The carriers, dealt out over the companies; some are switched on by a 2, as the platform does. */
export function seedCarriers(seed: number, count: number, parties: readonly Party[], anchorMs: number) {
  return Array.from({ length: count }, (_, n): SeededCarrier => {
    const draws = createDraws(seed, "carrier", n);
    const owner = n % parties.length;
    const party = parties[owner] as Party;
    const nth = Math.floor(n / parties.length);
    const cps = draws.member([10, 20, 50, 100, 250, 500]);
    return {
      carrier_id: firstId + n,
      carrier_name: carrierName(party.name, nth, owner),
      enabled: n % 11 === 6 ? 2 : draws.chance(0.9) ? 1 : 0,
      group_id: draws.integer(1, 6),
      customer_id: party.row.customer_id,
      customer_name: party.row.customer_name,
      platform_id: party.row.platform_id,
      currency: party.row.currency,
      host: `sip${draws.integer(1, 4)}.${hostLabel(party.name.short)}.example`,
      port: draws.chance(0.9) ? 5060 : 5080,
      tech_prefix: draws.chance(0.3) ? `${draws.integer(100, 99_999)}#` : null,
      channels_limit: cps * draws.member([10, 20, 40]),
      cps_limit: cps,
      priority: draws.integer(1, 10),
      note: draws.member(notes),
      ...stamps(draws, anchorMs),
    };
  });
}
