import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Whether tests can open a real terminal here. */
export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

const root = new URL("../..", import.meta.url).pathname;
const waitMsMax = 15_000;

/** The tests' own program, bundled as the real one is. Inside the project, so that packages are found. */
const program = join(root, "node_modules", ".cache", `sipnav-tui-${process.pid}`);

export function buildProgram(): void {
  mkdirSync(program, { recursive: true });
  execFileSync(process.execPath, [join(root, "bin/build.mjs"), program, join(root, "test/tui/program.ts")]);
}

export const removeProgram = () => rmSync(program, { recursive: true, force: true });

async function until<T>(what: string, probe: () => T | undefined): Promise<T> {
  for (let waitedMs = 0; waitedMs < waitMsMax; waitedMs += 20) {
    const found = probe();
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error(`waited in vain for ${what}`);
}

/** A shell in a terminal of tmux. */
export async function openTerminal(columns: number, rows: number) {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-tui-"));
  const socket = join(folder, "tmux");
  // The whole environment, as a person at a terminal has it: what runs the tests may have CI or NO_COLOR set.
  const env = {
    PATH: process.env.PATH,
    PS1: "$ ",
    HISTFILE: "",
    HOME: folder,
    SIPNAV_HOME: folder,
    SIPNAV_TEST_TITLE: "1",
    LC_ALL: "C.UTF-8",
  };
  const tmux = (...words: string[]) =>
    spawnSync("tmux", ["-S", socket, "-f", "/dev/null", ...words], {
      env,
      encoding: "utf8",
    }).stdout.trimEnd();
  const size = ["-x", String(columns), "-y", String(rows)];
  tmux("new-session", "-d", ...size, "bash --norc --noprofile");
  onTestFinished(() => {
    tmux("kill-server");
    rmSync(folder, { recursive: true, force: true });
  });
  const show = (format: string) => tmux("display-message", "-p", format);
  const startPath = join(folder, "start.sh");
  const read = (name: string) => {
    try {
      return readFileSync(join(folder, name), "utf8").trim() || undefined;
    } catch {
      return undefined;
    }
  };
  /** Runs a command line in the shell, which notes its modes before and after, and the exit code. */
  const launch = (run: string) => {
    const note = (name: string, what: string) =>
      `${what} > "${folder}/${name}.new"; mv "${folder}/${name}.new" "${folder}/${name}"`;
    writeFileSync(
      startPath,
      [
        note("before", "stty -a"),
        run,
        "code=$?",
        note("after", "stty -a"),
        note("code", "echo $code"),
        "",
      ].join("\n"),
    );
    tmux("send-keys", `. "${startPath}"`, "Enter");
  };
  let keys = 0;
  return {
    tmux,
    show,
    folder,
    /** Starts the menu and waits for its first frame. */
    async start(variables = "", bundles = program) {
      launch(`${variables} node -e 'require("${bundles}/main.cjs").main()' 2>"${folder}/errors"`);
      await until("the first frame", () => (show("#{pane_title}") === "idle 0" ? true : undefined));
    },
    /** Starts the whole program, of the last build, with these words. */
    launchWhole: (words: string, variables = "") =>
      launch(
        `${variables} bash -c 'echo $$ >"${folder}/pid"; exec node "${join(root, "bin/sipnav.js")}" ${words}'`,
      ),
    /** Waits for a text on the screen. */
    appears: (text: string) =>
      until(text, () => (tmux("capture-pane", "-p").includes(text) ? true : undefined)),
    /** Sends a text as one write: each of its characters is a key. */
    async type(text: string) {
      tmux("send-keys", "-l", text);
      keys += text.length;
      await until(`idle ${keys}`, () => (show("#{pane_title}") === `idle ${keys}` ? true : undefined));
    },
    /** Sends keys by tmux's names and waits until the last one is on the screen. */
    async press(...chords: string[]) {
      tmux("send-keys", ...chords);
      keys += chords.length;
      await until(`idle ${keys}`, () => (show("#{pane_title}") === `idle ${keys}` ? true : undefined));
    },
    /** Sends keys and waits for nothing. */
    send: (...chords: string[]) => void tmux("send-keys", ...chords),
    screen: () => tmux("capture-pane", "-p"),
    /** The program's process. */
    pid: () => Number(read("pid")),
    /** The exit code, once the shell has it. */
    ended: () => until("the end", () => read("code")).then(Number),
    errors: () => read("errors") ?? "",
    /** Modes before and after, and what of the alternate screen is left. */
    restored: () => ({
      modes: read("before") === read("after"),
      alternate: show("#{alternate_on}"),
      cursor: show("#{cursor_flag}"),
      wrap: show("#{wrap_flag}"),
    }),
    until,
  };
}

/** How a terminal is that was given back. */
export const whole = { modes: true, alternate: "0", cursor: "1", wrap: "1" };
