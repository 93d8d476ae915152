#!/usr/bin/env node
// Bundles src/ to dist/: main.cjs holds all of our own code (CommonJS starts fastest), and each heavy
// library is a chunk of its own that is read when the code that imports it first runs. Ink is an ES module for good
// (it awaits at its top level), so src/tui/*.tsx and Ink are tui.mjs, which takes every .ts file from main.cjs.
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
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
  ws: "module.exports = {};",
  "signal-exit": "module.exports = () => () => {};",
};

const emptyPlugin = {
  name: "empty",
  setup(bundler) {
    const filter = new RegExp(`^(${Object.keys(unused).join("|")})$`);
    bundler.onResolve({ filter }, ({ path }) => ({ path, namespace: "empty" }));
    bundler.onLoad({ filter: /.*/, namespace: "empty" }, ({ path }) => ({ contents: unused[path] }));
    // A user's DEV=true must not start Ink's developer tools.
    bundler.onLoad({ filter: /\/ink\/build\/utils\.js$/ }, () => ({
      contents: "export const isDev = () => false;",
    }));
  },
};

/** What costs much to load and is often not needed: it is loaded when one of its exports is first asked for. */
const late = {
  "string-width": ["default"],
  commander: ["Command", "CommanderError", "Option"],
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

/** Ink compares the colours of every two neighbouring cells at great length; mostly they are the same. */
const quickPlugin = {
  name: "quick",
  setup(bundler) {
    bundler.onLoad({ filter: /\/ansi-tokenize\/build\/diff\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const start = "export function diffAnsiCodes(from, to) {";
      if (!source.includes(start)) throw new Error(`${path} is not what it was`);
      const same = "from.length === to.length && from.every(({ code }, index) => code === to[index].code)";
      return { contents: source.replace(start, `${start} if (${same}) return [];`) };
    });
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
  inject: [at("bin/segmenter.mjs")],
  define: { "Intl.Segmenter": "GraphemeSegmenter" },
  logLevel: "warning",
};

rmSync(outdir, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { tui: at("src/tui/mount.tsx") },
  format: "esm",
  outExtension: { ".js": ".mjs" },
  plugins: [sharedPlugin, emptyPlugin, quickPlugin],
  // React's quick self; and without fetch Ink's layout engine decodes itself instead of loading Node's HTTP client.
  define: { ...common.define, "process.env.NODE_ENV": '"production"', fetch: "undefined" },
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
  define: { ...common.define, "import.meta.url": "__filename" },
});
await build({
  ...common,
  entryPoints: Object.fromEntries(chunks.map((library) => [chunkName(library), library])),
  plugins: [emptyPlugin],
  minify: true,
});

/** What a bundle of these lines exports. */
async function evaluate(contents) {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: at("src"), loader: "ts" },
    plugins: [chunkPlugin, emptyPlugin],
    define: { ...common.define, "import.meta.url": "__filename" },
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0].text)(
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return module.exports;
}

// Help and completion, asked for at every Tab, need the declarations and nothing of what stands behind them:
// front.cjs holds them as data.
const { declared } = await evaluate(`
  import { withLineTools } from "./cli/tools.ts";
  import { registry } from "./commands/registry.ts";
  export const declared = withLineTools(registry, async () => undefined);
`);
const data = JSON.stringify(declared, (key, value) =>
  key === "fields" && Array.isArray(value) ? value.map(({ name, label }) => ({ name, label })) : value,
);
await build({
  ...common,
  stdin: {
    contents: `
      import { answer } from "./cli/front.ts";
      import { quickOutput } from "./host/quick.ts";
      import { version } from "../package.json";
      export const main = (words) =>
        answer(words, quickOutput(process), JSON.parse(${JSON.stringify(data)}), version);`,
    resolveDir: at("src"),
    loader: "js",
  },
  outfile: join(outdir, "front.cjs"),
  outdir: undefined,
  plugins: [emptyPlugin, latePlugin],
  minify: true,
});
