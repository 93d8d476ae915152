import type { Schemas } from "../../contract/operations.ts";
import { utc } from "../../core/time.ts";
import { createDraws, createStream, fractionOf } from "../random.ts";
import type { SeededAccount } from "./accounts.ts";
import type { SeededCarrier } from "./carriers.ts";
import { azRowsMin } from "./deckrows.ts";

const firstId = 901;
const dayMs = 86_400_000;

interface Owner {
  field: "account_id" | "carrier_id";
  id: number;
  name: string;
  currency: string;
  platformId: number;
}

function seedDeck(seed: number, n: number, owner: Owner, anchorMs: number): Schemas["Deck"] {
  const draws = createDraws(seed, "deck", n);
  const local = draws.chance(0.6) ? 1 : 0;
  const rows = local === 1 ? draws.integer(400, 2_000) : draws.integer(azRowsMin, 900);
  const effectiveMs = Math.floor((anchorMs - draws.integer(-10, 300) * dayMs) / dayMs) * dayMs;
  const month = utc.toWire(effectiveMs).slice(0, 7);
  return {
    crd_id: firstId + n,
    [owner.field]: owner.id,
    deck_name: `${owner.name} ${local === 1 ? "US" : "A-Z"} ${month}`,
    local,
    enabled: draws.chance(0.85) ? 1 : 0,
    currency: owner.currency,
    filename: draws.chance(0.9)
      ? `${owner.field.slice(0, 1)}${owner.id}_${month.replace("-", "")}.csv`
      : null,
    rows_count: rows,
    effective_at: utc.toWire(effectiveMs),
    platform_id: owner.platformId,
    updated_at: utc.toWire(effectiveMs - draws.integer(1, 7 * 86_400) * 1_000),
  };
}

/** Decks of about a third of the accounts and most carriers; crd_id counts through both. */
export function seedDecks(
  seed: number,
  accounts: readonly SeededAccount[],
  carriers: readonly SeededCarrier[],
  anchorMs: number,
): Schemas["Deck"][] {
  const has = createStream(seed, "deck.owner");
  const owners: Owner[] = [
    ...accounts.map((row) => ({
      field: "account_id" as const,
      id: row.account_id,
      name: row.account_name,
      row,
    })),
    ...carriers.map((row) => ({
      field: "carrier_id" as const,
      id: row.carrier_id,
      name: row.carrier_name,
      row,
    })),
  ].map(({ row, ...owner }) => ({ ...owner, currency: row.currency, platformId: row.platform_id }));
  return owners
    .filter((owner) => fractionOf(has(owner.id)) < (owner.field === "account_id" ? 0.35 : 0.8))
    .map((owner, n) => seedDeck(seed, n, owner, anchorMs));
}
