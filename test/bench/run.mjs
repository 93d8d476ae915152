// Runs the benchmarks, or those that are named, each in a process of its own: `npm run bench -- client`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = join(folder, "..", "..");
const wanted = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

// Inside the project, so that packages that stay outside the bundle are found.
const built = mkdtempSync(join(root, "node_modules", ".bench-"));
try {
  for (const name of names) {
    console.log(`\n# ${name}`);
    await build({
      stdin: {
        contents: `import { run } from "./${name}.ts"; await run();`,
        resolveDir: folder,
        loader: "ts",
      },
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      outfile: join(built, `${name}.mjs`),
      logLevel: "warning",
    });
    const { status } = spawnSync(process.execPath, ["--expose-gc", join(built, `${name}.mjs`)], {
      cwd: root,
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(built, { recursive: true, force: true });
}
