#!/usr/bin/env node
// Bundles src/ to dist/, as CommonJS, which starts fastest. Our own code is in parts, so that everyday commands read
// what they run; each heavy library is a chunk of its own that is read when the code that imports it first runs.
// tui.cjs has Ink in it. front.cjs answers help and completion alone.
import { copyFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chunkName, chunkPlugin, chunks, editPlugin, emptyPlugin, latePlugin } from "./libraries.mjs";
import { divide } from "./parts.mjs";
import { warm } from "./warm.mjs";

const root = new URL("..", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const program = at("src/main.ts");
/** A test bundles a program of its own, from another entry to another folder. */
const [target = at("dist"), entry = program] = process.argv.slice(2).map((path) => resolve(path));
/** Beside the target, whose place it takes when it is whole. */
const outdir = join(dirname(target), `.${basename(target)}-${process.pid}`);
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));

const common = {
  absWorkingDir: at("."),
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  outdir,
  outExtension: { ".js": ".cjs" },
  external: ["keytar"],
  inject: [at("bin/intl.mjs")],
  define: { "Intl.ListFormat": "LateListFormat", "Intl.Segmenter": "GraphemeSegmenter" },
  logLevel: "warning",
};

/** For bundles that hold no ES module: where a library asks where it lies. */
const ownPath = { ...common.define, "import.meta.url": "__filename" };

const { parts, handOut, pluginOf } = await divide(at("."), entry, common);

// Our own code, part by part.
for (const part of parts) {
  const own = part === "main.cjs" ? `export * from ${JSON.stringify(entry)};` : "";
  await build({
    ...common,
    stdin: { contents: own + handOut(part), resolveDir: at(".") },
    outfile: join(outdir, part),
    outdir: undefined,
    plugins: [pluginOf(part), chunkPlugin, emptyPlugin, editPlugin, latePlugin],
    minifyWhitespace: true,
    minifySyntax: true,
    // React's quick self.
    define: { ...ownPath, "process.env.NODE_ENV": '"production"' },
  });
}
// The heavy libraries.
await build({
  ...common,
  entryPoints: Object.fromEntries(chunks.map((library) => [chunkName(library), library])),
  plugins: [emptyPlugin, editPlugin, latePlugin],
  minify: true,
});

/** What a bundle of these lines exports. */
async function evaluate(contents) {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: at("src"), loader: "ts" },
    plugins: [chunkPlugin, emptyPlugin],
    define: ownPath,
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
  key === "fields" && Array.isArray(value)
    ? value.map(({ name, label, writable }) => ({ name, label, writable }))
    : value,
);
await build({
  ...common,
  stdin: {
    contents: `
      import { answer } from "./cli/front.ts";
      import { quickHost } from "./host/quick.ts";
      import { version } from "../package.json";
      export const main = (words) =>
        answer(words, quickHost(process), JSON.parse(${JSON.stringify(data)}), version);`,
    resolveDir: at("src"),
    loader: "js",
  },
  outfile: join(outdir, "front.cjs"),
  outdir: undefined,
  plugins: [chunkPlugin, emptyPlugin, latePlugin],
  define: ownPath,
  minify: true,
});

copyFileSync(at("bin/start.cjs"), join(outdir, "start.cjs"));
if (entry === program) await warm(outdir);
rmSync(target, { recursive: true, force: true });
renameSync(outdir, target);
