import { appendFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal, readJournal } from "../../src/host/journal.ts";
import { readLines, writeLines } from "../../src/host/lines.ts";
import { temporaryFolder } from "./desk.ts";

const place = () => join(temporaryFolder(), "journal.ndjson");

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test("a line is in the file when its append resolves, in the order of the calls", async () => {
  const path = place();
  const journal = await openJournal(path);
  journal.add({ n: 0 });
  await journal.append({ n: 1 });
  expect(await all(readJournal(path))).toEqual([{ n: 0 }, { n: 1 }]);
  await Promise.all(Array.from({ length: 100 }, (_, n) => journal.append({ n: n + 2 })));
  expect(await all(readJournal(path))).toEqual(Array.from({ length: 102 }, (_, n) => ({ n })));
  await journal.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a line that nobody waits for is there after a flush, and after the close", async () => {
  const path = place();
  const journal = await openJournal(path);
  journal.add({ n: 1 });
  await journal.flush();
  expect(readFileSync(path, "utf8")).toBe('{"n":1}\n');
  journal.add({ n: 2 });
  await journal.close();
  expect(readFileSync(path, "utf8")).toBe('{"n":1}\n{"n":2}\n');
});

test.each(['{"n":2', '{"n":"é', "\0\0\0"])(
  "a torn last line is cut off, and the next one is whole: %j",
  async (torn) => {
    const path = place();
    writeFileSync(path, '{"n":1}\n');
    appendFileSync(path, Buffer.from(torn).subarray(0, -1));
    expect(await all(readJournal(path))).toEqual([{ n: 1 }]);
    const journal = await openJournal(path);
    await journal.append({ n: 3 });
    await journal.close();
    expect(await all(readJournal(path))).toEqual([{ n: 1 }, { n: 3 }]);
  },
);

test("a damaged line is an error that names it", async () => {
  const path = place();
  writeFileSync(path, '{"n":1}\nnonsense\n{"n":3}\n');
  await expect(all(readJournal(path))).rejects.toMatchObject({
    kind: "config",
    message: expect.stringContaining(`${path}:2`),
  });
});

test("a full disk fails the line and all later ones, naming the file", async () => {
  const journal = await openJournal("/dev/full");
  const failure = { kind: "config", message: expect.stringContaining("/dev/full: no space is left") };
  await expect(journal.append({ n: 1 })).rejects.toMatchObject(failure);
  await expect(journal.append({ n: 2 })).rejects.toMatchObject(failure);
  journal.add({ n: 3 });
  await expect(journal.flush()).rejects.toMatchObject(failure);
  await journal.close();
});

test("a symbolic link is not followed", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "other"), "");
  symlinkSync(join(folder, "other"), join(folder, "journal"));
  await expect(openJournal(join(folder, "journal"))).rejects.toMatchObject({ kind: "config" });
});

test("lines come back as they were written, however long, and the file has its name only at the end", async () => {
  const path = place();
  const lines = ["", "é".repeat(70_000), "x".repeat(64 * 1024 - 1), "last"];
  const file = await writeLines(path);
  for (const line of lines) await file.write(line);
  expect(await all(readLines(path))).toEqual([]);
  await file.close();
  expect(await all(readLines(path))).toEqual(lines);
});
