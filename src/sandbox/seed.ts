import type { Schemas } from "../contract/operations.ts";
import { SipnavError } from "../core/errors.ts";
import { seedAccounts } from "./seed/accounts.ts";
import { seedCarriers } from "./seed/carriers.ts";
import { type Balance, seedBalances, seedCompanies } from "./seed/companies.ts";
import { seedDecks } from "./seed/decks.ts";
import { flagsMixed, idsAsText, moneyAsNumbers } from "./seed/mess.ts";
import { seedRestrictions } from "./seed/restrictions.ts";

export type { Balance } from "./seed/companies.ts";
export { deckRows } from "./seed/deckrows.ts";

/** How large a platform to make; the same options give the same rows, byte for byte. */
export interface SeedOptions {
  seed: number;
  accounts: number;
  carriers: number;
  companies: number;
  restrictions?: number;
  /** The moment up to which things happened, in epoch milliseconds. */
  anchorMs: number;
}

/** Every table of a fresh platform, in the contract's shapes, ascending by id. */
export interface SeedTables {
  platforms: Schemas["Platform"][];
  companies: Schemas["Company"][];
  accounts: Schemas["Account"][];
  carriers: Schemas["Carrier"][];
  restrictions: Schemas["Restriction"][];
  /** Of accounts and carriers alike: each row has an account_id or a carrier_id. */
  decks: Schemas["Deck"][];
  balances: Balance[];
}

const restrictionsDefault = 120;

/**
 * Makes a believable wholesale platform, with the wire's disorder in some rows (ids and flags as text,
 * amounts as numbers). Throws `validation` when accounts or carriers are asked for without a company.
 */
export function seedTables(options: SeedOptions): SeedTables {
  const { seed, anchorMs } = options;
  if (options.companies < 1 && options.accounts + options.carriers > 0) {
    throw new SipnavError("validation", "accounts and carriers need at least one company");
  }
  const parties = seedCompanies(seed, options.companies, anchorMs);
  const accounts = seedAccounts(seed, options.accounts, parties, anchorMs);
  const carriers = seedCarriers(seed, options.carriers, parties, anchorMs);
  const restrictions = options.restrictions ?? restrictionsDefault;
  const companies = parties.map((party): Schemas["Company"] => party.row);
  return {
    platforms: [
      { platform_id: 1, platform_name: "Wholesale" },
      { platform_id: 2, platform_name: "Retail & Dialer" },
    ],
    companies: moneyAsNumbers(idsAsText(companies, "customer_id"), "credit_limit"),
    accounts: flagsMixed(idsAsText<"account_id", Schemas["Account"]>(accounts, "account_id")),
    carriers: flagsMixed(idsAsText<"carrier_id", Schemas["Carrier"]>(carriers, "carrier_id")),
    restrictions: seedRestrictions(seed, restrictions, accounts, carriers, anchorMs),
    decks: seedDecks(seed, accounts, carriers, anchorMs),
    balances: moneyAsNumbers(seedBalances(seed, parties), "balanceamount"),
  };
}
