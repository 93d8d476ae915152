import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCli } from "../../../src/cli/run.ts";
import type { Clock } from "../../../src/core/clock.ts";
import type { Host } from "../../../src/host/host.ts";
import { type Ended, openWorld, type WorldOptions } from "../../world.ts";

export type Row = Record<string, unknown>;

/** What an import or a job command prints as JSON. */
export type Printed = readonly [Row, readonly Row[]];

/** A world with sheets, and eyes on the platform's own tables. */
export async function openBulkWorld(options: WorldOptions = {}) {
  const world = await openWorld(options);
  const { sandbox, host, home } = world;
  const path = (name: string) => join(home, name);
  const writeSheet = (name: string, header: string, rows: readonly string[]): string => {
    writeFileSync(path(name), `${[header, ...rows].join("\n")}\n`);
    return path(name);
  };
  const table = async (name: string): Promise<Row[]> => {
    const answer = await fetch(`${sandbox.url}/__sandbox/tables/${name}`);
    return (await answer.json()) as Row[];
  };
  const clock: Clock = {
    ...host.clock,
    // Time jumps, but the network needs some of its own: who waits a second must not find that nothing has come.
    async sleep(durationMs, signal) {
      await host.clock.sleep(durationMs, signal);
      await sleep(2);
    },
  };
  /** Runs words with a host of which some parts are others. */
  const runOn = async (changes: Partial<Host>, ...words: string[]): Promise<Ended> => {
    const said = { out: "", err: "" };
    const output = (name: "out" | "err") => ({
      ...host.terminal.output,
      write: async (text: string) => {
        said[name] += text;
      },
    });
    const terminal = { ...host.terminal, output: output("out"), errors: output("err") };
    const parts = Object.entries({ terminal, clock, ...changes }).map(([name, value]) => [name, { value }]);
    const own = Object.create(host, Object.fromEntries(parts)) as Host;
    const code = await runCli(words, own, {
      menu: async () => 0,
      streams: process,
      hangUp: () => undefined,
      takeInterrupts: () => () => undefined,
    });
    return { code, ...said };
  };
  const run = (...words: string[]) => runOn({}, ...words);
  return {
    ...world,
    run,
    path,
    writeSheet,
    table,
    runOn,
    /** The world's clock, on which something is done before the first wait of so long begins. */
    clockOn(waitMs: number, deed: () => Promise<unknown>): Clock {
      let done: Promise<unknown> | undefined;
      return {
        ...clock,
        async sleep(durationMs, signal) {
          if (durationMs >= waitMs) {
            done ??= deed();
            await done;
          }
          await clock.sleep(durationMs, signal);
        },
      };
    },
    import: (plural: string, file: string, ...words: string[]) =>
      run(plural, "import", file, "--yes", "--json", ...words),
    /** The names of the accounts that tests made, in order. */
    made: async () =>
      (await table("accounts"))
        .map(({ account_name }) => String(account_name))
        .filter((name) => name.startsWith("New "))
        .sort(),
    writes: () =>
      sandbox.requests().filter(({ method, path: at }) => method !== "GET" && !at.endsWith("login")),
    /** The newest job's id. */
    job: async () => {
      const { out } = await run("jobs", "list", "-o", "ids");
      return out.split("\n")[0] ?? "";
    },
    journalOf: (id: string) =>
      readFileSync(join(host.folders.state, "jobs", id, "journal.ndjson"), "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Row),
  };
}

export type BulkWorld = Awaited<ReturnType<typeof openBulkWorld>>;

/** What was printed as JSON. */
export const printed = ({ out }: Ended): Printed => JSON.parse(out) as Printed;

/** So many new accounts. */
export const newAccounts = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `New ${String(n).padStart(3, "0")},2001,${n + 1}`);

export const accountHeader = "account_name,customer_id,channels_limit";
