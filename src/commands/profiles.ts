import { type Kind, profileName, text } from "../domain/kinds.ts";
import type { Field, Row } from "../domain/noun.ts";
import {
  addProfile,
  chooseProfile,
  profileOf,
  profileSettings,
  refuseBuiltIn,
  removeProfile,
} from "../services/profiles.ts";
import { forgetSeen } from "../services/seen.ts";
import { closeSession } from "../services/session/close.ts";
import { find, profileNames, profileValues, readLayers } from "../services/settings/layers.ts";
import type { SettingValues } from "../services/settings/table.ts";
import type { Context } from "./context.ts";
import { type Command, defineCommand, type Parameter } from "./define.ts";

/** `platformId` is "Platform ID". */
const label = (name: string) =>
  (
    name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  ).replace(/\b(url|id|ca)\b/gi, (word) => word.toUpperCase());

const fields: readonly Field[] = [
  { name: "profile", label: "Profile", kind: text, priority: 1 },
  { name: "used", label: "Used", kind: text, priority: 1 },
  ...profileSettings.map(([name, { kind }], index) => ({
    name,
    label: label(name),
    kind: kind as Kind,
    priority: index + 2,
  })),
];

const nameParameter = {
  kind: profileName,
  summary: "The profile",
  positional: true,
  required: true,
} as const;

const list = defineCommand({
  path: ["profiles", "list"],
  summary: "List the profiles with their settings",
  group: "session",
  effect: "read",
  session: false,
  parameters: {},
  fields,
  examples: ["sipnav profiles list"],
  async run(context) {
    const { user, profile: used } = await context.settings();
    return profileNames(user).map((profile): Row => {
      const values = profileValues(user, profile) as Row;
      const known = profileSettings.map(([name]) => [name, values[name] ?? null]);
      return { profile, used: profile === used, ...Object.fromEntries(known) };
    });
  },
  view: (rows) => [{ kind: "table", fields, rows, idField: "profile" }],
});

/** Every setting that a profile can have, as a parameter. */
const settingParameters: Readonly<Record<string, Parameter>> = Object.fromEntries(
  profileSettings.map(([name, { kind, summary }]) => [name, { kind: kind as Kind, summary }]),
);

const add = defineCommand({
  path: ["profiles", "add"],
  summary: "Make a profile without logging in",
  group: "session",
  effect: "read",
  session: false,
  parameters: { name: nameParameter, ...settingParameters },
  examples: ["sipnav profiles add noc --base-url https://voice.example.com --read-only yes"],
  async run({ host }, { name, ...values }) {
    await addProfile(host, name, values as SettingValues);
    return { profile: name };
  },
  view: (row) => [
    {
      kind: "note",
      text: `Profile ${row.profile} is made. Log in: sipnav login --profile ${row.profile}`,
      row,
    },
  ],
});

/** Says what keeps a profile that was chosen from being used. */
export async function tellOverruled({ host, face }: Context, chosen: string): Promise<void> {
  const { profile, stack } = await readLayers(host, {});
  const source = find(stack, "profile")?.source;
  if (profile !== chosen) face.notice(`${source} goes before that here: it names profile ${profile}.`);
}

/** `profiles use`, which `auth switch` is another name for. */
export const switchCommand = (path: Command["path"]): Command =>
  defineCommand({
    path,
    summary: "Use another profile from now on",
    group: "session",
    effect: "read",
    session: false,
    parameters: { name: nameParameter },
    examples: [`sipnav ${path.join(" ")} lab`],
    async run(context, { name }) {
      await chooseProfile(context.host, name);
      context.face.noteProfile?.(name);
      await tellOverruled(context, name);
      return { profile: name };
    },
    view: (row) => [{ kind: "note", text: `Profile ${row.profile} is used from now on.`, row }],
  });

const remove = defineCommand({
  path: ["profiles", "remove"],
  summary: "End a profile's session and forget its settings",
  group: "session",
  effect: "read",
  session: false,
  parameters: { name: nameParameter },
  examples: ["sipnav profiles remove noc --yes"],
  async run(context, { name }) {
    const { host, face } = context;
    refuseBuiltIn(name);
    if (!face.options.yes) await face.ask.confirm(`Profiles remove ${name}?`, "--yes");
    const profile = profileOf(await readLayers(host, { profile: name }));
    const { unrevoked } = await closeSession(context.seeker(profile));
    await removeProfile(host, name);
    await forgetSeen(host.environment, profile);
    const used = (await readLayers(host, {})).profile;
    return { profile: name, unrevoked: unrevoked ?? null, used };
  },
  view: (row) => {
    const { profile, unrevoked, used } = row;
    const rest = unrevoked === null ? "" : ` The platform did not revoke its token: ${unrevoked}`;
    return [{ kind: "note", text: `Profile ${profile} is removed; profile ${used} is in use.${rest}`, row }];
  },
});

/** `profiles …` */
export const profileCommands = [list, add, switchCommand(["profiles", "use"]), remove];
