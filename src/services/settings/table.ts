import { formats } from "../../domain/formats.ts";
import { choice, flag, id, type Kind, profileName, text } from "../../domain/kinds.ts";
import { storeNames } from "../../host/secrets.ts";
import { argv, baseUrl, endpoints, zoneName } from "./kinds.ts";

/** Where a setting may stand: the project's `.sipnav.json`, the user's settings, or one of their profiles. */
export type Place = "project" | "user" | "profile";

export interface Setting<T = unknown> {
  readonly kind: Kind<T>;
  readonly summary: string;
  readonly places: readonly Place[];
  readonly default?: T;
  /** The variable that sets it. */
  readonly environment?: string;
}

/** Every setting there is. Reading, checking, `config`, `profiles add` and the documentation all follow this list. */
export const settings = {
  profile: {
    kind: profileName,
    summary: "The profile that is used when none is named",
    places: ["project", "user"],
    default: "default",
    environment: "SIPNAV_PROFILE",
  },
  output: {
    kind: choice(...formats),
    summary: "The form of results; without it a table on a terminal and tsv elsewhere",
    places: ["project", "user"],
    environment: "SIPNAV_OUTPUT",
  },
  store: {
    kind: choice(...storeNames),
    summary: "Where sessions are kept",
    places: ["user", "profile"],
    environment: "SIPNAV_STORE",
  },
  baseUrl: {
    kind: baseUrl,
    summary: "The platform's address",
    places: ["profile"],
    default: "https://api.bluedragonnetwork.com",
    environment: "SIPNAV_BASE_URL",
  },
  username: { kind: text, summary: "Who logs in", places: ["profile"] },
  platformId: {
    kind: id,
    summary: "The platform of a user who has several",
    places: ["profile"],
    environment: "SIPNAV_PLATFORM_ID",
  },
  zone: {
    kind: zoneName,
    summary: "The zone of the platform's zone-less times",
    places: ["profile"],
    default: "UTC",
    environment: "SIPNAV_ZONE",
  },
  protected: {
    kind: flag,
    summary: "Whether a write asks for the profile's name",
    places: ["profile"],
    default: false,
  },
  readOnly: { kind: flag, summary: "Whether every write is refused", places: ["profile"], default: false },
  remember: {
    kind: flag,
    summary: "Whether the password is kept beside the session, so that it renews itself",
    places: ["profile"],
    default: false,
  },
  credentialCommand: {
    kind: argv,
    summary: "A command that prints {username, password} or {token} as JSON",
    places: ["profile"],
  },
  caFile: {
    kind: text,
    summary: "A PEM file of certificates to trust besides the built-in ones",
    places: ["profile"],
    environment: "SIPNAV_CA_FILE",
  },
  endpoints: { kind: endpoints, summary: "Paths in place of the known ones, by call", places: ["profile"] },
  sandbox: {
    kind: flag,
    summary: "Whether the platform is the embedded one",
    places: ["profile"],
    default: false,
  },
} as const satisfies Record<string, Setting>;

type Table = typeof settings;
export type SettingName = keyof Table;
export type ValueOf<K extends SettingName> = Table[K]["kind"] extends Kind<infer T> ? T : never;

/** Values for some of the settings. */
export type SettingValues = { readonly [K in SettingName]?: ValueOf<K> };

/** The values in effect: those with a default are always there. */
export type Effective = {
  readonly [K in SettingName]: Table[K] extends { default: unknown } ? ValueOf<K> : ValueOf<K> | undefined;
};

export const settingNames = Object.keys(settings) as SettingName[];

/** The setting of a name; undefined when there is none. */
export function settingOf(name: string): Setting | undefined {
  return Object.hasOwn(settings, name) ? settings[name as SettingName] : undefined;
}
