import { SipnavError } from "../../core/errors.ts";
import type { Json } from "../../domain/kinds.ts";
import type { Host } from "../../host/host.ts";
import { checkUserSettings, readUserSettings, type UserSettings, unknownSetting } from "./content.ts";
import { find, type Layers, profileValues, unknownProfile } from "./layers.ts";
import { type SettingValues, settingOf } from "./table.ts";

type SettingsHost = Pick<Host, "settings">;
type Tree = { [name: string]: unknown };

/**
 * Changes the user's settings; another process that does so too waits.
 * @throws config for a broken file or one that cannot be written, validation for a wrong value, locked
 */
export async function changeSettings(
  { settings }: SettingsHost,
  change: (content: UserSettings) => UserSettings,
): Promise<void> {
  await settings.update((text) => change(readUserSettings(text, settings.path)));
}

/** The settings with one profile's values replaced; values that are undefined are left out. */
export function withProfile(
  content: UserSettings,
  name: string,
  values: { readonly [K in keyof SettingValues]: SettingValues[K] | undefined },
): UserSettings {
  const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { ...content, profiles: { ...content.profiles, [name]: kept } };
}

/**
 * The settings with one value set, or taken out when `text` is undefined. A key is a setting's name, which for a
 * profile's setting means that of `profile`; or the whole way, as `profiles.lab.zone`.
 * @throws validation, profile for one that nobody made
 */
export function withSetting(
  content: UserSettings,
  key: string,
  text: string | undefined,
  profile: string,
): UserSettings {
  const path = pathOf(key, profile);
  const named = path[0] === "profiles" ? path[1] : key === "profile" ? text : undefined;
  const tree = assign(content, path, text);
  const { content: changed, problems } = checkUserSettings(tree);
  const details = problems.map((problem) => ({ field: problem.path.join("."), message: problem.message }));
  if (details.length > 0) {
    throw new SipnavError("validation", `${details[0]?.field}: ${details[0]?.message}.`, { details });
  }
  if (named !== undefined && profileValues(content, named) === undefined)
    throw unknownProfile(content, named);
  return changed;
}

/**
 * The value of a key: that in effect for a setting's name, that of the file for the whole way to it.
 * @throws validation when there is no such setting, profile when there is no such profile
 */
export function readSetting(layers: Layers, key: string): Json {
  const [first = "", ...rest] = key.split(".");
  const [profile, ...inner] = first === "profiles" ? rest : [];
  const setting = profile === undefined ? first : inner[0];
  if (setting !== undefined && settingOf(setting) === undefined) {
    throw new SipnavError("validation", `${key}: ${unknownSetting(setting)}.`);
  }
  if (profile === undefined) return dig(find(layers.stack, first as keyof SettingValues)?.value, rest);
  const values = profileValues(layers.user, profile);
  if (values === undefined) throw unknownProfile(layers.user, profile);
  return dig(values, inner);
}

/** Where a key's value stands in the file. */
function pathOf(key: string, profile: string): string[] {
  const path = key.split(".");
  const isWhole = path[0] === "profiles";
  const name = path[isWhole ? 2 : 0] ?? "";
  const setting = settingOf(name);
  if (setting === undefined) throw new SipnavError("validation", `${key}: ${unknownSetting(name)}.`);
  return isWhole || setting.places.includes("user") ? path : ["profiles", profile, ...path];
}

/** The node with the value at a path set, or taken out; what is missing on the way is made. */
function assign(node: unknown, path: readonly string[], text: string | undefined): object {
  const [name = "", ...rest] = path;
  if (typeof node !== "object" || node === null || Array.isArray(node)) {
    throw new SipnavError("validation", `There is nothing below it that could be called ${path.join(".")}.`);
  }
  const members = new Map<string, unknown>(Object.entries(node));
  if (rest.length > 0) members.set(name, assign(members.get(name) ?? {}, rest, text));
  else if (text === undefined) members.delete(name);
  else members.set(name, text);
  return Object.fromEntries(members);
}

function dig(value: unknown, path: readonly string[]): Json {
  let node: unknown = value;
  for (const name of path) {
    node =
      typeof node === "object" && node !== null && Object.hasOwn(node, name)
        ? (node as Tree)[name]
        : undefined;
  }
  return (node ?? null) as Json;
}
