import { SipnavError } from "../../core/errors.ts";
import { nearest } from "../../core/text.ts";
import type { Environment } from "../../host/folders.ts";
import type { Host } from "../../host/host.ts";
import { readProjectSettings, readUserSettings, type UserSettings } from "./content.ts";
import {
  type Effective,
  type SettingName,
  type SettingValues,
  settingNames,
  settingOf,
  settings,
} from "./table.ts";

/** Values with the place they come from, in words. */
export interface Layer {
  readonly source: string;
  readonly values: SettingValues;
}

/** All settings that bear on one command. */
export interface Layers {
  /** The profile that is used. */
  readonly profile: string;
  /** Whether somebody made that profile, or it is built in. */
  readonly isKnown: boolean;
  /** The first one that has a value wins. */
  readonly stack: readonly Layer[];
  readonly user: UserSettings;
}

/** What flags of the command line say, by the setting they stand for. */
export type SettingFlags = Readonly<Partial<Record<SettingName, string | undefined>>>;

/** Profiles that nobody has to make. */
export const builtIn: Readonly<Record<string, SettingValues>> = { default: {}, sandbox: { sandbox: true } };

/** A profile's own values; undefined when there is no such profile. */
export function profileValues({ profiles }: UserSettings, name: string): SettingValues | undefined {
  const made = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  const given = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  return made || given ? { ...given, ...made } : undefined;
}

/** The names of all profiles, built-in ones included, in order. */
export function profileNames(user: UserSettings): readonly string[] {
  return [...new Set([...Object.keys(builtIn), ...Object.keys(user.profiles)])].sort();
}

/** Says that there is no profile of a name; `source` is where it was named, if it was no flag. */
export function unknownProfile(user: UserSettings, name: string, source?: string): SipnavError {
  const near = nearest(name, profileNames(user));
  const from = source === undefined ? "" : `, which ${source} names`;
  return new SipnavError("profile", `There is no profile ${name}${from}.`, {
    hint:
      near === undefined
        ? `Make it: sipnav login --profile ${name} --base-url https://…`
        : `Did you mean ${near}? \`sipnav profiles list\` shows all.`,
  });
}

/**
 * Reads every layer: flag > environment > project > profile > user > default.
 * @throws config for a wrong file or variable, validation for a wrong flag
 */
export async function readLayers(
  host: Pick<Host, "environment" | "settings" | "project">,
  flags: SettingFlags,
): Promise<Layers> {
  const [text, project] = await Promise.all([host.settings.read(), host.project()]);
  const user = readUserSettings(text, text === undefined ? "" : host.settings.path);
  const above: Layer[] = [...flagLayers(flags), ...environmentLayers(host.environment)];
  if (project !== undefined) {
    above.push({ source: project.path, values: readProjectSettings(project.text, project.path) });
  }
  const { version: _, profiles: __, ...own } = user;
  const below = [
    { source: "user settings", values: own },
    { source: "default", values: defaults() },
  ];
  const profile = find([...above, ...below], "profile")?.value ?? "";
  const values = profileValues(user, profile);
  const middle = { source: `profile ${profile}`, values: values ?? {} };
  return { profile, isKnown: values !== undefined, stack: [...above, middle, ...below], user };
}

/** The value of a setting that wins, and where it comes from. */
export function find<K extends SettingName>(
  stack: readonly Layer[],
  name: K,
): { value: NonNullable<SettingValues[K]>; source: string } | undefined {
  for (const { source, values } of stack) {
    const value = values[name];
    if (value !== undefined && value !== null) return { value, source };
  }
  return undefined;
}

/** Every setting's value in effect. */
export function effective({ stack }: Layers): Effective {
  return Object.fromEntries(settingNames.map((name) => [name, find(stack, name)?.value])) as Effective;
}

function flagLayers(flags: SettingFlags): Layer[] {
  return settingNames.flatMap((name) => layerOf(name, flags[name], `--${name}`, "validation"));
}

function environmentLayers(environment: Environment): Layer[] {
  return settingNames.flatMap((name) => {
    const variable = settingOf(name)?.environment;
    return variable === undefined ? [] : layerOf(name, environment[variable], variable, "config");
  });
}

/** A layer of one value; an empty text stands for none, as an unset variable. */
function layerOf(
  name: SettingName,
  text: string | undefined,
  source: string,
  kind: "validation" | "config",
): Layer[] {
  if (!text) return [];
  const parsed = settings[name].kind.parse(text);
  if ("value" in parsed) return [{ source, values: { [name]: parsed.value } }];
  throw new SipnavError(kind, `${source}: ${parsed.problem}.`, {
    details: [{ field: source, message: parsed.problem }],
  });
}

function defaults(): SettingValues {
  return Object.fromEntries(settingNames.map((name) => [name, settingOf(name)?.default]));
}
