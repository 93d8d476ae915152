import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configCommands } from "../../src/commands/config.ts";
import { locateJson } from "../../src/core/jsontext.ts";
import { profileOf } from "../../src/services/profiles.ts";
import { readLayers } from "../../src/services/settings/layers.ts";
import { settingNames, settings } from "../../src/services/settings/table.ts";
import { commandOf, openDesk, temporaryFolder } from "../host/desk.ts";

function deskWith(content: string | object, options: Parameters<typeof openDesk>[0] = {}) {
  const desk = openDesk(options);
  const path = desk.host.settings.path;
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return { ...desk, path, text, resolve: (flags = {}) => readLayers(desk.host, flags) };
}

const config = (words: string) => commandOf(configCommands, `config ${words}`);

function projectWith(content: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, ".sipnav.json"), content);
  return folder;
}

describe("where a value comes from", () => {
  test("flag > environment > project > profile > user > default", async () => {
    const content = { version: 1, profile: "u", store: "file", profiles: {} as Record<string, object> };
    for (const name of ["u", "p", "e", "f"]) content.profiles[name] = { username: name };
    content.profiles.f = { username: "f", store: "memory", zone: "Asia/Tokyo" };
    const nameOf = async (options: Parameters<typeof openDesk>[0], flags = {}) =>
      profileOf(await deskWith(content, options).resolve(flags)).name;
    const project = projectWith('{"profile":"p"}');
    const environment = { SIPNAV_PROFILE: "e" };
    expect(await nameOf({ project, environment }, { profile: "f" })).toBe("f");
    expect(await nameOf({ project, environment })).toBe("e");
    expect(await nameOf({ project, environment: { SIPNAV_PROFILE: "" } })).toBe("p");
    expect(await nameOf({})).toBe("u");
    expect(profileOf(await readLayers(openDesk().host, {}))).toMatchObject({
      name: "default",
      baseUrl: settings.baseUrl.default,
      zone: "UTC",
      protected: false,
    });
    const chosen = profileOf(await deskWith(content).resolve({ profile: "f" }));
    expect(chosen).toMatchObject({ store: "memory", zone: "Asia/Tokyo" });
    expect(profileOf(await deskWith(content).resolve({ profile: "e" })).store).toBe("file");
  });

  test("config explain names the place of every setting", async () => {
    const desk = deskWith(
      { version: 1, store: "file", profiles: { lab: { zone: "Asia/Tokyo", readOnly: true } } },
      { environment: { SIPNAV_PLATFORM_ID: "2" }, project: projectWith('{"output":"json"}') },
    );
    const rows = await desk.run(config("explain"), {}, { profile: "lab" });
    const source = Object.fromEntries(rows.map((row) => [row.key, [row.value, row.source]]));
    expect(Object.keys(source)).toEqual(settingNames);
    expect(source).toMatchObject({
      profile: ["lab", "--profile"],
      output: ["json", expect.stringMatching(/\.sipnav\.json$/)],
      store: ["file", "user settings"],
      platformId: ["2", "SIPNAV_PLATFORM_ID"],
      zone: ["Asia/Tokyo", "profile lab"],
      readOnly: [true, "profile lab"],
      protected: [false, "default"],
      username: [null, "not set"],
    });
    expect(await desk.run(config("explain"), { key: "zone" }, { profile: "lab" })).toHaveLength(1);
    await expect(desk.run(config("explain"), { key: "zoen" })).rejects.toMatchObject({
      message: expect.stringContaining("zone"),
    });
  });

  test("a wrong variable is named", async () => {
    const desk = openDesk({ environment: { SIPNAV_ZONE: "Mars/Base" } });
    await expect(readLayers(desk.host, {})).rejects.toMatchObject({
      kind: "config",
      message: expect.stringContaining("SIPNAV_ZONE"),
    });
  });

  test("without a home everything is as by default", async () => {
    const desk = openDesk({ home: undefined, environment: { SIPNAV_BASE_URL: "https://voice.test/" } });
    expect(profileOf(await readLayers(desk.host, {})).baseUrl).toBe("https://voice.test");
  });

  test("an unknown profile is told, with the nearest one", async () => {
    const { resolve } = deskWith({ version: 1, profiles: { billing: {} } });
    const layers = await resolve({ profile: "biling" });
    expect(() => profileOf(layers)).toThrow(
      expect.objectContaining({ kind: "profile", facts: { hint: expect.stringContaining("billing") } }),
    );
    const inherited = await resolve({ profile: "constructor" });
    expect(() => profileOf(inherited)).toThrow(expect.objectContaining({ kind: "profile" }));
  });
});

