import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Faces } from "./cli/faces.ts";
import { failureText } from "./cli/failures.ts";
import { runCli } from "./cli/run.ts";
import { registry } from "./commands/registry.ts";
import { asSipnavError } from "./core/errors.ts";
import { listenForEnd } from "./host/signals.ts";
import { systemHost } from "./host/system.ts";

/** The program: runs this process's command line and ends the process with its exit code. */
export async function main(): Promise<void> {
  process.on("uncaughtException", endWith);
  // Of a library's old ways, which no operator can mend: exceljs's unzipper still makes buffers the old way.
  process.noDeprecation = true;
  const { signal, leave, hangUp, takeInterrupts } = listenForEnd(process);
  const faces: Faces = {
    async menu(from) {
      const { startMenu } = await import("./tui/start.ts");
      return startMenu(from, { process, registry, face: {}, takeInterrupts });
    },
    streams: process,
    hangUp,
    takeInterrupts,
  };
  const host = systemHost(process, readVersion(), signal);
  leave(await runCli(process.argv.slice(2), host, faces));
}

/** Tells what nobody caught, a defect of this program, and ends with its code. */
function endWith(thrown: unknown): never {
  const error = asSipnavError(thrown);
  process.stderr.write(failureText(error, { json: false, debug: process.argv.includes("--debug") }));
  process.exit(error.exitCode);
}

function readVersion(): string {
  const manifest = readFileSync(join(__dirname, "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
