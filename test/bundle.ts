import { buildSync } from "esbuild";

/**
 * Bundles a program that a test runs as another process; answers its path.
 * @param resolveDir the folder that its imports start from
 */
export function bundleProgram(contents: string, resolveDir: string, outfile: string): string {
  buildSync({
    stdin: { contents, resolveDir },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return outfile;
}
