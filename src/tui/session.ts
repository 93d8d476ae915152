import type { Command } from "../commands/define.ts";
import type { RawValues } from "../commands/execute.ts";
import type { ErrorKind, SipnavError } from "../core/errors.ts";
import type { Row } from "../domain/noun.ts";
import type { Outcome } from "./runner.ts";

/** Runs a command to its end, whatever that is. */
export type Run = (command: Command, raw: RawValues) => Promise<Outcome>;

/** What is known of the session in use, without asking the platform. */
export interface SessionFacts {
  readonly username: string;
  /** Whether a person must log in before anything can be asked of the platform. */
  readonly isNeeded: boolean;
  /** Whether logging in can mend an end: a token in the environment is not replaced by it. */
  readonly canLogIn: boolean;
}

const sessionEnds: ReadonlySet<ErrorKind> = new Set(["session", "unauthenticated", "otp"]);

/** Whether a person can mend what ended a run by logging in, and nothing of the run was done. */
export const isSessionEnd = ({ group }: Command, { kind, facts }: SipnavError): boolean =>
  group !== "session" && sessionEnds.has(kind) && facts.outcomeUnknown !== true;

const commandOf = (registry: readonly Command[], words: string): Command | undefined =>
  registry.find(({ path }) => path.join(" ") === words);

/** Reads the session in use; undefined where nothing can be said of it. */
export async function readSession(registry: readonly Command[], run: Run): Promise<SessionFacts | undefined> {
  const status = commandOf(registry, "auth status");
  const outcome = status && (await run(status, {}));
  const block = outcome && "blocks" in outcome ? outcome.blocks[0] : undefined;
  if (block?.kind !== "record") return undefined;
  const { state, renews, source, username }: Row = block.row;
  return {
    username: typeof username === "string" ? username : "",
    isNeeded: state !== "open" && renews !== true,
    canLogIn: source !== "environment",
  };
}