const wrong: readonly (readonly [string, string, number, string])[] = [
  ["broken JSON", '{\n  "profile": "a",\n  "store": file\n}', 3, "is not JSON"],
  ["cut JSON", '{\n  "profile": "a",\n', 3, "is not JSON"],
  ["a comma too many", '{\n  "profile": "a",\n}', 3, "is not JSON"],
  ["a key nobody knows", '{\n "profiles": {\n  "lab": {\n   "zoen": "UTC"\n }}}', 4, "did you mean zone"],
  ["a secret", '{\n "profiles": {"lab":\n  {"password": "x"}}}', 3, "no such setting"],
  ["a profile's key outside", '{\n "profile": "a",\n "zone": "UTC"}', 3, "belongs in a profile"],
  ["a user's key inside", '{"profiles": {"lab":\n {"output": "json"}}}', 2, "outside of profiles"],
  ["a wrong zone", '{"profiles": {"lab": {\n\n"zone": "Mars/Base"}}}', 3, "no such zone"],
  ["a plain http address", '{"profiles": {"lab": {\n"baseUrl": "http://voice.test"}}}', 2, "https://"],
  [
    "a password in an address",
    '{"profiles": {"lab": {\n"baseUrl": "https://a:b@voice.test"}}}',
    2,
    "https://",
  ],
  ["a wrong profile name", '{"profiles": {\n"__proto__": {}}}', 2, "begins with a letter"],
  ["a call nobody knows", '{"profiles": {"lab": {\n"endpoints": {"logon": "/x"}}}}', 2, "no such call"],
  ["a shell line", '{"profiles": {"lab": {\n"credentialCommand": "pass sip | head"}}}', 2, "no shell"],
  ["a list for a profile", '{"profiles": {\n"lab": []}}', 2, "are expected"],
];

