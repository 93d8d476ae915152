import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder that is gone after the test; the one inside it that is answered does not exist yet. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "state");
}
