import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs command lines, the last one to the end of the process, and keeps what V8 compiled for them. */
const recorder = (start, lines) => `
  const { writeFileSync } = require("node:fs");
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
    for (const { path, script } of scripts) writeFileSync(compiledOf(path), script.createCachedData());
  });
  for (const words of ${JSON.stringify(lines)}) start(words);
`;

const lines = [
  ["accounts", "list", "--help"],
  ["__complete", "--", "accounts", "list", "--"],
  ["__complete", "--", "accounts", "show", "1"],
  ["accounts", "list", "--quiet"],
];

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
 * Puts beside the bundles of a folder what V8 makes of them as everyday command lines run, against a platform that has
 * one answer: a later start takes that over instead of compiling. Without it everything runs, only later.
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
  // The word before the line stands where a program has its own path.
  const words = ["-e", recorder(join(folder, "start.cjs"), lines), "sipnav", ...lines.at(-1)];
  const run = spawn(process.execPath, words, { env, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(run, "exit");
  if (code !== 0) console.error(`build: no compiled code, since the program ended with ${code}`);
  platform.close();
  rmSync(home, { recursive: true, force: true });
}
