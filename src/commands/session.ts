import { SipnavError } from "../core/errors.ts";
import { id, present, text, time } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import { newProfileOf } from "../services/profiles.ts";
import { ended, notLoggedIn } from "../services/session/access.ts";
import { closeSession } from "../services/session/close.ts";
import { variableIn } from "../services/session/credentials.ts";
import { openSession } from "../services/session/open.ts";
import { readStatus } from "../services/session/status.ts";
import { argv, baseUrl } from "../services/settings/kinds.ts";
import { readLayers } from "../services/settings/layers.ts";
import { settings } from "../services/settings/table.ts";
import { answerCodes, answerGrant, answerStore, readLines } from "./answers.ts";
import type { Context } from "./context.ts";
import { defineCommand } from "./define.ts";
import { tellOverruled } from "./profiles.ts";

const login = defineCommand({
  path: ["login"],
  summary: "Log in to a platform and use its profile from now on",
  group: "session",
  effect: "read",
  session: false,
  parameters: {
    username: { kind: text, summary: "Who logs in" },
    passwordStdin: { kind: present, summary: "Read the password from standard input, one line" },
    tokenStdin: {
      kind: present,
      summary: "Keep a token that is read from standard input",
      excludes: ["passwordStdin", "otpStdin", "otpCommand", "remember"],
    },
    otpStdin: {
      kind: present,
      summary: "Read the one-time code from standard input, after the password if that is read too",
      excludes: ["otpCommand"],
    },
    otpCommand: { kind: argv, summary: "A command that prints the one-time code" },
    platformId: { kind: id, summary: "The platform of a user who has several, kept in the profile" },
    baseUrl: { kind: baseUrl, summary: "The platform's address, kept in the profile", excludes: ["sandbox"] },
    store: { kind: settings.store.kind, summary: "Where the session is kept; the choice is remembered" },
    remember: { kind: present, summary: "Keep the password too, so that the session renews itself" },
    sandbox: { kind: present, summary: "Log in to the embedded platform, which needs no server" },
  },
  examples: [
    "sipnav login --profile live --base-url https://voice.example.com --username ada",
    "pass show sip | sipnav login --username ada --password-stdin --store file",
    "sipnav login --sandbox",
  ],
  async run(context, values) {
    const { username, platformId, baseUrl: url, store: wanted, remember, sandbox } = values;
    const layers = await readLayers(context.host, {
      profile: context.face.options.profile ?? (sandbox ? "sandbox" : undefined),
      username,
      platformId,
      baseUrl: url,
      store: wanted,
      ...(remember && { remember: "yes" }),
      ...(sandbox && { sandbox: "yes" }),
    });
    const profile = newProfileOf(layers);
    if (profile.sandbox && url !== undefined) {
      throw new SipnavError(
        "usage",
        `Profile ${profile.name} is the embedded platform's: it has no address.`,
        {
          hint: `As: sipnav login --profile live --base-url ${url}`,
        },
      );
    }
    const line = await readLines(
      context,
      Boolean(values.passwordStdin || values.tokenStdin || values.otpStdin),
    );
    const store = await answerStore(context, profile);
    const { host, face } = context;
    const { notice } = face;
    const grant = await answerGrant(context, profile, values, line);
    const codes = answerCodes(context, values, line);
    const connect = (token?: string) => context.connect(profile, token);
    const session = await openSession({ host, profile, store, grant, codes, connect, notice });
    const { name } = profile;
    tellPreferred(context, name);
    face.noteProfile?.(name);
    await tellOverruled(context, name);
    face.thenMenu?.();
    return { profile: name, username: session.username, platform: session.origin, store: store.name };
  },
  view(row) {
    const { profile, username, platform, store } = row;
    const text = `Logged in to ${platform}${username && ` as ${username}`}. Profile ${profile} is used from now on; its session is kept in the ${store} store.`;
    return [{ kind: "note", text, row }];
  },
});

/** A session that the next command does not use is told before anybody wonders. */
function tellPreferred({ host, face }: Context, profile: string): void {
  const variable = variableIn(host.environment);
  if (variable === undefined) return;
  face.notice(`${variable} is set: commands go by it, unless it is unset or --profile ${profile} is given.`);
}

const demo = defineCommand({
  path: ["demo"],
  summary: "Try everything on the embedded platform: log in to it and open the menu",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  examples: ["sipnav demo"],
  async run(context) {
    const opened = await login.run(context, { sandbox: true });
    context.face.notice("Look around: sipnav accounts list, sipnav cdr search, sipnav help.");
    return opened;
  },
  view: (opened) => login.view(opened),
});

const logout = defineCommand({
  path: ["logout"],
  summary: "Revoke the session's token and forget it, and the password if it was kept",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  examples: ["sipnav logout", "sipnav logout --profile lab"],
  async run(context) {
    const profile = await context.profile();
    const { wasOpen, unrevoked } = await closeSession(context.seeker(profile));
    tellLeft(context);
    return { profile: profile.name, was_open: wasOpen, unrevoked: unrevoked ?? null };
  },
  view(row) {
    const { profile, was_open: wasOpen, unrevoked } = row;
    if (!wasOpen) return [{ kind: "note", text: `There was no session of profile ${profile}.`, row }];
    const rest =
      unrevoked === null
        ? ""
        : ` The platform did not revoke the token, which stays good until it expires: ${unrevoked}`;
    const text = `Logged out of profile ${profile}; its session is forgotten here.${rest}`;
    return [{ kind: "note", text, row }];
  },
});

/** What a logout does not end is told. */
function tellLeft({ host, face }: Context): void {
  const variable = variableIn(host.environment);
  if (variable !== undefined) face.notice(`${variable} is still set: commands go on by it.`);
}

const whoamiFields: readonly Field[] = [
  { name: "username", label: "User", kind: text, priority: 1 },
  { name: "platform", label: "Platform", kind: text, priority: 1 },
  { name: "platform_id", label: "Platform ID", kind: id, priority: 2 },
  { name: "profile", label: "Profile", kind: text, priority: 1 },
  { name: "expires_at", label: "Expires", kind: time, priority: 2 },
];

const whoami = defineCommand({
  path: ["whoami"],
  summary: "Say who is logged in where; the platform is not asked",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  fields: whoamiFields,
  examples: ["sipnav whoami --json"],
  async run(context) {
    const profile = await context.profile();
    const seeker = context.seeker(profile);
    const status = await readStatus(seeker);
    if (status.state === "none" && !status.renews) throw notLoggedIn(seeker);
    if (status.state === "expired" && !status.renews) throw ended(seeker);
    const { expiryMs } = status;
    return {
      username: status.username ?? null,
      platform: profile.baseUrl,
      platform_id: profile.platformId ?? null,
      profile: profile.name,
      expires_at: expiryMs === undefined ? null : new Date(expiryMs).toISOString(),
    };
  },
  view: (row) => [{ kind: "record", fields: whoamiFields, row, idField: "username" }],
});

/** `login`, `logout`, `whoami`, `demo` */
export const sessionCommands = [login, logout, whoami, demo];
