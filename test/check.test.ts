import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
let copy = "";

/** A copy of the project that things can be broken in. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "sipnav-check-"));
  for (const name of ["src", "bin", "package.json", "tsconfig.json", ".biome.json", ".gitignore"]) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  for (const name of ["structure.test.ts", "vitest.config.mts", "reporter.mjs"]) {
    cpSync(join(root, "test", name), join(copy, "test", name));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function check(script: string): { passed: boolean; said: string } {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script], {
    cwd: copy,
    encoding: "utf8",
  });
  return { passed: status === 0, said: stdout + stderr };
}

function changed(name: string, change: (text: string) => string, look: () => void): void {
  const path = join(copy, name);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, change(text));
  try {
    look();
  } finally {
    writeFileSync(path, text);
  }
}

describe("the checks can fail", { timeout: 300_000 }, () => {
  test("structure: on an import that is not on the allow-list", () => {
    expect(check("check:structure")).toMatchObject({ passed: true });
    changed(
      "src/core/money.ts",
      (text) => `import { account } from "../domain/account.ts";\n${text}`,
      () => {
        const { passed, said } = check("check:structure");
        expect(passed).toBe(false);
        expect(said).toContain("core/money.ts → domain/account.ts");
      },
    );
  });

  test("generated: on a file that is stale", () => {
    expect(check("check:generated")).toMatchObject({ passed: true });
    changed(
      "src/contract/openapi.yaml",
      (text) => text.replace("operationId: listAccounts", "operationId: listEveryAccount"),
      () => {
        const { passed, said } = check("check:generated");
        expect(passed).toBe(false);
        expect(said).toContain("routes.ts is stale");
      },
    );
  });

  test("types: on a call that the embedded platform does not answer", () => {
    const answered = /\n(\s*)lookupLrn\b/;
    const place = spawnSync("grep", ["-rlE", "lookupLrn\\b", join(copy, "src", "sandbox")], {
      encoding: "utf8",
    });
    const [path = ""] = place.stdout.trim().split("\n");
    changed(
      path.slice(copy.length + 1),
      (text) => text.replace(answered, "\n$1lookupLrnNoMore"),
      () => {
        const { passed, said } = check("check:types");
        expect(passed).toBe(false);
        expect(said).toContain("lookupLrn");
      },
    );
  });

  test("lint: on code that breaks a rule", () => {
    expect(check("check:lint").said).not.toContain("noExplicitAny");
    const path = join(copy, "src", "core", "odd.ts");
    appendFileSync(path, "export const odd: any = 1;\n");
    const { passed, said } = check("check:lint");
    expect(passed).toBe(false);
    expect(said).toContain("noExplicitAny");
    rmSync(path);
  });
});
