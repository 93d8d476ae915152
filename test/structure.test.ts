import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const src = join(root, "src");

/** Room → the rooms it may import, itself aside. The allow-list of the house; arrows only downwards. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "main.ts": ["cli", "tui", "commands", "services", "api", "sheets", "host", "view", "sandbox", "core"],
  cli: ["commands", "view", "host", "domain", "core"],
  tui: ["commands", "view", "host", "domain", "core"],
  commands: ["services", "api", "host", "view", "sandbox", "telecom", "domain", "contract", "core"],
  services: ["api", "sheets", "host", "telecom", "domain", "contract", "core"],
  view: ["domain", "core"],
  api: ["contract", "core"],
  sheets: ["domain", "core"],
  host: ["core"],
  sandbox: ["contract", "domain", "telecom", "core"],
  telecom: ["domain", "core"],
  domain: ["core"],
  contract: ["core"],
  core: [],
};

/** Package → the only room that knows it. */
const knownOnlyTo: Readonly<Record<string, string>> = {
  got: "api",
  "csv-parse": "sheets",
  exceljs: "sheets",
  keytar: "host",
  conf: "host",
  chalk: "view",
  commander: "cli",
  ink: "tui",
  react: "tui",
  hono: "sandbox",
  "@hono/node-server": "sandbox",
};

/** Of the room below, commands see nothing but the blocks. */
const onlyFile: Readonly<Record<string, string>> = { "commands→view": "view/blocks.ts" };

interface Import {
  readonly from: string;
  readonly room: string;
  readonly target: string;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(path: string): Import[] {
  const from = relative(src, path);
  const room = from.split("/")[0] ?? "";
  const { importedFiles } = ts.preProcessFile(readFileSync(path, "utf8"), true, true);
  return importedFiles.map(({ fileName }) => ({
    from,
    room,
    target: fileName.startsWith(".") ? relative(src, resolve(path, "..", fileName)) : fileName,
  }));
}

function broken({ room, target }: Import): boolean {
  const allowed = mayImport[room];
  if (allowed === undefined) return true;
  const isOwn = /\.(tsx?|json)$/.test(target);
  if (!isOwn) {
    const name = target.startsWith("@") ? target.split("/").slice(0, 2).join("/") : target.split("/")[0];
    const owner = knownOnlyTo[name ?? ""];
    return owner !== undefined && owner !== room;
  }
  const targetRoom = target.split("/")[0] ?? "";
  if (targetRoom === room) return false;
  const only = onlyFile[`${room}→${targetRoom}`];
  return !allowed.includes(targetRoom) || (only !== undefined && only !== target);
}

const files = filesBelow(src);
const imports = files.flatMap(importsOf);

describe("the house", () => {
  test("every import is on the allow-list", () => {
    expect(imports.length).toBeGreaterThan(20);
    expect(imports.filter(broken).map(({ from, target }) => `${from} → ${target}`)).toEqual([]);
  });

  test("the allow-list refuses what it should", () => {
    expect(broken({ from: "core/x.ts", room: "core", target: "domain/noun.ts" })).toBe(true);
    expect(broken({ from: "cli/x.ts", room: "cli", target: "got" })).toBe(true);
    expect(broken({ from: "commands/x.ts", room: "commands", target: "view/text.ts" })).toBe(true);
    expect(broken({ from: "api/x.ts", room: "api", target: "got" })).toBe(false);
  });

  test("no file imports itself in a circle", () => {
    const edges = new Map<string, Import[]>();
    for (const entry of imports) {
      if (/\.tsx?$/.test(entry.target)) edges.set(entry.from, [...(edges.get(entry.from) ?? []), entry]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (done.has(file) || path.includes(file)) return;
      for (const { target } of edges.get(file) ?? []) walk(target, [...path, file]);
      done.add(file);
    };
    for (const file of edges.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  test("hand-written files stay short and have plain names", () => {
    const generated = new Set(["contract/schema.ts", "contract/routes.ts"]);
    const hand = files.map((path) => relative(src, path)).filter((name) => !generated.has(name));
    const long = hand.filter((name) => readFileSync(join(src, name), "utf8").split("\n").length > 400);
    const vague = hand.filter((name) =>
      /(^|\/)(utils?|helpers?|common|manager|base|index)\.tsx?$/.test(name),
    );
    expect({ long, vague }).toEqual({ long: [], vague: [] });
  });

  test("the top level holds only what it should", () => {
    const allowed = new Set(["bin", "src", "test", "package.json", "package-lock.json", "tsconfig.json"]);
    for (const name of ["README.md", "LICENSE", "CHANGELOG.md", "dist", "node_modules"]) allowed.add(name);
    const strangers = readdirSync(root).filter((name) => !name.startsWith(".") && !allowed.has(name));
    expect(strangers).toEqual([]);
  });

  test("no module mock, no test that is skipped or alone", () => {
    const forbidden = /\b(?:vi|jest)\.(?:do)?mock\(|\b(?:test|it|describe)\.(?:skip|only|todo)\(/;
    const found = filesBelow(join(root, "test"))
      .filter((path) => !path.endsWith("structure.test.ts"))
      .filter((path) => forbidden.test(readFileSync(path, "utf8")));
    expect(found).toEqual([]);
  });
});
