import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { topics } from "../../src/cli/topics.ts";

const src = join(import.meta.dirname, "../../src");

/** Variables that a source reads: from an environment by name, taken apart, or named in a text. */
function variablesOf(source: string): string[] {
  const named = [...source.matchAll(/\benv(?:ironment)?\??\.([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name);
  const taken = [...source.matchAll(/\{([^{}]*)\}(?: = [\w.]*environment\b|: (?:Proxy)?Environment\b)/g)];
  const parts = taken.flatMap(([, names = ""]) => names.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []);
  const quoted = [...source.matchAll(/"((?:SIPNAV|XDG|NODE|SSL)_[A-Z_]+)"/g)].map(([, name]) => name);
  const proxies = [...source.matchAll(/"(\w+_proxy)"/g)].map(([, name]) => name?.toUpperCase());
  return [...named, ...parts, ...quoted, ...proxies].filter((name) => name !== undefined);
}

test("help environment names every variable that is read, and none that is not", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const sources = files
    .filter((name) => !name.endsWith("topics.ts"))
    .map((name) => readFileSync(join(src, name), "utf8"));
  const read = new Set(sources.flatMap(variablesOf));
  // The scheme's own proxy variables are put together from the URL; the others are for tests, or set for a library.
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY"]) read.add(name);
  for (const name of ["SIPNAV_TEST_TITLE", "FORCE_COLOR"]) read.delete(name);
  const told = topics.environment?.text([]).match(/\b[A-Z][A-Z_]{3,}\b|\bCI\b/g) ?? [];
  const words = new Set(["ASCII"]);
  expect([...new Set(told)].filter((name) => !words.has(name)).sort()).toEqual([...read].sort());
});
