import { join } from "node:path";
import { limits } from "../core/limits.ts";
import { type Json, textOf } from "../domain/kinds.ts";
import type { Reference, Row } from "../domain/noun.ts";
import { readPrivate, removeFile, writePrivate } from "../host/files.ts";
import { type Environment, findFolders } from "../host/folders.ts";
import { nounCalls } from "./calls.ts";
import type { Profile } from "./profiles.ts";

/** An id, and what the thing is called where that is known. */
export type SeenThing = readonly [id: string, name: string];

/** What is kept of one profile: for each noun the things that were seen last, the latest first. */
interface SeenFile {
  /** The platform that they are of: ids of another one would mislead. */
  readonly baseUrl: string;
  readonly things: { readonly [noun in Reference]?: readonly SeenThing[] };
}

/** The nouns whose ids are kept, by their rows' id, with the field of the name. Calls are not among them. */
const kept = new Map<string, { readonly noun: Reference; readonly nameField: string }>([
  ...Object.values(nounCalls).map(
    ({ noun: { name, idField, nameField } }) => [idField, { noun: name, nameField }] as const,
  ),
  ["job", { noun: "job", nameField: "file" }],
]);

type SeenProfile = Pick<Profile, "name" | "baseUrl">;

/** Keeps the ids and names of rows for the completion of later lines. A file that already has them is left alone. */
export async function rememberSeen(
  environment: Environment,
  profile: SeenProfile,
  idField: string,
  rows: readonly Row[],
): Promise<void> {
  const path = pathOf(environment, profile);
  const { noun, nameField } = kept.get(idField) ?? {};
  if (path === undefined || noun === undefined || nameField === undefined) return;
  const file = await readFile(path, profile);
  const before = file.things[noun] ?? [];
  const names = new Map(before);
  const found = rows.slice(0, limits.seenIdsMax).flatMap((row): SeenThing[] => {
    const id = shorten(row[idField]);
    return id === "" ? [] : [[id, shorten(row[nameField]) || (names.get(id) ?? "")]];
  });
  if (found.every(([id, name]) => names.get(id) === name)) return;
  // In a map a later pair replaces the value of an earlier one, and stays where that was.
  const things = [...new Map([...found, ...before, ...found])].slice(0, limits.seenIdsMax);
  const content: SeenFile = { ...file, things: { ...file.things, [noun]: things } };
  await writePrivate(path, `${JSON.stringify(content)}\n`);
}

/** What was seen of a noun on a profile's platform. A file that cannot be read is as good as none. */
export async function readSeen(
  environment: Environment,
  profile: SeenProfile,
  noun: Reference,
): Promise<readonly SeenThing[]> {
  const path = pathOf(environment, profile);
  return path === undefined ? [] : ((await readFile(path, profile)).things[noun] ?? []);
}

/** Forgets what was seen under a profile. */
export async function forgetSeen(environment: Environment, profile: Pick<Profile, "name">): Promise<void> {
  const path = pathOf(environment, profile);
  if (path !== undefined) await removeFile(path);
}

const pathOf = (environment: Environment, { name }: Pick<Profile, "name">) => {
  const folders = findFolders(environment);
  return folders && join(folders.state, "seen", `${name}.json`);
};

async function readFile(path: string, { baseUrl }: SeenProfile): Promise<SeenFile> {
  const none: SeenFile = { baseUrl, things: {} };
  const text = await readPrivate(path, () => undefined).catch(() => undefined);
  if (text === undefined) return none;
  try {
    const content = JSON.parse(text) as SeenFile;
    return content.baseUrl === baseUrl ? content : none;
  } catch {
    return none;
  }
}

const shorten = (value: Json | undefined) => textOf(value).slice(0, limits.seenNameCharsMax);
