import { SipnavError } from "../core/errors.ts";
import { limits } from "../core/limits.ts";
import { runCommand } from "../host/command.ts";
import { type SecretStore, type StoreName, storeNames } from "../host/secrets.ts";
import type { Profile } from "../services/profiles.ts";
import { tellUnused } from "../services/session/access.ts";
import { commandGrant, type Grant, loginIn, tokenIn } from "../services/session/credentials.ts";
import type { OneTimeCodes } from "../services/session/login.ts";
import type { Context } from "./context.ts";

/** The flags that credentials come by. */
export interface AnswerFlags {
  readonly username?: string | undefined;
  readonly passwordStdin?: boolean | undefined;
  readonly tokenStdin?: boolean | undefined;
  readonly otpStdin?: boolean | undefined;
  readonly otpCommand?: readonly string[] | undefined;
}

/** Lines of standard input, handed out one by one. */
export type Lines = (what: string) => string;

/**
 * The lines of standard input, read if any of them is wanted.
 * @throws usage, from the answer, when there is no further line
 */
export async function readLines({ host }: Context, isWanted: boolean): Promise<Lines> {
  const lines = isWanted ? (await host.terminal.input.readAll()).split(/\r?\n/) : [];
  return (what) => {
    const line = lines.shift();
    if (line) return line;
    throw new SipnavError("usage", `Standard input has no line with the ${what}.`);
  };
}

/**
 * Who logs in with what: from flags; from the environment, unless the profile was named; from the profile's command;
 * from the embedded platform; or from a person.
 */
export async function answerGrant(
  context: Context,
  profile: Profile,
  flags: AnswerFlags,
  line: Lines,
): Promise<Grant> {
  if (flags.tokenStdin) return { token: line("token") };
  const { host, face } = context;
  const seeker = context.seeker(profile);
  tellUnused(seeker);
  const environment = profile.sandbox || seeker.isExplicit ? {} : host.environment;
  const isAsked = flags.username === undefined && !flags.passwordStdin;
  const token = isAsked ? tokenIn(environment) : undefined;
  if (token !== undefined) return { token };
  const known = profile.sandbox ? await context.sandbox() : loginIn(environment);
  if (isAsked && profile.credentialCommand && known.password === undefined) {
    return commandGrant(profile.credentialCommand, { signal: host.signal, notice: face.notice });
  }
  const username =
    flags.username ?? known.username ?? profile.username ?? (await face.ask.text("Username", "--username"));
  // A password is never tried for a user it was not given for.
  const isTheirs = profile.sandbox || known.username === undefined || known.username === username;
  const password = flags.passwordStdin
    ? line("password")
    : ((isTheirs ? known.password : undefined) ?? (await face.ask.secret("Password", "--password-stdin")));
  return { username, password };
}

/** One-time codes from a line, from a command, or from a person, who may try more than once. */
export function answerCodes(
  { face, host }: Context,
  { otpStdin, otpCommand }: AnswerFlags,
  line: Lines,
): OneTimeCodes {
  const once = (next: () => Promise<string>) => ({ next, triesMax: 1, onRefusal: () => undefined });
  if (otpStdin) {
    const code = line("one-time code");
    return once(async () => code);
  }
  if (otpCommand) return once(() => runCommand(otpCommand, { signal: host.signal, notice: face.notice }));
  return {
    next: () => answerOr("otp", () => face.ask.secret("One-time code", "--otp-stdin or --otp-command")),
    triesMax: limits.askedMax,
    onRefusal: () => face.notice("The code was refused. Try again."),
  };
}

/**
 * Where the session is kept: where the profile says, or in the keychain if it works, or where a person wants it.
 * @throws keychain when it does not work and nobody can be asked; usage for a memory that ends with this command
 */
export async function answerStore(context: Context, profile: Profile): Promise<SecretStore> {
  const { host, face } = context;
  const name = profile.store ?? (await chooseStore(context, profile));
  if (name !== "memory" || face.goesOn) return host.secrets(name, face.notice);
  throw new SipnavError("usage", "A session in memory would end with this command.", {
    hint: "Keep it: --store keychain, or --store file. Or log in within the menu, or within sipnav shell.",
  });
}

async function chooseStore({ host, face }: Context, profile: Profile): Promise<StoreName> {
  // The embedded platform's data is made up: a session of it is no secret that needs a keychain.
  if (profile.sandbox) return "file";
  const keychain = host.secrets("keychain", face.notice);
  try {
    await keychain.get("probe");
    return "keychain";
  } catch (error) {
    if (!(error instanceof SipnavError)) throw error;
    const question = face.goesOn
      ? "Keep the session in a file, or in memory until sipnav ends? (file, memory)"
      : "Keep the session in a file? (file)";
    const answer = await face.ask
      .text(`${error.message} ${question}`, "--store")
      .catch((refusal: unknown) => {
        throw refusal instanceof SipnavError && refusal.kind === "usage" ? error : refusal;
      });
    const name = storeNames.find((known) => known === answer.trim());
    if (name) return name;
    throw new SipnavError("usage", `There is no store ${answer}.`, { hint: "Give --store file." });
  }
}

/** An answer; where nobody can be asked, an error of this kind. */
async function answerOr(kind: "otp", answer: () => Promise<string>): Promise<string> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof SipnavError) || error.kind !== "usage") throw error;
    throw new SipnavError(kind, error.message, error.facts);
  }
}
