import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "./cli/run.ts";
import { asSipnavError, SipnavError } from "./core/errors.ts";
import { systemClock } from "./host/clock.ts";
import { findFolders } from "./host/folders.ts";
import type { Host } from "./host/host.ts";
import { fileSecrets } from "./host/secrets.ts";
import { openSettings } from "./host/settings.ts";
import { systemTerminal } from "./host/terminal.ts";

/** The program: runs this process's command line and ends the process with its exit code. */
export async function main(): Promise<void> {
  try {
    process.exit(await runCli(process.argv.slice(2), systemHost()));
  } catch (thrown) {
    const error = asSipnavError(thrown);
    process.stderr.write(`sipnav: ${error.message}\n`);
    process.exit(error.exitCode);
  }
}

function systemHost(): Host {
  const environment = process.env;
  const ending = new AbortController();
  process.once("SIGINT", () => ending.abort(new SipnavError("interrupted", "Interrupted.")));
  process.once("SIGTERM", () => ending.abort(new SipnavError("terminated", "Terminated.")));
  const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const folders = findFolders(environment);
  return {
    version,
    environment,
    clock: systemClock,
    terminal: systemTerminal(process),
    folders,
    settings: openSettings(folders.config),
    secrets: fileSecrets(folders.config),
    signal: ending.signal,
  };
}
