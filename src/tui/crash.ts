import { join } from "node:path";
import { asSipnavError } from "../core/errors.ts";
import { visible } from "../core/text.ts";
import { writePrivate } from "../host/files.ts";
import type { Host } from "../host/host.ts";
import type { OwnProcess } from "./options.ts";

/**
 * The last words after an error that nobody caught: a sentence on the restored terminal, the rest in a file.
 * Ends the process.
 */
export async function reportCrash(host: Host, process: OwnProcess, thrown: unknown): Promise<void> {
  const error = asSipnavError(thrown);
  const where = await writeStack(host, error.cause instanceof Error ? error.cause : error).catch(
    () => undefined,
  );
  const place = where === undefined ? "" : `\nWhere it comes from: ${where}`;
  process.stderr.write(`sipnav: ${visible(error.message)}${place}\n`);
  process.exit(error.exitCode);
}

async function writeStack(host: Host, error: Error): Promise<string> {
  const path = join(host.folders.state, "crash.log");
  const time = new Date(host.clock.nowMs()).toISOString();
  await writePrivate(path, `${time} sipnav ${host.version}\n${error.stack ?? error.message}\n`);
  return path;
}
