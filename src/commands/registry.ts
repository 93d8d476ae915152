import { accountCommands } from "./accounts.ts";
import { apiCommands } from "./api.ts";
import { authCommands } from "./auth.ts";
import { carrierCommands } from "./carriers.ts";
import { cdrCommands } from "./cdr.ts";
import { companyCommands } from "./companies.ts";
import { configCommands } from "./config.ts";
import { deckCommands } from "./decks.ts";
import type { Command } from "./define.ts";
import { doctorCommands } from "./doctor.ts";
import { jobCommands } from "./jobs.ts";
import { lrnCommands } from "./lrn.ts";
import { profileCommands } from "./profiles.ts";
import { restrictionCommands } from "./restrictions.ts";
import { sandboxCommands } from "./sandbox.ts";
import { sessionCommands } from "./session.ts";

/** Every command of the program, in the order it is shown. */
export const registry: readonly Command[] = [
  ...sessionCommands,
  ...authCommands,
  ...profileCommands,
  ...configCommands,
  ...accountCommands,
  ...carrierCommands,
  ...companyCommands,
  ...restrictionCommands,
  ...cdrCommands,
  ...lrnCommands,
  ...deckCommands,
  ...jobCommands,
  ...apiCommands,
  ...doctorCommands,
  ...sandboxCommands,
];
