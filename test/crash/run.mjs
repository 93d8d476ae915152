// Kills the program at random moments of an import, many times over: `npm run crash -- --kills 500 --rows 2000`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = join(folder, "..", "..");
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "500" },
    rows: { type: "string", default: "2000" },
    faults: { type: "string", default: "http429:0.02,http500:0.02,reset:0.01,lost:0.01,slow:20ms@0.05" },
    program: { type: "string" },
  },
});
if (values.program === undefined)
  spawnSync(process.execPath, [join(root, "bin/build.mjs")], { stdio: "inherit" });

const built = mkdtempSync(join(root, "node_modules", ".crash-"));
try {
  const outfile = join(built, "harness.mjs");
  await build({
    entryPoints: [join(folder, "harness.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  const { runCrashes } = await import(pathToFileURL(outfile).href);
  const { lost, doubled, wrong, ...counts } = await runCrashes({
    program: values.program ?? join(root, "bin/sipnav.js"),
    kills: Number(values.kills),
    rows: Number(values.rows),
    faults: values.faults,
    log: console.log,
  });
  console.log({ ...counts, lost, doubled, wrong });
  if (lost.length + doubled.length + wrong.length > 0) process.exitCode = 1;
} finally {
  rmSync(built, { recursive: true, force: true });
}
