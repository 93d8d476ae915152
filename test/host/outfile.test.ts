import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkOutFile, openOutFile, writeOutFile } from "../../src/host/outfile.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sipnav-out-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a result is written whole, for its owner only, with nothing left beside", async () => {
  const path = join(folder, "calls.csv");
  await writeOutFile(path, "a,b\n", false);
  expect(readFileSync(path, "utf8")).toBe("a,b\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["calls.csv"]);
});

test("a file that is there is refused, and replaced on request", async () => {
  const path = join(folder, "calls.csv");
  writeFileSync(path, "old");
  for (const refused of [checkOutFile(path, false), writeOutFile(path, "new", false)]) {
    await expect(refused).rejects.toMatchObject({ kind: "usage", facts: { hint: "--force replaces it." } });
  }
  expect(readFileSync(path, "utf8")).toBe("old");
  await checkOutFile(path, true);
  await writeOutFile(path, "new", true);
  expect(readFileSync(path, "utf8")).toBe("new");
});

test("a symbolic link stays one, and its file is replaced", async () => {
  const [path, link] = [join(folder, "real"), join(folder, "link")];
  writeFileSync(path, "old");
  symlinkSync(path, link);
  await expect(checkOutFile(link, false)).rejects.toMatchObject({ kind: "usage" });
  await writeOutFile(link, "new", true);
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["link", "real"]);
});

test.each([
  ["a folder", () => folder, "it is a folder"],
  ["a path without its folder", () => join(folder, "no", "x.csv"), "no such file"],
  ["a path through a file", () => join(import.meta.filename, "x"), "a part of the path is not a folder"],
])("%s is refused before anything is sent", async (_, path, reason) => {
  await expect(checkOutFile(path(), true)).rejects.toMatchObject({
    kind: "usage",
    message: expect.stringContaining(reason),
  });
});

test("a device is written to as it is, and no space left is told", async () => {
  await writeOutFile("/dev/null", "x", false);
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  await expect(writeOutFile("/dev/full", "x", false)).rejects.toMatchObject({
    kind: "truncated",
    message: "Cannot write /dev/full: no space is left on the device.",
  });
});

test("a result that comes in parts has its name only when it is whole", async () => {
  const path = join(folder, "calls.csv");
  const file = await openOutFile(path, false);
  await file.write("a,");
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^calls\.csv\.\w+\.new$/)]);
  await file.write(Buffer.from("b\n"));
  await file.finish();
  expect(readdirSync(folder)).toEqual(["calls.csv"]);
  expect(readFileSync(path, "utf8")).toBe("a,b\n");
});

test("a result that is given up leaves nothing, and the old file as it was", async () => {
  const path = join(folder, "calls.csv");
  writeFileSync(path, "old");
  const file = await openOutFile(path, true);
  await file.write("new");
  await file.abandon();
  expect(readdirSync(folder)).toEqual(["calls.csv"]);
  expect(readFileSync(path, "utf8")).toBe("old");
});

test("a file that turns up while a result is written is not replaced", async () => {
  const path = join(folder, "calls.csv");
  const file = await openOutFile(path, false);
  await file.write("mine");
  writeFileSync(path, "theirs");
  await expect(file.finish()).rejects.toMatchObject({
    kind: "usage",
    facts: { hint: "--force replaces it." },
  });
  await file.abandon();
  expect(readdirSync(folder)).toEqual(["calls.csv"]);
  expect(readFileSync(path, "utf8")).toBe("theirs");
});

test("a folder that vanishes is told", async () => {
  const inner = join(folder, "inner");
  mkdirSync(inner);
  const file = await openOutFile(join(inner, "x.csv"), false);
  rmSync(inner, { recursive: true });
  await file.write("x");
  await expect(file.finish()).rejects.toMatchObject({ kind: "truncated" });
  await file.abandon();
});
