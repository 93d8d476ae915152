import { EventEmitter, once } from "node:events";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { onTestFinished } from "vitest";
import type { Command } from "../../src/commands/define.ts";
import { SipnavError } from "../../src/core/errors.ts";
import type { Host } from "../../src/host/host.ts";
import type { OwnProcess } from "../../src/tui/options.ts";
import { startMenu } from "../../src/tui/start.ts";
import { openDesk, temporaryFolder } from "../host/desk.ts";
import { commands } from "./program.ts";

export interface StageOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly registry?: readonly Command[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder that outlives the stage, as a person's does. */
  readonly home?: string;
  /** What the clock says; at first a fixed time. */
  readonly time?: { nowMs: number };
  /** What stands in `keys.json`. */
  readonly keys?: string;
}

const named: Readonly<Record<string, string>> = {
  enter: "\r",
  esc: "\u001b",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  left: "\u001b[D",
  home: "\u001b[H",
  delete: "\u001b[3~",
  end: "\u001b[F",
  pagedown: "\u001b[6~",
  backspace: "\u007f",
  "ctrl+c": "\u0003",
  "ctrl+l": "\u000c",
  "ctrl+s": "\u0013",
  "ctrl+u": "\u0015",
  tab: "\t",
};

/** The menu on a terminal that is made of buffers: keys go in, rows of cells come out. */
export function openStage({
  columns = 80,
  rows = 24,
  registry = commands,
  environment = {},
  home = temporaryFolder(),
  time = { nowMs: 1_000_000 },
  keys: keysFile,
}: StageOptions = {}) {
  const own = { SIPNAV_TEST_TITLE: "1", TERM: "xterm", SIPNAV_HOME: home };
  const desk = openDesk({ environment: { ...own, ...environment }, time });
  const ending = new AbortController();
  const host: Host = Object.create(desk.host, { signal: { value: ending.signal } });
  if (keysFile !== undefined) writeFileSync(join(home, "keys.json"), keysFile);
  const leftPath = join(temporaryFolder(), "left");
  const fd = openSync(leftPath, "w");
  onTestFinished(() => closeSync(fd));
  const screen: string[] = [];
  const writes: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    raw: false,
    setRawMode: (raw: boolean) => Object.assign(stdin, { raw }),
    resume: () => stdin,
    pause: () => stdin,
  });
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    fd,
    title: "",
    write(text: string) {
      writes.push(text);
      for (const [, title] of text.matchAll(/\u001b\]2;(.*?)\u0007/g)) stdout.title = title ?? "";
      if (text.includes("\u001b[2J")) screen.length = 0;
      for (const [, row, cells] of text.matchAll(/\u001b\[(\d+);1H(.*?)\u001b\[K/g)) {
        screen[Number(row) - 1] = stripVTControlCharacters(cells ?? "");
      }
      stdout.emit("written");
      return true;
    },
  });
  const process = Object.assign(new EventEmitter(), { env: {}, stdin, stdout, stderr: stdout, pid: 0 });
  const takeInterrupts = () => () => undefined;
  const options = { process: process as unknown as OwnProcess, registry, face: {}, takeInterrupts };
  const ended = startMenu(host, options);
  // What it still does must not outlive the test's folders and platforms.
  onTestFinished(async () => {
    ending.abort(new SipnavError("terminated", "The test is over."));
    await ended;
  });
  let keys = 0;
  const until = async (title: string) => {
    while (stdout.title !== title) await once(stdout, "written");
  };
  return {
    ended,
    stdin,
    stdout,
    process,
    time,
    /** Everything that was written, as it was written. */
    writes,
    /** What was written as the terminal was given back. */
    left: () => readFileSync(leftPath, "utf8"),
    ready: () => until("idle 0"),
    /** Sends keys by name, or text as it is, one after the other; waits until the last one is on the screen. */
    async press(...chords: string[]) {
      for (const chord of chords) {
        stdin.emit("data", Buffer.from(named[chord] ?? chord));
        keys += 1;
        await until(`idle ${keys}`);
      }
    },
    /** Turns writes on for the profile `default`, whose platform is a real one. */
    async arm() {
      await this.press("w");
      await this.appears("type its name");
      await this.press(..."default", "enter");
      await this.appears("WRITES ON");
    },
    /** Chooses entries of menus by their labels, one after the other. */
    async choose(...labels: string[]) {
      for (const label of labels) {
        const line = screen.find((row) => new RegExp(`^[> ] \\S  ${label}( |$)`).test(row ?? ""));
        await this.press(line?.[2] ?? `no entry ${label}`);
      }
    },
    /** The sentence above the footer. */
    said: () => screen.at(-2) ?? "",
    /** Sends a key that leaves a command running. */
    async start(chord: string) {
      stdin.emit("data", Buffer.from(named[chord] ?? chord));
      keys += 1;
      await until(`busy ${keys}`);
    },
    /** Waits for what the screen comes to show. */
    async until(holds: () => boolean) {
      while (!holds()) await once(stdout, "written");
    },
    /** Waits for a text that a running command brings. */
    async appears(text: string) {
      while (!screen.some((row) => row?.includes(text))) await once(stdout, "written");
    },
    /** Sends a key and does not wait. */
    send(chord: string) {
      stdin.emit("data", Buffer.from(named[chord] ?? chord));
      keys += 1;
    },
    resize(toColumns: number, toRows: number) {
      Object.assign(stdout, { columns: toColumns, rows: toRows });
      stdout.emit("resize");
    },
    rows: () => Array.from(screen, (row) => row ?? ""),
    text: () => Array.from(screen, (row) => row ?? "").join("\n"),
  };
}
