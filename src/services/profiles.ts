import { SipnavError } from "../core/errors.ts";
import type { Host } from "../host/host.ts";
import { changeSettings, withProfile } from "./settings/edit.ts";
import { builtIn, effective, find, type Layers, profileValues, unknownProfile } from "./settings/layers.ts";
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
  const { isKnown, user, profile, stack } = layers;
  const source = find(stack, "profile")?.source;
  if (!isKnown) throw unknownProfile(user, profile, source === "--profile" ? undefined : source);
  return newProfileOf(layers);
}

/** The same for a profile that may be made only now. */
export function newProfileOf(layers: Layers): Profile {
  const values = effective(layers);
  const baseUrl = values.sandbox ? sandboxOrigin : values.baseUrl;
  return { ...values, baseUrl, name: layers.profile };
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

/** @throws usage for a profile that nobody made: it would be there again at once */
export function refuseBuiltIn(name: string): void {
  if (!Object.hasOwn(builtIn, name)) return;
  throw new SipnavError("usage", `Profile ${name} is built in: it cannot be removed.`, {
    hint: `End its session: sipnav logout --profile ${name}. Take out a setting: sipnav config set KEY --unset --profile ${name}`,
  });
}

/** Forgets a profile's settings; if it was the one used by default, that is `default` again. @throws profile */
export async function removeProfile(host: Pick<Host, "settings">, name: string): Promise<void> {
  await changeSettings(host, (content) => {
    const { [name]: removed, ...profiles } = content.profiles;
    if (removed === undefined) throw unknownProfile(content, name);
    const { profile, ...others } = content;
    return { ...others, ...(profile !== undefined && profile !== name && { profile }), profiles };
  });
}

/** The settings that a profile can have, by name. */
export const profileSettings = Object.entries(settings).filter(([, { places }]) =>
  (places as readonly string[]).includes("profile"),
);
