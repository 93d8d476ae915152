import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { fileSecrets } from "../../src/host/secretfile.ts";
import { filesBelow, temporaryFolder } from "./desk.ts";

// A passphrase is made slow to guess.
vi.setConfig({ testTimeout: 90_000 });

function openStore(folder: string, passphrase?: string) {
  const notices: string[] = [];
  const notice = (text: string) => void notices.push(text);
  return { store: fileSecrets({ folder: () => folder, passphrase, notice }), notices };
}

const pathIn = (folder: string) => join(folder, "credentials.json");

test("keeps secrets in a file that only its owner reads, and removes it with the last one", async () => {
  const folder = join(temporaryFolder(), "sipnav");
  const { store, notices } = openStore(folder);
  expect(await store.get("session:a")).toBeUndefined();
  await store.set("session:a", "one");
  await store.set("session:b", "two");
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(pathIn(folder)).mode & 0o777).toBe(0o600);
  expect([await store.get("session:a"), await store.get("session:b")]).toEqual(["one", "two"]);
  await store.delete("session:a");
  expect(await store.get("session:a")).toBeUndefined();
  await store.delete("session:b");
  expect([...filesBelow(folder).keys()]).toEqual([]);
  expect(notices).toEqual([]);
});

test("no name of a secret is taken for a property of every object", async () => {
  const { store } = openStore(temporaryFolder());
  await store.set("a", "one");
  expect(await store.get("constructor")).toBeUndefined();
});

test("twenty writers at once lose nothing", async () => {
  const folder = temporaryFolder();
  const names = Array.from({ length: 20 }, (_, index) => `session:p${index}`);
  await Promise.all(names.map((name) => openStore(folder).store.set(name, name)));
  const { store } = openStore(folder);
  expect(await Promise.all(names.map((name) => store.get(name)))).toEqual(names);
  expect([...filesBelow(folder).keys()]).toEqual([pathIn(folder)]);
});

test("a folder and a file that others can read are closed, and of the file that is said", async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const { store, notices } = openStore(folder);
  await store.set("a", "one");
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  chmodSync(pathIn(folder), 0o644);
  expect(await store.get("a")).toBe("one");
  expect(statSync(pathIn(folder)).mode & 0o777).toBe(0o600);
  expect(notices).toEqual([expect.stringMatching(/^Other users could read .* log out, and in again\.$/)]);
});

test("a symbolic link is refused, for reading and for writing", async () => {
  const folder = temporaryFolder();
  const stranger = join(temporaryFolder(), "stranger.json");
  writeFileSync(stranger, '{"version":1,"secrets":{"a":"theirs"}}', { mode: 0o600 });
  symlinkSync(stranger, pathIn(folder));
  const { store } = openStore(folder);
  const refusal = {
    kind: "config",
    message: expect.stringContaining("symbolic link"),
    facts: { hint: expect.stringContaining("SIPNAV_HOME=") },
  };
  await expect(store.get("a")).rejects.toMatchObject(refusal);
  await expect(store.set("a", "mine")).rejects.toMatchObject(refusal);
  expect(readFileSync(stranger, "utf8")).toContain("theirs");
});

test("a dangling link is refused too", async () => {
  const folder = temporaryFolder();
  symlinkSync(join(folder, "nowhere"), pathIn(folder));
  await expect(openStore(folder).store.set("a", "mine")).rejects.toMatchObject({ kind: "config" });
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});

test.each(["", "not json", "[]", '{"version":1,"secrets":{"a":1}}', '{"version":2,"secrets":{}}'])(
  "a file with %j is named and left as it is",
  async (text) => {
    const folder = temporaryFolder();
    writeFileSync(pathIn(folder), text, { mode: 0o600 });
    const { store } = openStore(folder);
    const refusal = { kind: "config", message: expect.stringContaining(pathIn(folder)) };
    await expect(store.get("a")).rejects.toMatchObject(refusal);
    await expect(store.set("a", "mine")).rejects.toMatchObject(refusal);
    expect(readFileSync(pathIn(folder), "utf8")).toBe(text);
  },
);

test("a folder in the file's place is told", async () => {
  const folder = temporaryFolder();
  mkdirSync(pathIn(folder));
  await expect(openStore(folder).store.get("a")).rejects.toMatchObject({ kind: "config" });
});

test("a passphrase encrypts the file, and only it opens it", async () => {
  const folder = temporaryFolder();
  await openStore(folder).store.set("session:a", "plain-secret");
  expect(readFileSync(pathIn(folder), "utf8")).toContain("plain-secret");
  await openStore(folder, "correct horse").store.set("session:b", "other-secret");
  const sealed = readFileSync(pathIn(folder), "utf8");
  expect(sealed).not.toMatch(/secret"|session:|correct/);
  const { store } = openStore(folder, "correct horse");
  expect([await store.get("session:a"), await store.get("session:b")]).toEqual([
    "plain-secret",
    "other-secret",
  ]);
  const hint = { hint: expect.stringContaining("SIPNAV_PASSPHRASE") };
  await expect(openStore(folder).store.get("session:a")).rejects.toMatchObject({
    kind: "config",
    facts: hint,
  });
  await expect(openStore(folder, "wrong").store.set("x", "y")).rejects.toMatchObject({
    kind: "config",
    facts: hint,
  });
  expect(readFileSync(pathIn(folder), "utf8")).toBe(sealed);
});

test("a changed bit of an encrypted file is noticed", async () => {
  const folder = temporaryFolder();
  await openStore(folder, "pass").store.set("a", "one");
  const content = JSON.parse(readFileSync(pathIn(folder), "utf8"));
  const bytes = Buffer.from(content.sealed, "base64");
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  writeFileSync(pathIn(folder), JSON.stringify({ ...content, sealed: bytes.toString("base64") }));
  await expect(openStore(folder, "pass").store.get("a")).rejects.toMatchObject({ kind: "config" });
});
