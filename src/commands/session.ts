import { present, text } from "../domain/kinds.ts";
import { logIn, originOf, saveSession } from "../services/session.ts";
import { checkBaseUrl } from "./context.ts";
import { defineCommand } from "./define.ts";

/** `login` */
export const sessionCommands = [
  defineCommand({
    path: ["login"],
    summary: "Log in to a platform",
    group: "session",
    effect: "write",
    session: false,
    parameters: {
      username: { kind: text, summary: "Who logs in" },
      passwordStdin: { kind: present, summary: "Read the password from standard input" },
      otpStdin: { kind: present, summary: "Read the one-time code from the second line of standard input" },
      baseUrl: { kind: text, summary: "The platform's address, kept in the profile" },
      platformId: { kind: text, summary: "The platform of a multi-platform user, kept in the profile" },
    },
    examples: ["sipnav login --username ada", "pass show sip | sipnav login --username ada --password-stdin"],
    async run(context, values) {
      const { host, face } = context;
      const current = await context.profile();
      const platformId = values.platformId ?? current.platformId;
      const profile = {
        ...current,
        baseUrl: values.baseUrl === undefined ? current.baseUrl : checkBaseUrl(values.baseUrl),
        ...(platformId === undefined ? {} : { platformId }),
      };
      const lines = values.passwordStdin ? (await host.terminal.input.readAll()).split(/\r?\n/) : [];
      const { environment } = host;
      const credentials = {
        username:
          values.username ??
          environment.SIPNAV_USERNAME ??
          current.username ??
          (await face.ask.text("Username", "--username")),
        password:
          lines[0] ?? environment.SIPNAV_PASSWORD ?? (await face.ask.secret("Password", "--password-stdin")),
        ...(platformId === undefined ? {} : { platformId }),
      };
      const client = await context.connect(profile);
      const { token, username } = await logIn(client, credentials, async () =>
        values.otpStdin && lines[1] ? lines[1] : face.ask.secret("One-time code", "--otp-stdin"),
      );
      const origin = originOf(profile.baseUrl);
      await saveSession(host.secrets, profile.name, { token, origin, username });
      const { name, ...settings } = { ...profile, username: credentials.username };
      await host.settings.saveProfile(name, settings);
      return { profile: name, username, platform: profile.baseUrl, store: host.secrets.name };
    },
    view: ({ profile, username, platform, store }) => [
      {
        kind: "note",
        text: `Logged in to ${platform} as ${username}; profile ${profile}, session kept in the ${store} store.`,
      },
    ],
  }),
];
