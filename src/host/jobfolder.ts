import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../core/filefaults.ts";
import { makePrivateFolder, ownFileError } from "./files.ts";

/**
 * Makes a folder for a job in the folder of all jobs.
 * @returns its name, `20260131-130502123-3fa9`: names sort as the jobs were made
 * @throws config
 */
export async function makeJobFolder(parent: string, nowMs: number): Promise<string> {
  const name = `${stampOf(nowMs)}-${randomBytes(2).toString("hex")}`;
  await makePrivateFolder(join(parent, name));
  return name;
}

/** `20260131-130502123` */
const stampOf = (timeMs: number): string =>
  new Date(timeMs)
    .toISOString()
    .replaceAll(/[^\dT]/g, "")
    .replace("T", "-");

/** The names of the jobs' folders that were made before a moment. @throws config */
export const listNamesBefore = async (folder: string, timeMs: number): Promise<string[]> =>
  (await listNames(folder)).filter((name) => name < stampOf(timeMs));

/** The names in a folder, in order; none when there is no such folder. @throws config */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw ownFileError("read the folder", folder, cause);
  }
}

/** Removes a folder with everything in it. @throws config */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw ownFileError("remove", path, cause);
  }
}
