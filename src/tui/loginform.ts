import { createContext } from "../commands/context.ts";
import { type Command, defineCommand, type Parameter } from "../commands/define.ts";
import { flagOf } from "../commands/execute.ts";
import { SipnavError } from "../core/errors.ts";
import { secret } from "../domain/kinds.ts";
import { commandOf } from "./model/tree.ts";

const passwordFlag = "--password-stdin";

/** What of the login's parameters a person fills in, in the order of the form. */
const asked = ["baseUrl", "username", "password", "remember", "store", "platformId"];

/**
 * The login for a face that a person fills forms in: instead of switches that read standard input it has a password
 * and the profile. Undefined where there is no such login.
 */
export function loginFormOf(registry: readonly Command[]): Command | undefined {
  const login = commandOf(registry, "login");
  const use = commandOf(registry, "profiles use");
  const name = use?.parameters.name;
  if (!login?.parameters.passwordStdin || !name) return undefined;
  const { baseUrl, ...others } = login.parameters;
  const own: Readonly<Record<string, Parameter | undefined>> = {
    ...others,
    baseUrl: baseUrl && { kind: baseUrl.kind, summary: baseUrl.summary },
    password: { kind: secret, summary: "The password; it is asked for when this is empty" },
  };
  const parameters: Record<string, Parameter> = {
    profile: { kind: name.kind, summary: "The profile to log in to; a new name makes one" },
  };
  for (const field of asked) {
    const parameter = own[field];
    if (parameter) parameters[field] = parameter;
  }
  return defineCommand({
    ...login,
    parameters,
    run: (context, values) => logIn(login, context, values as Readonly<Record<string, unknown>>),
    view: login.view,
  });
}

type RunContext = Parameters<Command["run"]>[0];

/** Runs the login itself: on the profile of the form, and answering for the person with the form's password. */
async function logIn(
  login: Command,
  context: RunContext,
  { profile, password, ...values }: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { face, host } = context;
  const { ask } = face;
  const given = typeof password === "string" && password !== "" ? password : undefined;
  const answering = {
    ...ask,
    secret: async (question: string, flag: string) =>
      flag === passwordFlag && given !== undefined ? given : ask.secret(question, flag),
  };
  const options = typeof profile === "string" ? { ...face.options, profile } : face.options;
  const embedded = { start: context.sandbox, close: async () => undefined };
  const own = createContext(host, { ...face, ask: answering, options }, embedded);
  try {
    return await login.run(own, values as never);
  } catch (thrown) {
    throw thrown instanceof SipnavError ? blame(thrown) : thrown;
  } finally {
    await own.close();
  }
}

/** Says which field of the form an error is about: the address for what did not get through, else the password. */
function blame(error: SipnavError): SipnavError {
  const field = { unauthenticated: "password", dns: "baseUrl", tls: "baseUrl", network: "baseUrl" }[
    error.kind as string
  ];
  if (field === undefined) return error;
  const details = [{ field: flagOf(field), message: error.message }];
  return new SipnavError(error.kind, error.message, { ...error.facts, details });
}

/** The commands of the menu: the login with a form in place of the one for command lines. */
export function withLoginForm(registry: readonly Command[]): readonly Command[] {
  const form = loginFormOf(registry);
  return form ? registry.map((command) => (command.path.join(" ") === "login" ? form : command)) : registry;
}
