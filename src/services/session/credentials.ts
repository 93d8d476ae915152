import { SipnavError } from "../../core/errors.ts";
import { runCommand } from "../../host/command.ts";
import type { Environment } from "../../host/folders.ts";
import type { Credentials } from "./login.ts";

/** A token, or what one is got with. */
export type Grant = { readonly token: string } | Credentials;

/** The variables that a token is taken from; the first one that is set counts. */
const tokenVariables = ["SIPNAV_TOKEN", "SIPNAV_API_KEY", "SIPNAV_API_TOKEN"] as const;

/** What the environment gives: a token, or a username with its password. */
export function environmentGrant(environment: Environment): Grant | undefined {
  for (const variable of tokenVariables) {
    const token = environment[variable];
    if (token) return { token };
  }
  const { username, password } = loginIn(environment);
  return username && password ? { username, password } : undefined;
}

/** The username and the password of the environment; an empty variable counts as none. */
export function loginIn(environment: Environment): Partial<Record<keyof Credentials, string | undefined>> {
  return {
    username: environment.SIPNAV_USERNAME || undefined,
    password: environment.SIPNAV_PASSWORD || undefined,
  };
}

/**
 * What a profile's `credentialCommand` prints.
 * @throws config when it fails or prints something else
 */
export async function commandGrant(argv: readonly string[], signal: AbortSignal): Promise<Grant> {
  const answer = parse(await runCommand(argv, signal));
  if (typeof answer.token === "string" && answer.token !== "") return { token: answer.token };
  if (typeof answer.username === "string" && typeof answer.password === "string") {
    return { username: answer.username, password: answer.password };
  }
  // What it printed is not shown: it may be a secret.
  throw new SipnavError("config", `The command ${argv[0]} printed no credentials.`, {
    hint: 'It must print JSON: {"username": "…", "password": "…"} or {"token": "…"}.',
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? { ...content } : {};
  } catch {
    return {};
  }
}
