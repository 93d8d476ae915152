#!/usr/bin/env node
// Bundles src/ to dist/: main.cjs holds all of our own code (CommonJS starts fastest), and each heavy
// library is a chunk of its own that is read when the code that imports it first runs.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));

/** Libraries worth a chunk: nothing else of theirs is on the way to `--help`. */
const chunks = ["got", "conf", "hono", "@hono/node-server", "luxon"];
const chunkName = (library) => library.replace(/[@/]+/g, "-").replace(/^-/, "");

const chunkPlugin = {
  name: "chunks",
  setup(bundler) {
    const filter = new RegExp(`^(${chunks.join("|")})$`);
    bundler.onResolve({ filter }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: `./${chunkName(path)}.cjs`, external: true },
    );
  },
};

/** got carries an HTTP/2 client that is never used and costs start-up time. */
const emptyPlugin = {
  name: "empty",
  setup(bundler) {
    bundler.onResolve({ filter: /^http2-wrapper$/ }, ({ path }) => ({ path, namespace: "empty" }));
    bundler.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

const common = {
  absWorkingDir: at("."),
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  outdir: at("dist"),
  outExtension: { ".js": ".cjs" },
  external: ["keytar"],
  logLevel: "warning",
};

rmSync(at("dist"), { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { main: at("src/main.ts") },
  plugins: [chunkPlugin, emptyPlugin],
  define: { "import.meta.url": "__filename" },
});
await build({
  ...common,
  entryPoints: Object.fromEntries(chunks.map((library) => [chunkName(library), library])),
  plugins: [emptyPlugin],
  minify: true,
});
