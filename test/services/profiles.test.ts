import { describe, expect, test } from "vitest";
import { configCommands } from "../../src/commands/config.ts";
import { profileCommands } from "../../src/commands/profiles.ts";
import { profileOf } from "../../src/services/profiles.ts";
import { readLayers } from "../../src/services/settings/layers.ts";
import { commandOf, openDesk } from "../host/desk.ts";

const command = (words: string) => commandOf([...profileCommands, ...configCommands], words);

describe("profiles", () => {
  test("are made, used, listed and removed", async () => {
    const { run, host } = openDesk({ answers: ["yes"] });
    const values = { name: "live", baseUrl: "https://voice.test/", zone: "Asia/Tokyo", readOnly: "yes" };
    await run(command("profiles add"), values);
    await run(command("profiles add"), { name: "lab", protected: "yes" });
    await run(command("profiles use"), { name: "live" });
    expect(profileOf(await readLayers(host, {}))).toMatchObject({
      name: "live",
      baseUrl: "https://voice.test",
      zone: "Asia/Tokyo",
      readOnly: true,
      protected: false,
    });
    const labels = command("profiles list").fields?.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(["Base URL", "Platform ID", "Read only", "CA file"]));
    const rows = await run(command("profiles list"));
    expect(rows.map(({ profile, used }) => [profile, used])).toEqual([
      ["default", false],
      ["lab", false],
      ["live", true],
      ["sandbox", false],
    ]);
    expect(rows[2]).toMatchObject({ zone: "Asia/Tokyo", readOnly: true, username: null });
    expect((await run(command("profiles remove"), { name: "live" }))[0]?.note).toContain("removed");
    expect(profileOf(await readLayers(host, {})).name).toBe("default");
    await expect(run(command("profiles remove"), { name: "live" }, { yes: true })).rejects.toMatchObject({
      kind: "profile",
    });
  });

  test("are not made twice, nor over a built-in one", async () => {
    const { run } = openDesk();
    await run(command("profiles add"), { name: "lab" });
    for (const name of ["lab", "sandbox", "default"]) {
      await expect(run(command("profiles add"), { name })).rejects.toMatchObject({
        kind: "conflict",
        exitCode: 7,
      });
    }
  });

  test("have plain names and checked values", async () => {
    const { run } = openDesk();
    for (const name of ["", "-x", "a.b", "../x", "a b", "__proto__"]) {
      await expect(run(command("profiles add"), { name })).rejects.toMatchObject({ exitCode: 2 });
    }
    const wrong = { name: "lab", baseUrl: "http://voice.test", zone: "Mars", platformId: "one" };
    await expect(run(command("profiles add"), wrong)).rejects.toMatchObject({
      kind: "validation",
      facts: { details: { length: 3 } },
    });
  });

  test("are removed only after a yes", async () => {
    const { run } = openDesk({ answers: ["no"] });
    await run(command("profiles add"), { name: "lab" });
    await expect(run(command("profiles remove"), { name: "lab" })).rejects.toMatchObject({ exitCode: 130 });
    await expect(run(command("profiles remove"), { name: "lab" })).rejects.toMatchObject({ kind: "usage" });
    expect(await run(command("profiles list"))).toHaveLength(3);
  });

  test("that are built in are not removed: they would be there again at once", async () => {
    const { run, questions } = openDesk({ answers: ["yes"] });
    await run(command("config set"), { key: "zone", value: "Asia/Tokyo" });
    for (const name of ["sandbox", "default"]) {
      await expect(run(command("profiles remove"), { name })).rejects.toMatchObject({
        kind: "usage",
        message: `Profile ${name} is built in: it cannot be removed.`,
        facts: { hint: expect.stringContaining(`sipnav logout --profile ${name}`) },
      });
    }
    expect(questions).toEqual([]);
    expect((await run(command("config get"), { key: "zone" }))[0]).toMatchObject({ value: "Asia/Tokyo" });
  });

  test("that nobody made are neither chosen nor given settings, whatever names them", async () => {
    const { run, home } = openDesk();
    await run(command("profiles add"), { name: "lab" });
    const refusal = { kind: "profile", exitCode: 3 };
    for (const [key, value] of [
      ["profile", "nosuch"],
      ["profiles.nosuch.zone", "UTC"],
    ]) {
      await expect(run(command("config set"), { key, value })).rejects.toMatchObject(refusal);
    }
    await expect(run(command("config get"), { key: "profiles.nosuch.zone" })).rejects.toMatchObject(refusal);
    for (const key of ["profiles", "profiles.lab.zoen"])
      await expect(run(command("config get"), { key })).rejects.toMatchObject({ kind: "validation" });
    const zone = { key: "zone", value: "UTC" };
    await expect(run(command("config set"), zone, { profile: "nosuch" })).rejects.toMatchObject(refusal);
    await expect(run(command("config set"), { key: "profile", value: "lob" })).rejects.toMatchObject({
      facts: { hint: expect.stringContaining("Did you mean lab?") },
    });
    const stale = openDesk({ home, environment: { SIPNAV_PROFILE: "nosuch" } });
    await expect(readLayers(stale.host, {}).then(profileOf)).rejects.toMatchObject({
      message: "There is no profile nosuch, which SIPNAV_PROFILE names.",
    });
    expect(await run(command("config list"))).toEqual([]);
  });

  test("that something goes before are chosen all the same, and that is told", async () => {
    const { run, home } = openDesk();
    await run(command("profiles add"), { name: "lab" });
    const desk = openDesk({ home, environment: { SIPNAV_PROFILE: "sandbox" } });
    await desk.run(command("profiles use"), { name: "lab" });
    expect(desk.notices).toEqual(["SIPNAV_PROFILE goes before that here: it names profile sandbox."]);
    expect((await run(command("config get"), { key: "profile" }))[0]).toMatchObject({ value: "lab" });
  });

  test("every setting of a profile can be given to profiles add", () => {
    const names = Object.keys(command("profiles add").parameters);
    expect(names).toEqual(
      expect.arrayContaining(["name", "baseUrl", "protected", "readOnly", "credentialCommand"]),
    );
  });
});
