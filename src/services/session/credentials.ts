import { SipnavError } from "../../core/errors.ts";
import { type CommandListener, runCommand } from "../../host/command.ts";
import type { Environment } from "../../host/folders.ts";
import type { Credentials } from "./login.ts";

/** A token, or what one is got with. */
export type Grant = { readonly token: string } | Credentials;

/** The variables that a token is taken from; the first one that is set counts. */
const tokenVariables = ["SIPNAV_TOKEN", "SIPNAV_API_KEY", "SIPNAV_API_TOKEN"] as const;

/** The variable that credentials are taken from, if any; a username or a password alone are none. */
export function variableIn(environment: Environment): string | undefined {
  const { username, password } = loginIn(environment);
  return (
    tokenVariables.find((variable) => environment[variable]) ??
    (username && password ? "SIPNAV_PASSWORD" : undefined)
  );
}

/**
 * What the environment gives: a token, or a username with its password.
 * @throws config when only one of the two is set: another session than the one that is meant would be used
 */
export function environmentGrant(environment: Environment): Grant | undefined {
  const token = tokenIn(environment);
  if (token !== undefined) return { token };
  const { username, password } = loginIn(environment);
  if (username && password) return { username, password };
  if (!username && !password) return undefined;
  const [set, unset] = username
    ? ["SIPNAV_USERNAME", "SIPNAV_PASSWORD"]
    : ["SIPNAV_PASSWORD", "SIPNAV_USERNAME"];
  throw new SipnavError("config", `${set} is set, but ${unset} is not.`, {
    hint: `Set both, or unset ${set} to use the session of a login.`,
  });
}

/** The token of the environment. */
export function tokenIn(environment: Environment): string | undefined {
  const variable = tokenVariables.find((name) => environment[name]);
  return variable && environment[variable];
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
export async function commandGrant(argv: readonly string[], listener: CommandListener): Promise<Grant> {
  const answer = parse(await runCommand(argv, listener));
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
