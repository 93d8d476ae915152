// How libraries go into the bundles.
import { readFileSync } from "node:fs";

/** Libraries worth a chunk: nothing else of theirs is on the way to `--help`. */
export const chunks = [
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
export const chunkName = (library) => library.replace(/[@/]+/g, "-").replace(/^-/, "");

/** A chunk is always required: what V8 compiled beforehand cannot import dynamically. */
export const chunkPlugin = {
  name: "chunks",
  setup(bundler) {
    const filter = new RegExp(`^(${chunks.join("|")})$`);
    bundler.onResolve({ filter }, ({ path }) => ({ path, namespace: "chunks" }));
    bundler.onResolve({ filter: /\.cjs$/, namespace: "chunks" }, ({ path }) => ({ path, external: true }));
    bundler.onLoad({ filter: /.*/, namespace: "chunks" }, ({ path }) => ({
      contents: `module.exports = require("./${chunkName(path)}.cjs");`,
    }));
  },
};

/**
 * What is never used and costs start-up time, or harms: got's HTTP/2 client and its caches of answers and addresses;
 * a proxy's Kerberos, a library that is not installed; Ink's developer tools; the signal listeners of signal-exit,
 * which end the process before the face has given the terminal back.
 */
const unused = {
  "http2-wrapper": "module.exports = {};",
  "cacheable-request": "exports.CacheError = class extends Error {};",
  "cacheable-lookup": "module.exports = {};",
  kerberos: "throw new Error('kerberos is not here');",
  "react-devtools-core": "module.exports = {};",
  ws: "module.exports = {};",
  "signal-exit": "module.exports = () => () => {};",
};

export const emptyPlugin = {
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
const late = [
  "commander",
  "http-proxy-agent",
  "https-proxy-agent",
  "node:child_process",
  "node:crypto",
  "node:dns",
  "node:dns/promises",
  "node:fs/promises",
  "node:https",
  "node:module",
  "node:readline",
  "node:tls",
  "node:tty",
  "node:zlib",
];

/** Measures plain text itself; what measures any other is loaded when there is some. */
const lateWidth = `
  let loaded;
  const width = (text, options) =>
    /^[ -~]*$/.test(text) ? text.length : (loaded ??= require("string-width")).default(text, options);
  module.exports = Object.assign(width, { default: width, __esModule: true });`;

export const latePlugin = {
  name: "late",
  setup(bundler) {
    bundler.onResolve({ filter: /^string-width$/ }, ({ path, namespace }) =>
      namespace === "width" ? undefined : { path, namespace: "width" },
    );
    bundler.onLoad({ filter: /.*/, namespace: "width" }, () => ({
      contents: lateWidth,
      resolveDir: import.meta.dirname,
    }));
    const filter = new RegExp(`^(${late.join("|")})$`);
    bundler.onResolve({ filter }, ({ path, namespace }) =>
      namespace === "late" ? undefined : { path, namespace: "late" },
    );
    // esbuild copies a module's own exports when it imports it, and hands on its prototype.
    bundler.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: `
        let loaded;
        const get = (_, name) =>
          name === "__esModule" ? ${!path.startsWith("node:")} : (loaded ??= require("${path}"))[name];
        module.exports = Object.create(new Proxy({}, { get }));`,
      resolveDir: import.meta.dirname,
    }));
  },
};

/** Lines of libraries that take long without need, and what does the same for us. */
const edits = [
  {
    // Ink's layout engine is loaded at once instead of by and by: only an ES module could wait for it, and V8 compiles
    // those anew at every start.
    file: "yoga-layout/dist/src/index.js",
    line: "const Yoga = wrapAssembly(await loadYoga());",
    instead: "const engine = {}; loadYoga(engine); const Yoga = wrapAssembly(engine);",
  },
  {
    file: "yoga-layout/dist/binaries/yoga-wasm-base64-esm.js",
    line: "if(h.instantiateWasm)try{return h.instantiateWasm(d,\na)}",
    instead: `try {
      const code = new WebAssembly.Module(Buffer.from(H.slice(H.indexOf(",")), "base64"));
      return a(new WebAssembly.Instance(code, d));
    }`,
  },
  {
    // The same for its developer tools.
    file: "ink/build/reconciler.js",
    line: "await import('./devtools.js');",
    instead: "",
  },
  {
    file: "ink/build/reconciler.js",
    line: "? await loadPackageJson()",
    instead: "? {}",
  },
  {
    // Ink compares the colours of every two neighbouring cells at great length; mostly they are the same.
    file: "ansi-tokenize/build/diff.js",
    line: "export function diffAnsiCodes(from, to) {",
    instead: `export function diffAnsiCodes(from, to) {
      if (from.length === to.length && from.every(({ code }, index) => code === to[index].code)) return [];`,
  },
  {
    // Nobody listens to what got says of its requests; each one's id would load Node's cryptography.
    file: "got/dist/source/core/diagnostics-channel.js",
    line: "return randomUUID();",
    instead: "return '';",
  },
  {
    // Asked of Node's compression itself, it loads that for answers that are not compressed, too.
    file: "decompress-response/index.js",
    line: "typeof zlib.createZstdDecompress === 'function'",
    instead: "'zstd' in process.versions",
  },
];

function applyEdit(source, { file, line, instead }) {
  if (!source.includes(line)) throw new Error(`${file} is not what it was`);
  return source.replace(line, () => instead);
}

export const editPlugin = {
  name: "edits",
  setup(bundler) {
    for (const file of new Set(edits.map((edit) => edit.file))) {
      bundler.onLoad({ filter: new RegExp(`/${file.replaceAll(".", "\\.")}$`) }, ({ path }) => {
        const own = edits.filter((edit) => edit.file === file);
        return { contents: own.reduce(applyEdit, readFileSync(path, "utf8")) };
      });
    }
  },
};
