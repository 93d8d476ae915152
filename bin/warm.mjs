import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs command lines, the last one to the end of the process, and keeps what V8 compiled for them, of bundles of which
 * nothing is kept yet.
 */
const recorder = (start, lines) => `
  const { existsSync, writeFileSync } = require("node:fs");
  const vm = require("node:vm");
  const scripts = [];
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      scripts.push({ path: options.filename, script: this });
    }
  };
  const { compiledOf, loadBundle, start } = require(${JSON.stringify(start)});
  require.extensions[".cjs"] = (module, path) => loadBundle(module, path);
  process.on("exit", () => {
    for (const { path, script } of scripts) {
      if (!existsSync(compiledOf(path))) writeFileSync(compiledOf(path), script.createCachedData());
    }
  });
  for (const words of ${JSON.stringify(lines)}) start(words);
`;

const lines = [
  ["accounts", "list", "--help"],
  ["__complete", "--", "accounts", "list", "--"],
  ["__complete", "--", "accounts", "show", "1"],
  ["accounts", "list", "--quiet"],
];

/** A terminal that is made of nothing, on which somebody looks at the menu for a moment. */
const menuOnTerminal = `
  const { openSync } = require("node:fs");
  const { Readable, Writable } = require("node:stream");
  const terminal = { isTTY: true, columns: 120, rows: 45, fd: openSync(require("node:os").devNull, "w") };
  const output = () => Object.assign(new Writable({ write: (chunk, encoding, done) => done() }), terminal);
  const input = Object.assign(new Readable({ read() {} }), terminal, { setRawMode: () => input });
  const streams = { stdin: input, stdout: output(), stderr: output() };
  for (const [name, value] of Object.entries(streams)) Object.defineProperty(process, name, { value });
  setTimeout(() => input.push("q"), 1000);
`;

const page = {
  current_page: 1,
  last_page: 2,
  total: 200,
  data: Array.from({ length: 100 }, (_, index) => ({
    account_id: index + 1,
    account_name: "Account",
    enabled: 1,
    channels_limit: 10,
    created_at: "2024-05-10 13:02:17",
  })),
};

/**
 * Puts beside the bundles of a folder what V8 makes of them as everyday command lines and the menu run, against a
 * platform that has one answer: a later start takes that over instead of compiling. Without it everything runs, only
 * later.
 */
export async function warm(folder) {
  const platform = createServer((_, answer) =>
    answer.end(JSON.stringify({ success: true, message: "", data: page })),
  );
  await once(platform.listen(0, "127.0.0.1"), "listening");
  const home = mkdtempSync(join(tmpdir(), "sipnav-"));
  const env = {
    SIPNAV_HOME: home,
    SIPNAV_TOKEN: "token",
    SIPNAV_BASE_URL: `http://127.0.0.1:${platform.address().port}`,
  };
  const start = join(folder, "start.cjs");
  const codes = [
    await record(recorder(start, lines), lines.at(-1), env),
    await record(menuOnTerminal + recorder(start, [[]]), [], { ...env, TERM: "xterm" }),
  ];
  if (codes.some((code) => code !== 0)) console.error(`build: not all code compiled, ended with ${codes}`);
  platform.close();
  rmSync(home, { recursive: true, force: true });
}

/** Runs a recorder in a process of its own. Answers its exit code. */
async function record(program, words, env) {
  // The word before the line stands where a program has its own path.
  const options = { env, stdio: ["ignore", "ignore", "inherit"] };
  const [code] = await once(spawn(process.execPath, ["-e", program, "sipnav", ...words], options), "exit");
  return code;
}
