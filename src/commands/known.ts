import type { Reference } from "../domain/noun.ts";
import type { Host } from "../host/host.ts";
import { newProfileOf } from "../services/profiles.ts";
import { readSeen, rememberSeen, type SeenThing } from "../services/seen.ts";
import { profileNames, readLayers } from "../services/settings/layers.ts";
import type { Block } from "../view/blocks.ts";
import type { Context } from "./context.ts";

/** What completion needs of a host: it starts at every Tab. */
export type KnownHost = Pick<Host, "environment" | "settings" | "project">;

/** Keeps the ids and names of a result for the completion of later lines; that it cannot is no failure. */
export async function remember({ host, profile }: Context, blocks: readonly Block[]): Promise<void> {
  for (const block of blocks) {
    if ((block.kind !== "table" && block.kind !== "record") || block.idField === undefined) continue;
    const rows = block.kind === "table" ? block.rows : [block.row];
    await profile()
      .then((used) => rememberSeen(host.environment, used, block.idField ?? "", rows))
      .catch(() => undefined);
  }
}

/** The names of the profiles; none where the settings cannot be read. */
export async function knownProfiles(host: KnownHost): Promise<readonly string[]> {
  return readLayers(host, {}).then(
    ({ user }) => profileNames(user),
    () => [],
  );
}

/** Ids and names of a noun's things that were seen lately under a profile, or under the one in use. */
export async function knownThings(
  host: KnownHost,
  noun: Reference,
  profile: string | undefined,
): Promise<readonly SeenThing[]> {
  return readLayers(host, { profile })
    .then((layers) => readSeen(host.environment, newProfileOf(layers), noun))
    .catch(() => []);
}
