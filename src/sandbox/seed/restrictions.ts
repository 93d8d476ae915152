import type { Schemas } from "../../contract/operations.ts";
import { utc } from "../../core/time.ts";
import { createDraws, type Draws } from "../random.ts";
import type { SeededAccount } from "./accounts.ts";
import type { SeededCarrier } from "./carriers.ts";
import { stamps } from "./stamps.ts";

const firstId = 5_001;
const dayMs = 86_400_000;

/** Destinations that are blocked for their cost or their fraud, besides single numbers. */
const blockedPrefixes = [
  "1900",
  "1976",
  "53",
  "881",
  "882",
  "883",
  "252",
  "371",
  "1876",
  "1473",
  "224",
  "960",
] as const;
const notes = [
  null,
  "Fraud: IRSF",
  "Traceback request",
  "Customer request",
  "Robocall complaint",
  "DNO list",
] as const;

function subscriber(draws: Draws): string {
  return `1${draws.member(["202", "305", "416", "646", "713"])}55501${draws.integer(10, 99)}`;
}

function periodOf(draws: Draws, anchorMs: number) {
  const startMs = anchorMs - draws.integer(0, 400) * dayMs;
  return {
    restriction_start: draws.chance(0.3) ? null : utc.toWire(startMs),
    restriction_end: draws.chance(0.6) ? null : utc.toWire(startMs + draws.integer(1, 500) * dayMs),
  };
}

/** Restrictions of numbers and routes; most hold for all accounts or all carriers, which is id 0. */
export function seedRestrictions(
  seed: number,
  count: number,
  accounts: readonly SeededAccount[],
  carriers: readonly SeededCarrier[],
  anchorMs: number,
): Schemas["Restriction"][] {
  return Array.from({ length: count }, (_, n) => {
    const draws = createDraws(seed, "restriction", n);
    const account = draws.chance(0.4) && accounts.length > 0 ? draws.member(accounts) : undefined;
    const ofPlatform = carriers.filter((carrier) => !account || carrier.platform_id === account.platform_id);
    const carrier = draws.chance(0.4) && ofPlatform.length > 0 ? draws.member(ofPlatform) : undefined;
    const bySource = draws.chance(0.3);
    return {
      restriction_id: firstId + n,
      priority: draws.integer(1, 10),
      carrier_id: carrier?.carrier_id ?? 0,
      account_id: account?.account_id ?? 0,
      dst_number: bySource ? null : draws.chance(0.6) ? draws.member(blockedPrefixes) : subscriber(draws),
      src_number: bySource ? subscriber(draws) : null,
      src_match_type: bySource ? draws.integer(1, 2) : 0,
      ...periodOf(draws, anchorMs),
      note: draws.member(notes),
      enabled: draws.chance(0.85) ? 1 : 0,
      platform_id: account?.platform_id ?? carrier?.platform_id ?? 1,
      ...stamps(draws, anchorMs),
    };
  });
}
