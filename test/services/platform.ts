import { onTestFinished } from "vitest";
import { accountCommands } from "../../src/commands/accounts.ts";
import { authCommands } from "../../src/commands/auth.ts";
import { configCommands } from "../../src/commands/config.ts";
import { profileCommands } from "../../src/commands/profiles.ts";
import { sessionCommands } from "../../src/commands/session.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { commandOf, type DeskOptions, openDesk } from "../host/desk.ts";

/** A small platform that goes away with the test. */
export async function openPlatform(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ accounts: 3, carriers: 2, companies: 2, cdrs: 10, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** How often somebody has tried to log in. */
export const logins = (sandbox: Sandbox): number =>
  sandbox.requests().filter(({ operation }) => operation === "login").length;

const every = [
  ...sessionCommands,
  ...authCommands,
  ...profileCommands,
  ...configCommands,
  ...accountCommands,
];
export const command = (words: string) => commandOf(every, words);
export const list = command("accounts list");
export const login = command("login");

/** What a login to a platform is given besides the password. */
export const loginTo = ({ url, username }: Sandbox, store = "file") => ({
  baseUrl: url,
  username,
  store,
  passwordStdin: true as const,
});

/** A person who has logged in. */
export async function openLoggedIn(sandbox: Sandbox, options: DeskOptions = {}, raw = {}) {
  const desk = openDesk({ stdin: `${sandbox.password}\n`, ...options });
  await desk.run(login, { ...loginTo(sandbox), ...raw });
  return desk;
}

async function mailOf(sandbox: Sandbox): Promise<{ t_password: string; encrypted_user: string }> {
  const answer = await fetch(`${sandbox.url}/__sandbox/tables/mails`);
  const rows = JSON.stringify(await answer.json());
  const [, temporary = ""] = /"t_password":"([^"]+)"/.exec(rows) ?? [];
  const [, user = ""] = /"encrypted_user":"([^"]+)"/.exec(rows) ?? [];
  return { t_password: temporary, encrypted_user: user };
}

/** Has a forgotten password mailed and sets a new one. */
export async function changePassword(sandbox: Sandbox, password: string): Promise<void> {
  const desk = openDesk({ environment: { SIPNAV_BASE_URL: sandbox.url } });
  const reset = command("auth reset-password");
  await desk.run(reset, { username: sandbox.username });
  const mail = await mailOf(sandbox);
  const stdin = `${mail.t_password}\n${password}\n`;
  const second = openDesk({ environment: { SIPNAV_BASE_URL: sandbox.url }, stdin });
  const link = `https://voice.test/password/reset/${encodeURIComponent(mail.encrypted_user)}`;
  await second.run(reset, { link, temporaryStdin: true });
}
