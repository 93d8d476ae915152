import type { Handlers } from "./handler.ts";
import { accountHandlers } from "./handlers/accounts.ts";
import { carrierHandlers } from "./handlers/carriers.ts";
import { cdrHandlers } from "./handlers/cdr.ts";
import { companyHandlers } from "./handlers/companies.ts";
import { deckHandlers } from "./handlers/decks.ts";
import { lrnHandlers } from "./handlers/lrn.ts";
import { restrictionHandlers } from "./handlers/restrictions.ts";
import { sessionHandlers } from "./handlers/session.ts";

/** How the platform answers each operation of the contract; a missing one does not compile. */
export const handlers: Handlers = {
  ...sessionHandlers,
  ...accountHandlers,
  ...carrierHandlers,
  ...companyHandlers,
  ...cdrHandlers,
  ...restrictionHandlers,
  ...lrnHandlers,
  ...deckHandlers,
};
