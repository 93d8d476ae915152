// Which file of dist/ holds which file of ours.
import { relative, resolve } from "node:path";
import { build } from "esbuild";

/** Besides the entry: what it loads for everyday commands. */
const everydayEntries = ["src/cli/line.ts", "src/api/client.ts", "src/view/data.ts"];

/**
 * Divides our own code: main.cjs is what everyday commands run; a room that is used by itself is a part of its own, and seldom.cjs is the rest.
 */
export async function divide(root, entry, options) {
  const scan = {
    ...options,
    entryPoints: [entry],
    format: "esm",
    packages: "external",
    write: false,
    metafile: true,
  };
  const { inputs } = (await build(scan)).metafile;
  const importsOf = (name) => inputs[name]?.imports.filter(({ path }) => path in inputs) ?? [];
  const everyday = new Set([relative(root, entry), ...everydayEntries]);
  for (const name of everyday) {
    for (const { path, kind } of importsOf(name)) if (kind === "import-statement") everyday.add(path);
  }
  const partOf = (name) =>
    everyday.has(name) ? "main.cjs" : `${/^src\/(sandbox|tui)\//.exec(name)?.[1] ?? "seldom"}.cjs`;
  const edges = Object.keys(inputs).flatMap((from) =>
    importsOf(from).map(({ path }) => ({ from, to: path })),
  );
  const crossing = edges.filter(({ from, to }) => partOf(from) !== partOf(to)).map(({ to }) => to);
  return {
    parts: [...new Set(["main.cjs", ...crossing.map(partOf)])],
    /** A line that hands out the files of a part that other parts need, each when it is asked for. */
    handOut(part) {
      const names = new Set(crossing.filter((name) => partOf(name) === part));
      const getters = [...names].map((name) => {
        return `get ${JSON.stringify(name)}() { return require(${JSON.stringify(resolve(root, name))}); }`;
      });
      return `export const files = { ${getters.join(", ")} };`;
    },
    /** In a part, a file of another part is the one that is there: there are no two of anything. */
    pluginOf: (part) => ({
      name: "parts",
      setup(bundler) {
        bundler.onResolve({ filter: /^\..*\.tsx?$/ }, ({ path, resolveDir }) => {
          const name = relative(root, resolve(resolveDir, path));
          if (partOf(name) === part) return undefined;
          return { path: name, namespace: "parts" };
        });
        bundler.onResolve({ filter: /\.cjs$/, namespace: "parts" }, ({ path }) => ({ path, external: true }));
        bundler.onLoad({ filter: /.*/, namespace: "parts" }, ({ path }) => ({
          contents: `module.exports = require("./${partOf(path)}").files[${JSON.stringify(path)}];`,
        }));
      },
    }),
  };
}
