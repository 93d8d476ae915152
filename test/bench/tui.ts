import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const rounds = 15;
const keys = 200;
const columns = 120;
const rows = 45;
/** The end of a painted frame. */
const painted = "\u001b[?2026l";

const quantile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

/** Runs a command line on a terminal of its own; `script` is that terminal. */
function openTerminal(line: string, environment: Readonly<Record<string, string>>) {
  const sized = `stty rows ${rows} cols ${columns}; exec ${line}`;
  const terminal = spawn("script", ["-qfc", sized, "/dev/null"], {
    env: { PATH: process.env.PATH, TERM: "xterm-256color", ...environment },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const closed = new AbortController();
  terminal.stdout.once("end", () => closed.abort());
  return Object.assign(terminal, { closed: closed.signal });
}

type Opened = ReturnType<typeof openTerminal>;

/** Bytes until the end of the next frame. @throws when the terminal closes before it */
async function nextFrame({ stdout, closed }: Opened): Promise<number> {
  let text = "";
  while (!text.includes(painted)) {
    const [chunk] = await once(stdout, "data", { signal: closed });
    text += String(chunk);
  }
  return Buffer.byteLength(text);
}

async function measureStart(home: string): Promise<void> {
  const bare: number[] = [];
  const first: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now();
    await once(openTerminal("node -e 0", {}), "close");
    bare.push(performance.now() - startMs);
    const menuMs = performance.now();
    const menu = openTerminal("node bin/sipnav.js", { SIPNAV_HOME: home });
    await nextFrame(menu);
    first.push(performance.now() - menuMs);
    menu.stdin.write("q");
    await once(menu, "close");
  }
  const [bareMs, firstMs] = [quantile(bare, 0.5), quantile(first, 0.5)];
  const ratio = (firstMs / bareMs).toFixed(2);
  console.log(
    `first frame: ${firstMs.toFixed(0)} ms, ${ratio} × node -e 0 (${bareMs.toFixed(0)} ms); at most 3.00`,
  );
}

async function measureKeys(menu: Opened, chords: readonly string[]): Promise<string> {
  const times: number[] = [];
  const bytes: number[] = [];
  for (let key = 0; key < keys; key++) {
    // Slower than the pace, as a person is.
    await sleep(40);
    const startMs = performance.now();
    menu.stdin.write(chords[key % chords.length] ?? "");
    bytes.push(await nextFrame(menu));
    times.push(performance.now() - startMs);
  }
  const ms = [0.5, 0.95].map((part) => quantile(times, part).toFixed(1));
  return `p50 ${ms[0]} ms, p95 ${ms[1]} ms, median ${quantile(bytes, 0.5)} bytes`;
}

const memoryKib = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
/** Processor time so far, in hundredths of a second. */
const ticks = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
};

async function measureIdle(pid: number): Promise<void> {
  const bare = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  const before = ticks(pid);
  await sleep(5000);
  const percent = (ticks(pid) - before) / 5;
  const times = (memoryKib(pid) / memoryKib(bare.pid ?? 0)).toFixed(2);
  bare.kill();
  console.log(
    `idle: ${percent.toFixed(1)} % of a processor (at most 1), ${times} × the memory of bare node (at most 2)`,
  );
}

/** Prints what the full-screen face costs: its first frame, a key in a list of 100,000 rows, and standing still. */
export async function run(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "sipnav-bench-"));
  const built = mkdtempSync(join("node_modules", ".bench-tui-"));
  try {
    await measureStart(home);
    execFileSync(process.execPath, ["bin/build.mjs", built, "test/tui/program.ts"]);
    const line = `node -e 'require("./${built}/main.cjs").main()'`;
    for (const [what, count] of [
      ["idle menu", "500"],
      ["100,000 rows", "100000"],
    ] as const) {
      const menu = openTerminal(line, { SIPNAV_HOME: home, SIPNAV_TEST_ROWS: count });
      await nextFrame(menu);
      await sleep(200);
      if (what === "idle menu") await measureIdle(Number(readFileSync(join(home, "pid"), "utf8")));
      else await measureList(menu);
      menu.kill();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
    rmSync(built, { recursive: true, force: true });
  }
}

async function measureList(menu: Opened): Promise<void> {
  for (const chord of ["1", "1", "\r"]) {
    menu.stdin.write(chord);
    await sleep(300);
  }
  const limits = "p50 at most 12 ms, p95 40 ms, 600 bytes";
  console.log(`a key that moves the cursor: ${await measureKeys(menu, ["j", "k"])} (${limits})`);
  console.log(`a key that scrolls a page: ${await measureKeys(menu, ["\u001b[6~"])}`);
  menu.stdin.write("/");
  await sleep(300);
  const typed = [..."account 77", ...Array.from({ length: 10 }, () => "\u007f")];
  console.log(`a key of a filter: ${await measureKeys(menu, typed)}`);
  menu.stdin.write("\u001b");
  await sleep(1000);
  // The chooser and back: the key that sorts is the second, and its first frame says so.
  console.log(`a key that sorts: ${await measureKeys(menu, ["s", "\r"])}`);
}
