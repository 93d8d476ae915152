// Kills the program at random moments of an import, many times over, and says what became of every row:
// `npm run crash -- --kills 500`, `npm run crash -- --rows 10000 --format xlsx --kills 20`.
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
    format: { type: "string", default: "csv" },
    faults: { type: "string", default: "http429:0.005,http500:0.02,reset:0.01,lost:0.01,slow:20ms@0.05" },
    program: { type: "string", default: join(root, "bin/sipnav.js") },
  },
});
if (values.format !== "csv" && values.format !== "xlsx") throw new Error("--format is csv or xlsx");

// Inside the project, so that packages that stay outside the bundle are found.
const built = mkdtempSync(join(root, "node_modules", ".crash-"));
const number = (value) => value.toLocaleString("en");
try {
  const outfile = join(built, "harness.mjs");
  await build({
    entryPoints: [join(folder, "harness.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile,
  });
  const { runCrashes } = await import(pathToFileURL(outfile).href);
  const startMs = Date.now();
  const result = await runCrashes({
    ...values,
    kills: Number(values.kills),
    rows: Number(values.rows),
    log: console.log,
  });
  const { kills, sheets, rows, added, changes, reported, replanned, repeats } = result;
  console.log(`
${sheets} sheet(s) of ${number(Number(values.rows))} new accounts as ${values.format}, under ${values.faults}
killed             ${kills} times, in ${Math.round((Date.now() - startMs) / 1000)} s; ${repeats} resumes had to be repeated
new accounts       ${number(added)} of ${number(rows)}
reported as done   ${number(reported)} of ${number(rows + changes)} rows (${number(changes)} of them change known accounts)
imported again     ${number(replanned)} changes planned`);
  for (const name of ["lost", "doubled", "wrong"]) {
    const list = result[name];
    console.log(
      `${name.padEnd(18)} ${list.length}${list.length > 0 ? `: ${list.slice(0, 20).join("; ")}` : ""}`,
    );
  }
  const isRight = added === rows && reported === rows + changes && replanned === 0;
  if (!isRight || result.lost.length + result.doubled.length + result.wrong.length > 0) process.exitCode = 1;
} finally {
  rmSync(built, { recursive: true, force: true });
}
