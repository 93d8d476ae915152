import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openWorld } from "../world.ts";

/** Commands that a person is told of in a sentence, and what a program gets in its place. */
const deeds = [
  [["profiles", "add", "lab"], { profile: "lab" }],
  [["profiles", "use", "sandbox"], { profile: "sandbox" }],
  [["auth", "switch", "default"], { profile: "default" }],
  [["config", "set", "zone", "Asia/Tokyo"], { key: "zone", value: "Asia/Tokyo" }],
  [["config", "set", "zone", "--unset"], { key: "zone", value: null }],
  [["profiles", "remove", "lab", "--yes"], { profile: "lab", unrevoked: null, used: "default" }],
  [["sandbox", "reset", "--yes"], { sandbox: "of profile sandbox", state: "reset" }],
  [["auth", "reset-password", "--username", "ada"], { username: "ada", state: "mailed" }],
  [["logout"], { profile: "default", was_open: true, unrevoked: null }],
  [["login", "--sandbox"], { profile: "sandbox", platform: "http://sandbox.localhost", store: "keychain" }],
] as const;

describe("a command that answers with a sentence", () => {
  test("answers a program with one valid document, and a person with the sentence alone", async () => {
    const world = await openWorld();
    for (const [words, row] of deeds) expect(await world.json(...words)).toMatchObject(row);
    expect(await world.json("profiles", "use", "default")).toEqual({ profile: "default" });
    const plain = await world.run("profiles", "use", "default");
    expect(plain).toEqual({ code: 0, out: "", err: "Profile default is used from now on.\n" });
    const forms = {
      csv: "profile\ndefault\n",
      yaml: "profile: default\n",
      ndjson: '{"profile":"default"}\n',
    };
    for (const [form, out] of Object.entries(forms)) {
      expect(await world.run("profiles", "use", "default", "-o", form)).toMatchObject({ code: 0, out });
    }
    const file = join(world.home, "template.csv");
    expect(await world.json("accounts", "import", "--template", file)).toEqual({ template: file });
  });

  test("obeys the settings' form of results", async () => {
    const world = await openWorld({ environment: { SIPNAV_OUTPUT: "json" } });
    const { out } = await world.run("profiles", "add", "lab");
    expect(JSON.parse(out)).toEqual({ profile: "lab" });
  });
});

describe("a command that answers with one value", () => {
  test("prints it whole and by itself, on a narrow terminal as in a pipe", async () => {
    const wide = await openWorld({ columns: 40 });
    const { token } = await wide.json<{ token: string }>("auth", "token");
    expect(token.length).toBeGreaterThan(80);
    expect((await wide.run("auth", "token")).out).toBe(`${token}\n`);
    expect((await wide.run("config", "get", "baseUrl")).out).toBe(`${wide.sandbox.url}\n`);
    expect(await wide.json("config", "get", "zone")).toEqual({ value: "UTC", key: "zone" });
    const piped = await openWorld();
    expect((await piped.run("auth", "token")).out).toMatch(/^eyJ[\w.-]+\n$/);
    expect((await piped.run("auth", "token", "-o", "ids")).out).toMatch(/^eyJ[\w.-]+\n$/);
  });
});
