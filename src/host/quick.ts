import { fstatSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { isatty } from "node:tty";
import { findFolders } from "./folders.ts";
import { openSettings, projectOf } from "./settings.ts";

/** Standard output, for one answer. */
export interface QuickOutput {
  readonly columns: number;
  /** Answers whether it could be written; a reader that went away has what it wanted. */
  write(text: string): boolean;
}

/** This computer, as far as help and completion need it: no library is loaded, and no file read before it is asked for. */
export function quickHost(process: Pick<NodeJS.Process, "stdout" | "env" | "cwd">) {
  return {
    output: quickOutput(process),
    environment: process.env,
    settings: openSettings(findFolders(process.env)?.config),
    project: () => projectOf(process),
  };
}

/**
 * Standard output without its stream where it is no terminal: the stream takes longer to load than `--help` to answer.
 */
function quickOutput(process: Pick<NodeJS.Process, "stdout">): QuickOutput {
  const throughStream = (text: string | Uint8Array) => {
    process.stdout.write(text);
    return true;
  };
  if (isDevice(1) && isatty(1)) return { columns: process.stdout.columns, write: throughStream };
  return {
    columns: 80,
    write(text) {
      let rest = Buffer.from(text);
      try {
        while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
        return true;
      } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        // From a pipe that does not wait.
        return code === "EAGAIN" ? throughStream(rest) : code === "EPIPE";
      }
    },
  };
}

/** Whether it may be a terminal: to ask the terminal's own module loads streams and sockets. */
function isDevice(handle: number): boolean {
  const found = fstatSync(handle);
  return found.isCharacterDevice() && found.rdev !== statSync(devNull).rdev;
}
