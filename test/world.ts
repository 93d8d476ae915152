import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runCli } from "../src/cli/run.ts";
import type { Clock } from "../src/core/clock.ts";
import { type Environment, findFolders, noFolders } from "../src/host/folders.ts";
import type { Host } from "../src/host/host.ts";
import { fileSecrets } from "../src/host/secretfile.ts";
import { memorySecrets } from "../src/host/secrets.ts";
import { findProject, openSettings } from "../src/host/settings.ts";
import type { Input, Output } from "../src/host/terminal.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../src/sandbox/server.ts";
import { steadyNow } from "./clock.ts";

/** What a world can be given. */
export interface WorldOptions {
  readonly sandbox?: SandboxOptions;
  readonly environment?: Readonly<Record<string, string>>;
  /** Makes the streams a terminal of so many columns. */
  readonly columns?: number;
  /** What a person types, line by line. */
  readonly typed?: readonly string[];
  /** What the clock says; a steady one unless told. */
  readonly now?: () => number;
}

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A whole world: a platform, a person's computer, and a clock that both read and that moves when it is told. */
export interface World {
  readonly sandbox: Sandbox;
  readonly host: Host;
  readonly home: string;
  /** Runs `sipnav` with these words. */
  run(...words: string[]): Promise<Ended>;
  /** Runs it, and hands back its JSON; fails when it fails. */
  json<T = unknown>(...words: string[]): Promise<T>;
  /** What standard input holds from now on. */
  feed(text: string): void;
  /** Lets time pass. */
  pass(durationMs: number): void;
}

/** Opens a world that is logged in to its platform, and closes it with the test. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { now = steadyNow } = options;
  let offsetMs = 0;
  const nowMs = () => now() + offsetMs;
  const clock: Clock = {
    nowMs,
    // Whoever waits finds the time gone by.
    async sleep(durationMs) {
      offsetMs += durationMs;
    },
  };
  const sandbox = await startSandbox({
    accounts: 60,
    carriers: 12,
    companies: 8,
    cdrs: 20_000,
    now: nowMs,
    ...options.sandbox,
  });
  const home = mkdtempSync(join(tmpdir(), "sipnav-world-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  });
  const environment: Environment = { HOME: home, ...options.environment };
  const written = { out: "", err: "", stdin: "" };
  const host = hostOf(environment, options, written, clock);
  const run = async (...words: string[]): Promise<Ended> => {
    written.out = "";
    written.err = "";
    const code = await runCli(words, host, {
      menu: async () => 0,
      streams: process,
      hangUp: () => undefined,
      takeInterrupts: () => () => undefined,
    });
    return { code, out: written.out, err: written.err };
  };
  const world: World = {
    sandbox,
    host,
    home,
    run,
    feed: (text) => {
      written.stdin = text;
    },
    pass: (durationMs) => {
      offsetMs += durationMs;
    },
    async json<T>(...words: string[]) {
      const { code, out, err } = await run(...words, "--json");
      if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${err}`);
      return JSON.parse(out) as T;
    },
  };
  await logIn(world);
  return world;
}

async function logIn({ sandbox, feed, run }: World): Promise<void> {
  feed(`${sandbox.password}\n`);
  const words = ["login", "--username", sandbox.username, "--password-stdin", "--base-url", sandbox.url];
  const { code, err } = await run(...words, "--store", "keychain");
  if (code !== 0) throw new Error(`The login ended with ${code}: ${err}`);
  feed("");
}

function hostOf(
  environment: Environment,
  { columns, typed = [] }: WorldOptions,
  written: { out: string; err: string; stdin: string },
  clock: Clock,
): Host {
  const folders = findFolders(environment);
  const waiting = [...typed];
  const output = (name: "out" | "err"): Output => ({
    isTerminal: columns !== undefined,
    columns: columns ?? 80,
    gone: new AbortController().signal,
    async write(text) {
      written[name] += text;
    },
  });
  const input: Input = {
    isTerminal: columns !== undefined,
    readAll: async () => written.stdin,
    readLine: async () => waiting.shift(),
  };
  const stores = {
    keychain: { ...memorySecrets(), name: "keychain" as const },
    file: fileSecrets({
      folder: () => folders?.config ?? "",
      passphrase: environment.SIPNAV_PASSPHRASE,
      notice: (text) => {
        written.err += text;
      },
    }),
    memory: memorySecrets(),
  };
  return {
    version: "0.0.0",
    environment,
    clock,
    terminal: { input, output: output("out"), errors: output("err") },
    get folders() {
      if (folders === undefined) throw noFolders();
      return folders;
    },
    settings: openSettings(folders?.config),
    project: () => findProject("/"),
    secrets: (name) => stores[name],
    signal: new AbortController().signal,
  };
}
