import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createContext } from "../../src/commands/context.ts";
import type { Command } from "../../src/commands/define.ts";
import { execute, type RawValues } from "../../src/commands/execute.ts";
import type { Ask, FaceOptions } from "../../src/commands/face.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { systemClock } from "../../src/host/clock.ts";
import { type Environment, findFolders, noFolders } from "../../src/host/folders.ts";
import type { Host } from "../../src/host/host.ts";
import { fileSecrets } from "../../src/host/secretfile.ts";
import { memorySecrets, type SecretStore } from "../../src/host/secrets.ts";
import { findProject, openSettings } from "../../src/host/settings.ts";
import type { Output } from "../../src/host/terminal.ts";

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface DeskOptions {
  readonly home?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly keychain?: SecretStore;
  /** What the clock says; it can be moved by changing it. */
  readonly time?: { nowMs: number };
  /** Standard input. */
  readonly stdin?: string;
  /** What a person answers, one by one; without answers nobody can be asked. */
  readonly answers?: readonly string[];
  readonly project?: string;
}

/** A computer of a person who works with sipnav: real files, a clock that can be moved, prepared answers. */
export function openDesk(options: DeskOptions = {}) {
  const home = "home" in options ? options.home : temporaryFolder();
  const environment: Environment = { ...(home !== undefined && { HOME: home }), ...options.environment };
  const folders = findFolders(environment);
  const need = () => {
    if (folders === undefined) throw noFolders();
    return folders;
  };
  const notices: string[] = [];
  const notice = (text: string) => void notices.push(text);
  const silent: Output = {
    isTerminal: false,
    columns: 80,
    gone: new AbortController().signal,
    write: async () => undefined,
  };
  const stores = {
    keychain: options.keychain ?? { ...memorySecrets(), name: "keychain" as const },
    file: fileSecrets({ folder: () => need().config, passphrase: environment.SIPNAV_PASSPHRASE, notice }),
    memory: memorySecrets(),
  };
  const host: Host = {
    version: "0.0.0",
    environment,
    clock: { ...systemClock, nowMs: () => options.time?.nowMs ?? Date.now() },
    terminal: {
      input: {
        isTerminal: false,
        readAll: async () => options.stdin ?? "",
        readLine: async () => undefined,
      },
      output: silent,
      errors: silent,
    },
    get folders() {
      return need();
    },
    settings: openSettings(folders?.config),
    project: () => findProject(options.project ?? "/"),
    secrets: (name) => stores[name],
    signal: new AbortController().signal,
  };
  const questions: string[] = [];
  const ask = preparedAsk(options.answers ?? [], questions);
  const run = async (command: Command, raw: RawValues = {}, face: FaceOptions = {}) => {
    const context = createContext(host, {
      ask,
      notice,
      emit: async () => undefined,
      goesOn: true,
      options: face,
    });
    try {
      const blocks = await execute(command, raw, context);
      return blocks.flatMap((block) => {
        if (block.kind === "table") return block.rows;
        if (block.kind === "record") return [block.row];
        return block.kind === "note" ? [{ note: block.text }] : [];
      });
    } finally {
      await context.close();
    }
  };
  return { home: home ?? "", host, notices, questions, run };
}

function preparedAsk(answers: readonly string[], questions: string[]): Ask {
  const waiting = [...answers];
  const ask = async (question: string, flag: string) => {
    questions.push(question);
    const answer = waiting.shift();
    if (answer !== undefined) return answer;
    throw new SipnavError("usage", `${question}? Nobody can be asked here.`, {
      hint: `Give it with ${flag}.`,
    });
  };
  return {
    text: ask,
    secret: ask,
    async confirm(question, flag) {
      if ((await ask(question, flag)) !== "yes") throw new SipnavError("interrupted", "Nothing was done.");
    },
  };
}

/** A command by its words. */
export function commandOf(commands: readonly Command[], words: string): Command {
  const found = commands.find(({ path }) => path.join(" ") === words);
  if (found) return found;
  throw new Error(`There is no command ${words}.`);
}

/** The text of every file below a folder, by path. */
export function filesBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const paths = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
  return new Map(paths.map((path) => [path, readFileSync(path, "latin1")]));
}

/** A token that ends at a moment, as the platform makes them; nobody signed it. */
export function tokenUntil(epochMs: number, mark = "t"): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${part({ alg: "HS256" })}.${part({ exp: epochMs / 1000, jti: mark })}.signature`;
}
