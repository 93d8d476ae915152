import { closeSync, constants, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { asSipnavError } from "../core/errors.ts";
import { visible } from "../core/text.ts";
import { makeFolders } from "../host/files.ts";
import type { Host } from "../host/host.ts";
import type { OwnProcess } from "./options.ts";

/**
 * The last words after an error that nobody caught: a sentence on the restored terminal, the rest in a file.
 * Ends the process, before anything else can happen in it.
 */
export function reportCrash(host: Host, process: OwnProcess, thrown: unknown): never {
  const error = asSipnavError(thrown);
  const path = writeStack(host, error.cause instanceof Error ? error.cause : error);
  const place = path === undefined ? "" : `\nWhere it comes from: ${path}`;
  process.stderr.write(`sipnav: ${visible(error.message)}${place}\n`);
  process.exit(error.exitCode);
}

/** The path of the file that says where an error comes from; undefined when there is no place for it. */
function writeStack(host: Host, error: Error): string | undefined {
  const time = new Date(host.clock.nowMs()).toISOString();
  try {
    const folder = host.folders.state;
    const path = join(folder, "crash.log");
    makeFolders(folder);
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    const descriptor = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
    writeSync(descriptor, `${time} sipnav ${host.version}\n${error.stack ?? error.message}\n`);
    closeSync(descriptor);
    return path;
  } catch {
    // the sentence on the terminal has to do
    return undefined;
  }
}