describe("a settings file with", () => {
  test.each(wrong)("%s is named with its line and left as it is", async (_, text, line, words) => {
    const { path, resolve, run } = deskWith(text);
    const refusal = {
      kind: "config",
      exitCode: 3,
      message: expect.stringMatching(new RegExp(`${path}, line ${line}.*${words}`)),
    };
    await expect(resolve()).rejects.toMatchObject(refusal);
    await expect(run(config("set"), { key: "output", value: "json" })).rejects.toMatchObject(refusal);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("several faults has them all told", async () => {
    const { resolve } = deskWith('{"a": 1,\n"b": 2,\n"output": "pdf"}');
    const details = [1, 2, 3].map((row) => expect.objectContaining({ row }));
    await expect(resolve()).rejects.toMatchObject({ facts: { details } });
  });

  test.each(['{"version": 2}', '{"version": "x"}', "[]", "7"])("%s is another program's", async (text) => {
    const { path, resolve } = deskWith(text);
    await expect(resolve()).rejects.toMatchObject({ kind: "config", message: expect.stringContaining(path) });
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("no version is of the first release, and becomes one of today", async () => {
    const { path, resolve, run } = deskWith({ profile: "lab", profiles: { lab: { zone: "Asia/Tokyo" } } });
    expect(profileOf(await resolve())).toMatchObject({ name: "lab", zone: "Asia/Tokyo" });
    await run(config("set"), { key: "output", value: "json" });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      version: 1,
      profile: "lab",
      output: "json",
      profiles: { lab: { zone: "Asia/Tokyo" } },
    });
  });
});

test.each([
  '{"profile": "lab",\n "store": "file"}',
  '{"profile": "lab",\n "baseUrl": "https://evil.test"}',
  "{\n,}",
])("a project may not say %j", async (text) => {
  const project = projectWith(text);
  await expect(readLayers(openDesk({ project }).host, {})).rejects.toMatchObject({
    kind: "config",
    message: expect.stringContaining(`${join(project, ".sipnav.json")}, line 2`),
  });
});

describe("config", () => {
  test.each(config("set").examples)("takes its own example: %s", async (example) => {
    const { run } = deskWith({ version: 1, profile: "live", profiles: { live: {} } });
    const [key, value] = example.split(" ").slice(3);
    await run(config("set"), value === "--unset" ? { key, unset: true } : { key, value });
  });

  test("sets, gets, lists and takes out", async () => {
    const { run } = deskWith({ version: 1, profile: "lab", profiles: { lab: {}, live: {} } });
    const set = async (key: string, value: string) => run(config("set"), { key, value });
    await set("output", "json");
    await set("zone", "Asia/Tokyo");
    await set("profiles.live.readOnly", "yes");
    await set("endpoints.login", "/v2/login");
    await set("credentialCommand", '["pass", "show", "two words"]');
    const get = async (key: string) => (await run(config("get"), { key }))[0]?.value;
    expect(await get("zone")).toBe("Asia/Tokyo");
    expect(await get("endpoints.login")).toBe("/v2/login");
    expect(await get("profiles.live.readOnly")).toBe(true);
    expect(await get("protected")).toBe(false);
    expect(await run(config("list"))).toEqual([
      { key: "profile", value: "lab" },
      { key: "output", value: "json" },
      { key: "profiles.lab.zone", value: "Asia/Tokyo" },
      { key: "profiles.lab.endpoints.login", value: "/v2/login" },
      { key: "profiles.lab.credentialCommand", value: ["pass", "show", "two words"] },
      { key: "profiles.live.readOnly", value: true },
    ]);
    await run(config("set"), { key: "zone", unset: true });
    expect(await get("zone")).toBe("UTC");
  });

  test.each([
    ["zone", "Mars/Base"],
    ["zoen", "UTC"],
    ["output", "pdf"],
    ["password", "x"],
    ["version", "3"],
    ["profiles.lab.zone.deep", "x"],
    ["endpoints.login", "no-slash"],
    ["__proto__.x", "1"],
    ["profiles.__proto__.zone", "UTC"],
    ["endpoints.__proto__", "/x"],
    ["endpoints.constructor", "/x"],
    ["", "x"],
  ])("refuses %s = %s and changes nothing", async (key, value) => {
    const { run, path, text } = deskWith({ version: 1, profile: "lab", profiles: { lab: { zone: "UTC" } } });
    await expect(run(config("set"), { key, value })).rejects.toMatchObject({
      kind: "validation",
      exitCode: 2,
    });
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  test("wants a value or --unset, not both or none", async () => {
    const { run } = openDesk();
    await expect(run(config("set"), { key: "zone" })).rejects.toMatchObject({ kind: "usage" });
    const both = { key: "zone", value: "UTC", unset: true } as const;
    await expect(run(config("set"), both)).rejects.toMatchObject({ exitCode: 2 });
  });

  test("path works with a broken file", async () => {
    const { run, path } = deskWith("{broken");
    expect(await run(config("path"))).toContainEqual({ name: "settings", path });
  });
});

test("places in a JSON text: whole for whatever JSON.stringify writes, and never an exception", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, cut) => {
      expect(locateJson(text).problemLine).toBeUndefined();
      const part = text.slice(0, cut % text.length);
      const isJson = (() => {
        try {
          JSON.parse(part);
          return true;
        } catch {
          return false;
        }
      })();
      expect(locateJson(part).problemLine === undefined).toBe(isJson);
    }),
  );
});
