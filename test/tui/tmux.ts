import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Whether tests can open a real terminal here. */
export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;

/** How long a test at a terminal may take; it is over in a few seconds unless the computer is busy. */
export const patient = { timeout: 180_000 };

const root = new URL("../..", import.meta.url).pathname;
const waitMsMax = 60_000;

/** The tests' own program, bundled as the real one is. Inside the project, so that packages are found. */
const program = join(root, "node_modules", ".cache", `sipnav-tui-${process.pid}`);

export function buildProgram(): void {
  mkdirSync(program, { recursive: true });
  execFileSync(process.execPath, [join(root, "bin/build.mjs"), program, join(root, "test/tui/program.ts")]);
}

export const removeProgram = () => rmSync(program, { recursive: true, force: true });

async function until<T>(what: string, probe: () => T | undefined): Promise<T> {
  for (const startMs = performance.now(); performance.now() - startMs < waitMsMax; await sleep(20)) {
    const found = probe();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Whether a process still runs; one whose end nobody has taken note of does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = process.platform === "linux" ? readFileSync(`/proc/${pid}/stat`, "latin1") : "";
    return !stat.includes(") Z ");
  } catch {
    return false;
  }
}

async function endProcess(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
  await until("the end of a process", () => (isAlive(pid) ? undefined : true));
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
  const show = (format: string) => tmux("display-message", "-p", format);
  const size = ["-x", String(columns), "-y", String(rows)];
  tmux("new-session", "-d", ...size, "bash", "--norc", "--noprofile");
  const shellPid = Number(show("#{pane_pid}"));
  onTestFinished(async () => {
    // Whatever still runs must not write into the folder any more; the shell goes first, which would do so next.
    for (const pid of [shellPid, Number(read("pid"))]) {
      if (pid > 0) await endProcess(pid);
    }
    tmux("kill-server");
    rmSync(folder, { recursive: true, force: true });
  });
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
  const send = (...chords: string[]) => {
    keys += chords.length;
    tmux("send-keys", ...chords);
  };
  const write = (text: string) => {
    keys += text.length;
    tmux("send-keys", "-l", text);
  };
  const idle = () =>
    until(`idle ${keys}`, () => (show("#{pane_title}") === `idle ${keys}` ? true : undefined));
  const screen = () => tmux("capture-pane", "-p");
  return {
    /** What is sent this way goes to whom the terminal is, and does not count as keys of the menu. */
    tmux,
    show,
    folder,
    /** Starts the menu, at another time than the computer's if one is told, and waits for its first frame. */
    async start(variables = "", bundles = program, nowMs = Date.now()) {
      const clock = `const now = Date.now, aheadMs = ${nowMs} - now(); Date.now = () => now() + aheadMs;`;
      launch(
        `${variables} "${process.execPath}" -e '${clock} require("${bundles}/main.cjs").main()' 2>"${folder}/errors"`,
      );
      await idle();
    },
    /** Starts the whole program, of the last build, with these words. */
    launchWhole: (words: string, variables = "") =>
      launch(
        `${variables} bash -c 'echo $$ >"${folder}/pid"; exec "${process.execPath}" "${join(root, "bin/sipnav.js")}" ${words}'`,
      ),
    screen,
    /** Waits for a text on the screen. */
    appears: (text: string) => until(text, () => (screen().includes(text) ? true : undefined)),
    /** Sends keys of the menu by tmux's names and waits for nothing. */
    send,
    /** Sends a text as one write, each of whose characters is a key of the menu, and waits for nothing. */
    write,
    /** Sends a text as one write and waits until its last character is on the screen. */
    async type(text: string) {
      write(text);
      await idle();
    },
    /** Sends keys by tmux's names and waits until the last one is on the screen. */
    async press(...chords: string[]) {
      send(...chords);
      await idle();
    },
    /** Chooses an entry of a menu by its name. */
    async choose(label: string) {
      const entry = new RegExp(`^[> ] (\\S)  ${label}\\b`, "m");
      send(await until(label, () => entry.exec(screen())?.[1]));
      await idle();
    },
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
