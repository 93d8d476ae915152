import { accountCommands } from "./accounts.ts";
import type { Command } from "./define.ts";
import { sandboxCommands } from "./sandbox.ts";
import { sessionCommands } from "./session.ts";

/** Every command of the program. */
export const registry: readonly Command[] = [...sessionCommands, ...accountCommands, ...sandboxCommands];
