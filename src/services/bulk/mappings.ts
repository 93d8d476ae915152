import { join } from "node:path";
import { SipnavError } from "../../core/errors.ts";
import type { Noun } from "../../domain/noun.ts";
import { readPrivate, writePrivate } from "../../host/files.ts";
import type { Mapping } from "./columns.ts";

/** Whose mappings, and where they are kept. */
export interface MappingPlace {
  /** The state folder. */
  readonly state: string;
  readonly profile: string;
  readonly noun: Noun;
}

function fileOf({ state, profile, noun }: MappingPlace, name: string): string {
  if (/^[\w-]{1,64}$/.test(name)) {
    return join(state, "mappings", encodeURIComponent(profile), `${noun.plural}-${name}.json`);
  }
  throw new SipnavError("usage", `A mapping can't be called ${name}: letters, digits, - and _ are expected.`);
}

/** Keeps a mapping under a name, in the place of one that is there. @throws usage, config */
export const saveMapping = (place: MappingPlace, name: string, mapping: Mapping): Promise<void> =>
  writePrivate(fileOf(place, name), `${JSON.stringify(mapping, null, 2)}\n`);

/** @throws usage when there is none of that name, config when its file is damaged */
export async function loadMapping(place: MappingPlace, name: string): Promise<Mapping> {
  const path = fileOf(place, name);
  const text = await readPrivate(path, () => undefined);
  if (text === undefined) {
    throw new SipnavError(
      "usage",
      `Profile ${place.profile} has no mapping ${name} for ${place.noun.plural}.`,
      {
        hint: `Save one: sipnav ${place.noun.plural} import FILE --map field=Column --save-mapping ${name}`,
      },
    );
  }
  try {
    return JSON.parse(text) as Mapping;
  } catch (cause) {
    throw new SipnavError("config", `${path} is damaged: ${(cause as Error).message}`, { cause });
  }
}
