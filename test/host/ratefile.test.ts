import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRateFile } from "../../src/host/ratefile.ts";

function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "sipnav-ratefile-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "rates", "default.json");
}

const addOne = (text: string | undefined) => String(Number(text ?? 0) + 1);

test("no change of many at once is lost, and only the owner can read the file", async () => {
  const path = freshPath();
  const files = Array.from({ length: 8 }, () => openRateFile(path));
  await Promise.all(files.flatMap((file) => Array.from({ length: 25 }, () => file.update(addOne))));
  expect(readFileSync(path, "utf8")).toBe("200");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a shorter text leaves nothing of a longer one", async () => {
  const file = openRateFile(freshPath());
  const seen: (string | undefined)[] = [];
  for (const text of ["ä longer text", "short", "a text in between"])
    await file.update((before) => {
      seen.push(before);
      return text;
    });
  await file.update((before) => before ?? "");
  await file.update((before) => {
    seen.push(before);
    return "";
  });
  expect(seen).toEqual([undefined, "ä longer text", "short", "a text in between"]);
});

test("a lock that a killed process left is removed after a second", async () => {
  const path = freshPath();
  await openRateFile(path).update(addOne);
  writeFileSync(`${path}.lock`, "half of a te");
  const startMs = performance.now();
  await openRateFile(path).update(addOne);
  expect(performance.now() - startMs).toBeGreaterThan(900);
  expect(readFileSync(path, "utf8")).toBe("2");
});

test("work of a process whose lock was taken over is done again", async () => {
  const path = freshPath();
  await openRateFile(path).update(addOne);
  let turns = 0;
  await openRateFile(path).update((text) => {
    turns++;
    if (turns === 1) {
      // Another process finds the lock old, removes it, and is killed while it makes its own change.
      rmSync(`${path}.lock`);
      writeFileSync(`${path}.lock`, "half of a te");
    }
    return addOne(text);
  });
  expect(turns).toBe(2);
  expect(readFileSync(path, "utf8")).toBe("2");
});

test("where there can be no file, the text is the process's own", async () => {
  const path = freshPath();
  mkdirSync(path, { recursive: true });
  const file = openRateFile(path);
  await file.update(addOne);
  let seen: string | undefined;
  await file.update((text) => {
    seen = text;
    return addOne(text);
  });
  expect(seen).toBe("1");
  expect(statSync(`${path}.lock`, { throwIfNoEntry: false })).toBeUndefined();
});

test("what the change throws comes through, and leaves no lock", async () => {
  const path = freshPath();
  const broken = openRateFile(path).update(() => {
    throw new RangeError("no");
  });
  await expect(broken).rejects.toThrow(RangeError);
  expect(statSync(`${path}.lock`, { throwIfNoEntry: false })).toBeUndefined();
});

test("a symbolic link is not followed: it could lead to a stranger's file", async () => {
  const path = freshPath();
  mkdirSync(dirname(path));
  const other = join(dirname(path), "other.txt");
  writeFileSync(other, "41");
  symlinkSync(other, path);
  const file = openRateFile(path);
  await file.update(addOne);
  await file.update((text) => {
    expect(text).toBe("1");
    return "2";
  });
  expect(readFileSync(other, "utf8")).toBe("41");
});
