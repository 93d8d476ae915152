import type { Command } from "../commands/define.ts";
import type { RawValues } from "../commands/execute.ts";
import type { ErrorKind, SipnavError } from "../core/errors.ts";
import type { Row } from "../domain/noun.ts";
import { commandOf } from "./model/tree.ts";
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

/** Reads the session in use; undefined where nothing can be said of it. */
async function readSession(registry: readonly Command[], run: Run): Promise<SessionFacts | undefined> {
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

/**
 * The session in use, as `readSession` has it; the embedded platform is logged in to by itself.
 * @param isMadeUp whether the platform is that one
 */
export async function enterSession(
  registry: readonly Command[],
  run: Run,
  isMadeUp: () => Promise<boolean>,
): Promise<SessionFacts | undefined> {
  const session = await readSession(registry, run);
  const login = commandOf(registry, "login");
  if (!session?.isNeeded || !login || !(await isMadeUp())) return session;
  await run(login, {});
  return readSession(registry, run);
}

/** How a person gets into a session again, on whatever face. */
export interface Door {
  readonly registry: readonly Command[];
  /** Runs a command that asks and says nothing. */
  readonly quietly: Run;
  /** Runs a command that a person answers the questions of. */
  readonly asking: Run;
  /** Whether the platform is the embedded one, whose password is known. */
  isMadeUp(): Promise<boolean>;
  /** @throws interrupted when the person leaves it */
  password(question: string, lines: readonly string[]): Promise<string>;
  tell(text: string): void;
}

/** Asks for the password until a session is open; answers whether one is. */
export async function logInAgain(door: Door, { message }: SipnavError): Promise<boolean> {
  const { registry, quietly, asking } = door;
  const login = commandOf(registry, "login");
  const session = await readSession(registry, quietly);
  if (!login || !session?.canLogIn) return false;
  const isMadeUp = await door.isMadeUp();
  let problem = message;
  for (;;) {
    const raw = isMadeUp ? {} : await credentials(door, session, problem);
    if (raw === undefined) return false;
    const outcome = await asking(login, raw);
    if ("blocks" in outcome) return true;
    problem = outcome.error.message;
    if (outcome.error.kind === "unauthenticated" && !isMadeUp) continue;
    door.tell(problem);
    return false;
  }
}

/** The user with the password they typed; nothing where the login asks for both, undefined when the person leaves. */
async function credentials(
  door: Door,
  { username }: SessionFacts,
  problem: string,
): Promise<RawValues | undefined> {
  if (username === "") return {};
  const lines = [problem, "Log in again to go on with what was asked."];
  try {
    return { username, password: await door.password(`Password of ${username}`, lines) };
  } catch {
    return undefined;
  }
}
