import { SipnavError } from "../core/errors.ts";
import { nearest } from "../core/text.ts";
import type { Host } from "../host/host.ts";
import type { UserSettings } from "./settings/content.ts";
import { changeSettings, withProfile } from "./settings/edit.ts";
import { builtIn, effective, type Layers, profileValues } from "./settings/layers.ts";
import { type Effective, type SettingValues, settings } from "./settings/table.ts";

/** The platform that a command talks to: every setting's value in effect, under the profile's name. */
export interface Profile extends Effective {
  readonly name: string;
}

/**
 * Stands for the embedded platform, whose port is another one every time. It is never connected to: sessions
 * are bound to it.
 */
const sandboxOrigin = "http://sandbox.localhost";

/**
 * The profile that the layers come to.
 * @throws profile when nobody made it
 */
export function profileOf(layers: Layers): Profile {
  if (!layers.isKnown) throw unknownProfile(layers.user, layers.profile);
  return newProfileOf(layers);
}

/** The same for a profile that may be made only now. */
export function newProfileOf(layers: Layers): Profile {
  const values = effective(layers);
  const baseUrl = values.sandbox ? sandboxOrigin : values.baseUrl;
  return { ...values, baseUrl, name: layers.profile };
}

/** The names of all profiles, built-in ones included, in order. */
export function profileNames(user: UserSettings): readonly string[] {
  return [...new Set([...Object.keys(builtIn), ...Object.keys(user.profiles)])].sort();
}

/** Makes a profile. @throws conflict when there is one of that name */
export async function addProfile(
  host: Pick<Host, "settings">,
  name: string,
  values: SettingValues,
): Promise<void> {
  await changeSettings(host, (content) => {
    if (Object.hasOwn(content.profiles, name) || Object.hasOwn(builtIn, name)) {
      throw new SipnavError("conflict", `There is a profile ${name} already.`, {
        hint: `Change it: sipnav config set profiles.${name}.KEY VALUE`,
      });
    }
    return withProfile(content, name, values);
  });
}

/** Makes a profile the one that is used when none is named. @throws profile when there is none of that name */
export async function chooseProfile(host: Pick<Host, "settings">, name: string): Promise<void> {
  await changeSettings(host, (content) => {
    if (profileValues(content, name) === undefined) throw unknownProfile(content, name);
    return { ...content, profile: name };
  });
}

/** Forgets a profile's settings, of a built-in one what was changed; the one used by default is `default` again. @throws profile */
export async function removeProfile(host: Pick<Host, "settings">, name: string): Promise<void> {
  await changeSettings(host, (content) => {
    const { [name]: removed, ...profiles } = content.profiles;
    if (removed === undefined && !Object.hasOwn(builtIn, name)) throw unknownProfile(content, name);
    const { profile, ...others } = content;
    return { ...others, ...(profile !== undefined && profile !== name && { profile }), profiles };
  });
}

function unknownProfile(user: UserSettings, name: string): SipnavError {
  const near = nearest(name, profileNames(user));
  return new SipnavError("profile", `There is no profile ${name}.`, {
    hint:
      near === undefined
        ? `Make it: sipnav login --profile ${name} --base-url https://…`
        : `Did you mean ${near}? \`sipnav profiles list\` shows all.`,
  });
}

/** The settings that a profile can have, by name. */
export const profileSettings = Object.entries(settings).filter(([, { places }]) =>
  (places as readonly string[]).includes("profile"),
);
