import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { limits } from "../../src/core/limits.ts";
import { type SandboxOptions, startSandbox } from "../../src/sandbox/server.ts";
import { steadyNow } from "../clock.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openStage, type StageOptions } from "./stage.ts";

/** The whole menu on a stage, and a running platform that it is logged in to. */
export async function openPlatformStage(
  given: { readonly stage?: StageOptions; readonly sandbox?: SandboxOptions } = {},
) {
  const sandbox = await startSandbox({
    accounts: 60,
    carriers: 12,
    companies: 8,
    cdrs: 1_000,
    now: steadyNow,
    ...given.sandbox,
  });
  onTestFinished(() => sandbox.close());
  const home = temporaryFolder();
  const environment = { SIPNAV_BASE_URL: sandbox.url, SIPNAV_TOKEN: sandbox.token };
  let aheadMs = 0;
  // Waits for the platform take real time; more of it passes when a test says so.
  const time = {
    get nowMs() {
      return steadyNow() + aheadMs;
    },
  };
  const stage = openStage({ home, registry, environment, time, ...given.stage });
  await stage.ready();
  const pass = (durationMs: number) => {
    aheadMs += durationMs;
  };
  return {
    ...stage,
    sandbox,
    home,
    pass,
    /** Chooses entries of menus by their names, one after the other. */
    async choose(...labels: string[]) {
      for (const label of labels) {
        const entry = new RegExp(`^[> ] (\\S)  ${label}(?:  |$)`, "m").exec(stage.text());
        if (!entry?.[1]) throw new Error(`There is no entry ${label} in:\n${stage.text()}`);
        await stage.press(entry[1]);
      }
    },
    /** Text as a terminal pastes it. */
    paste: (text: string) => stage.press(`\u001b[200~${text}\u001b[201~`),
    /** Waits for a text, a question's too, and lets the time pass in which a question is deaf. */
    async asked(text: string) {
      await stage.appears(text);
      pass(limits.dialogDeafMs);
    },
    writeSheet(name: string, rows: readonly string[]) {
      const path = join(home, name);
      writeFileSync(path, `${rows.join("\n")}\n`);
      return path;
    },
    /** What the platform itself has. */
    async table(name: string) {
      const answer = await fetch(`${sandbox.url}/__sandbox/tables/${name}`);
      return (await answer.json()) as Record<string, unknown>[];
    },
  };
}

export type PlatformStage = Awaited<ReturnType<typeof openPlatformStage>>;
