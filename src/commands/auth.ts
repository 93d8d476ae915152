import { SipnavError } from "../core/errors.ts";
import { durationText } from "../core/time.ts";
import { flag, id, present, text, time } from "../domain/kinds.ts";
import type { Field } from "../domain/noun.ts";
import { requestPassword, resetPassword, userOfLink } from "../services/password.ts";
import { newProfileOf } from "../services/profiles.ts";
import { openAccess } from "../services/session/access.ts";
import { readStatus } from "../services/session/status.ts";
import { profileNames, readLayers } from "../services/settings/layers.ts";
import { readLines } from "./answers.ts";
import type { Context } from "./context.ts";
import { defineCommand } from "./define.ts";
import { switchCommand } from "./profiles.ts";

const fields: readonly Field[] = [
  { name: "profile", label: "Profile", kind: text, priority: 1 },
  { name: "used", label: "Used", kind: flag, priority: 2 },
  { name: "state", label: "Session", kind: text, priority: 1 },
  { name: "username", label: "User", kind: text, priority: 1 },
  { name: "platform", label: "Platform", kind: text, priority: 2 },
  { name: "platform_id", label: "Platform ID", kind: id, priority: 4 },
  { name: "source", label: "Kept in", kind: text, priority: 2 },
  { name: "opened_at", label: "Opened", kind: time, priority: 5 },
  { name: "expires_at", label: "Expires", kind: time, priority: 4 },
  { name: "expires_in", label: "Expires in", kind: text, priority: 3 },
  { name: "renews", label: "Renews itself", kind: flag, priority: 3 },
];

/** A profile's session as a row; one that cannot be read says so and hides no other. */
async function statusRow(context: Context, name: string | undefined) {
  const options = { profile: name ?? context.face.options.profile };
  const used = (await context.settings()).profile;
  const profile = newProfileOf(await readLayers(context.host, options));
  const seeker = { ...context.seeker(profile), isExplicit: options.profile !== undefined };
  const status = await readStatus(seeker).catch((error: unknown) => {
    if (!(error instanceof SipnavError) || name === undefined) throw error;
    return { state: error.message, source: profile.store ?? null, username: profile.username } as const;
  });
  const { state, username, source, savedAt, expiryMs, renews } = { ...unknown, ...status };
  return {
    profile: profile.name,
    used: profile.name === used,
    state,
    username: username ?? null,
    platform: profile.baseUrl,
    platform_id: profile.platformId ?? null,
    source: source ?? null,
    opened_at: savedAt ?? null,
    expires_at: expiryMs === undefined ? null : new Date(expiryMs).toISOString(),
    expires_in: expiryMs === undefined ? null : durationText(expiryMs - context.host.clock.nowMs()),
    renews,
  };
}

const unknown = { savedAt: undefined, expiryMs: undefined, renews: false };

const list = defineCommand({
  path: ["auth", "list"],
  summary: "List the profiles with their sessions; no platform is asked",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  fields,
  examples: ["sipnav auth list"],
  async run(context) {
    const { user } = await context.settings();
    return Promise.all(profileNames(user).map((name) => statusRow(context, name)));
  },
  view: (rows) => [{ kind: "table", fields, rows, idField: "profile" }],
});

const status = defineCommand({
  path: ["auth", "status"],
  summary: "Show the session in use: whose, where it is kept, when it ends; the platform is not asked",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  fields,
  examples: ["sipnav auth status --json"],
  run: async (context) => {
    await context.profile();
    return statusRow(context, undefined);
  },
  view: (row) => [{ kind: "record", fields, row, idField: "profile" }],
});

const tokenFields: readonly Field[] = [{ name: "token", label: "Token", kind: text, priority: 1 }];

const token = defineCommand({
  path: ["auth", "token"],
  summary: "Print the session's token, for another program; whoever sees it can act as you",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  fields: tokenFields,
  examples: ['curl -H "Authorization: Bearer $(sipnav auth token)" https://voice.example.com/api/accounts'],
  async run(context) {
    const access = await openAccess(context.seeker(await context.profile()));
    return { token: access.token };
  },
  view: (row) => [{ kind: "record", fields: tokenFields, row, idField: "token", bare: true }],
});

const resetPasswordCommand = defineCommand({
  path: ["auth", "reset-password"],
  summary: "Have a temporary password mailed; or, with the mail's link, set a new password",
  group: "session",
  effect: "write",
  session: false,
  parameters: {
    username: { kind: text, summary: "Who is sent a mail; else the profile's user" },
    link: { kind: text, summary: "The link in the mail, or its last part", excludes: ["username"] },
    temporaryStdin: {
      kind: present,
      summary: "Read the temporary and the new password from standard input, two lines",
    },
  },
  examples: [
    "sipnav auth reset-password --username ada",
    "sipnav auth reset-password --link https://voice.example.com/password/reset/eyJpdiI6Ik5…",
  ],
  async run(context, { username, link, temporaryStdin }) {
    const { ask } = context.face;
    const { signal } = context.host;
    const profile = await context.profile();
    if (link === undefined) {
      const user = username ?? profile.username ?? (await ask.text("Username", "--username"));
      await requestPassword(await context.connect(profile), user, signal);
      const text = `If there is a user ${user}, a mail with a temporary password and a link is on its way. Go on with: sipnav auth reset-password --link LINK`;
      return { text, row: { username: user, state: "mailed" } };
    }
    const line = await readLines(context, temporaryStdin === true);
    const answer = async (question: string) =>
      temporaryStdin ? line(question) : ask.secret(question, "--temporary-stdin");
    const temporary = await answer("Temporary password");
    const password = await answer("New password");
    if (!temporaryStdin && (await answer("New password again")) !== password) {
      throw new SipnavError("validation", "The two new passwords differ; nothing was sent.");
    }
    const given = { encryptedUser: userOfLink(link), temporary, password };
    await resetPassword(await context.connect(profile), given, signal);
    const text = `The new password is set. Log in with it: sipnav login --profile ${profile.name}`;
    return { text, row: { username: null, state: "set" } };
  },
  view: (said) => [{ kind: "note", ...said }],
});

/** `auth …` */
export const authCommands = [list, switchCommand(["auth", "switch"]), status, token, resetPasswordCommand];
