#!/usr/bin/env node
// Bundles src/ to dist/: main.cjs holds all of our own code (CommonJS starts fastest), and each heavy
// library is a chunk of its own that is read when the code that imports it first runs. Ink is an ES module for good
// (it awaits at its top level), so src/tui/*.tsx and Ink are tui.mjs, which takes every .ts file from main.cjs.
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
/** A test bundles a program of its own, from another entry to another folder. */
const [outdir = at("dist"), entry = at("src/main.ts")] = process.argv.slice(2).map((path) => resolve(path));

/** Libraries worth a chunk: nothing else of theirs is on the way to `--help`. */
const chunks = [
  "got",
  "conf",
  "hono",
  "@hono/node-server",
  "luxon",
  "yaml",
  "proper-lockfile",
  "exceljs",
  "csv-parse",
];
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

/**
 * What is never used and costs start-up time, or harms: got's HTTP/2 client; Ink's developer tools; the signal
 * listeners of signal-exit, which end the process before the face has given the terminal back.
 */
const unused = {
  "http2-wrapper": "module.exports = {};",
  "react-devtools-core": "module.exports = {};",
  "signal-exit": "module.exports = () => () => {};",
};

const emptyPlugin = {
  name: "empty",
  setup(bundler) {
    const filter = new RegExp(`^(${Object.keys(unused).join("|")})$`);
    bundler.onResolve({ filter }, ({ path }) => ({ path, namespace: "empty" }));
    bundler.onLoad({ filter: /.*/, namespace: "empty" }, ({ path }) => ({ contents: unused[path] }));
  },
};

/** What costs much to load and is often not needed: it is loaded when one of its exports is first asked for. */
const late = {
  "string-width": ["default"],
  ...Object.fromEntries(
    ["node:child_process", "node:crypto", "node:dns/promises", "node:readline", "node:tls"].map((name) => [
      name,
      Object.keys(createRequire(import.meta.url)(name)),
    ]),
  ),
};

const latePlugin = {
  name: "late",
  setup(bundler) {
    const filter = new RegExp(`^(${Object.keys(late).join("|")})$`);
    bundler.onResolve({ filter }, ({ path, namespace }) =>
      namespace === "late" ? undefined : { path, namespace: "late" },
    );
    bundler.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `exports.__esModule = true;
        for (const name of ${JSON.stringify(late[path])})
          Object.defineProperty(exports, name, { enumerable: true, get: () => require("${path}")[name] });`,
      resolveDir: at("."),
    }));
  },
};

/** Our own files that tui.mjs needs, found as it is built. */
const shared = new Set();

/** In tui.mjs, a file of ours is the one that main.cjs holds: there are no two of anything. */
const sharedPlugin = {
  name: "shared",
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/main\.cjs$/ }, ({ path }) => ({ path, external: true }));
    bundler.onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
      const name = relative(at("src"), resolve(resolveDir, path));
      shared.add(name);
      return { path: name, namespace: "shared" };
    });
    bundler.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = require("./main.cjs").shared[${JSON.stringify(path)}];`,
    }));
  },
};

/** In main.cjs, tui.mjs is a file beside it, and what that needs is handed out, each file when it is asked for. */
const tuiPlugin = {
  name: "tui",
  setup(bundler) {
    bundler.onResolve({ filter: /\/mount\.tsx$/ }, () => ({ path: "./tui.mjs", external: true }));
    bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (path !== entry) return undefined;
      const getters = [...shared].map(
        (name) => `get ${JSON.stringify(name)}() { return require(${JSON.stringify(at(`src/${name}`))}); }`,
      );
      const contents = `${readFileSync(path, "utf8")}\nexport const shared = { ${getters.join(", ")} };`;
      return { contents, loader: "ts" };
    });
  },
};

const common = {
  absWorkingDir: at("."),
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  outdir,
  outExtension: { ".js": ".cjs" },
  external: ["keytar"],
  logLevel: "warning",
};

rmSync(outdir, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { tui: at("src/tui/mount.tsx") },
  format: "esm",
  outExtension: { ".js": ".mjs" },
  plugins: [sharedPlugin, emptyPlugin],
  // Without these, a user's DEV=true loads Ink's developer tools, and React is its slow self.
  define: { "process.env.DEV": '"false"', "process.env.NODE_ENV": '"production"' },
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
  minify: true,
});
await build({
  ...common,
  entryPoints: { main: entry },
  plugins: [chunkPlugin, emptyPlugin, latePlugin, tuiPlugin],
  minifyWhitespace: true,
  minifySyntax: true,
  define: { "import.meta.url": "__filename" },
});
await build({
  ...common,
  entryPoints: Object.fromEntries(chunks.map((library) => [chunkName(library), library])),
  plugins: [emptyPlugin],
  minify: true,
});
