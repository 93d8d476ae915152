import { describe, expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import type { SecretStore } from "../../src/host/secrets.ts";
import { filesBelow, openDesk } from "../host/desk.ts";
import { command, list, login, loginTo, openLoggedIn, openPlatform } from "./platform.ts";

const failingKeychain: SecretStore = {
  name: "keychain",
  get: async () => {
    throw new SipnavError("keychain", "The system's keychain cannot be used: it is locked.");
  },
  set: async () => undefined,
  delete: async () => undefined,
};

describe("where the session is kept", () => {
  test("the keychain, when it works", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox, {}, { store: undefined });
    expect((await desk.run(command("auth status")))[0]).toMatchObject({ source: "keychain", state: "open" });
    expect([...filesBelow(desk.home).values()].join()).not.toMatch(/eyJ/);
  });

  test("without a keychain a person is asked once, and the choice holds for every profile", async () => {
    const sandbox = await openPlatform();
    const options = { keychain: failingKeychain, stdin: sandbox.password, answers: ["file"] };
    const desk = await openLoggedIn(sandbox, options, { store: undefined });
    expect(desk.questions).toEqual([expect.stringContaining("it is locked")]);
    await desk.run(login, { ...loginTo(sandbox), store: undefined }, { profile: "lab" });
    expect(desk.questions).toHaveLength(1);
    expect((await desk.run(command("auth status")))[0]).toMatchObject({ profile: "lab", source: "file" });
  });

  test("without a keychain and with nobody to ask, the error names the way; nothing was sent", async () => {
    const sandbox = await openPlatform();
    const desk = openDesk({ keychain: failingKeychain, stdin: sandbox.password });
    const refusal = { kind: "keychain", exitCode: 3 };
    await expect(desk.run(login, { ...loginTo(sandbox), store: undefined })).rejects.toMatchObject(refusal);
    expect(sandbox.requests()).toEqual([]);
  });

  test("memory ends with the process; moving to another store leaves nothing behind", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox, {}, { store: "file", remember: true });
    await desk.run(login, loginTo(sandbox, "memory"));
    expect(await desk.run(list)).toHaveLength(3);
    expect([...filesBelow(desk.home).values()].join()).not.toMatch(/eyJ/);
    await expect(openDesk({ home: desk.home }).run(list)).rejects.toMatchObject({ kind: "session" });
  });

  test("with a passphrase nothing can be read from the file", async () => {
    const sandbox = await openPlatform();
    const environment = { SIPNAV_PASSPHRASE: "correct horse" };
    const desk = await openLoggedIn(sandbox, { environment });
    expect([...filesBelow(desk.home).values()].join()).not.toMatch(/eyJ|correct horse/);
    expect(await openDesk({ home: desk.home, environment }).run(list)).toHaveLength(3);
    await expect(openDesk({ home: desk.home }).run(list)).rejects.toMatchObject({
      kind: "config",
      exitCode: 3,
    });
  }, 60_000);
});
