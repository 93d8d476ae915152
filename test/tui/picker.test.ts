import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { width } from "../../src/core/text.ts";
import { openDesk, temporaryFolder } from "../host/desk.ts";
import { command } from "../services/platform.ts";
import { openSeat } from "./seat.ts";

describe("a field for the id of a thing", () => {
  test("finds it by its name, and shows what was looked at lately first", async () => {
    const { stage, desk } = await openSeat();
    const rows = await desk.run(command("accounts list"), {});
    const { account_id: id, account_name: name } = rows[1] ?? {};
    await stage.choose("accounts", "show");
    expect(stage.text()).toMatch(/^> id\* .*account id, → finds/m);
    await stage.press(String(name).slice(0, 1));
    expect(stage.rows()[0]).toContain("Find account");
    await stage.appears(String(name).slice(0, 20));
    await stage.press(...String(name).slice(1));
    expect(stage.text()).toMatch(new RegExp(`^> ${id}  `, "m"));
    await stage.press("enter");
    expect(stage.text()).toMatch(new RegExp(`^> id\\* +${id}_`, "m"));
    await stage.press("ctrl+s");
    expect(stage.rows()[0]).toContain(`accounts show ${id}`);
    await stage.press("esc", "esc");
    await stage.choose("update");
    await stage.press("right");
    expect(stage.rows()[2]).toMatch(new RegExp(`^> ${id}  `));
    await stage.press("esc");
    expect(stage.text()).toMatch(/^> id\* +_/m);
    await stage.press("7", "x");
    expect(stage.rows()[0]).toContain("Find account");
    await stage.press(..."zzzzzz");
    expect(stage.text()).toContain("Nothing found.");
    await stage.press("enter", "esc");
    expect(stage.text()).toMatch(/^> id\* +7_/m);
  });

  test("says why nothing can be found, and takes a typed id all the same", async () => {
    const { stage, platform } = await openSeat();
    platform.failNext({ operation: "listAccounts", kind: "html", times: 9 });
    await stage.choose("accounts", "show");
    await stage.press("a");
    // The call of the home screen that was left holds its permit for a while, and this clock moves when told.
    const passing = setInterval(() => {
      stage.time.nowMs += 1_000;
    }, 50);
    onTestFinished(() => clearInterval(passing));
    await stage.appears("can't be used");
    await stage.press("esc", "1", "ctrl+s");
    expect(stage.rows()[0]).toContain("accounts show 1");
  });
});

test("a hostile name is harmless in the picker and in the preview of a change", async () => {
  const { stage, desk } = await openSeat();
  const hostile = "\u001b[2J\u001b]0;x\u0007\u202e広帯域\u200b";
  const [{ account_id: id } = {}] = await desk.run(command("accounts list"), {});
  await desk.run(command("accounts update"), { id: String(id), accountName: hostile });
  await stage.arm();
  await stage.choose("accounts", "update");
  await stage.press("right");
  await stage.appears("␛[2J");
  for (const row of stage.rows()) expect(width(row)).toBeLessThan(100);
  await stage.press("enter", "down", "Z");
  await stage.start("ctrl+s");
  await stage.appears("→ Z");
  expect(stage.text()).toContain("␛[2J␛]0;x␇<U+202E>広帯域");
  await stage.press("esc");
  for (const bytes of ["\u001b[2J\u001b]", "\u202e", "\u0007\u202e"]) {
    expect(stage.writes.join("")).not.toContain(bytes);
  }
});

describe("a field for a file", () => {
  test("is completed with Tab as far as the files agree, which are named where they don't", async () => {
    const { stage } = await openSeat();
    const folder = temporaryFolder();
    mkdirSync(join(folder, "decks"));
    for (const name of ["new-accounts.csv", "new-carriers.csv", "odd\u001b[2J.csv"]) {
      writeFileSync(join(folder, name), "");
    }
    await stage.choose("accounts", "import");
    await stage.press(...`${folder}/n`, "tab");
    await stage.appears("/new-_");
    await stage.press("tab");
    await stage.appears("new-accounts.csv  new-carriers.csv");
    await stage.press("a", "tab");
    await stage.appears("new-accounts.csv_");
    await stage.press("tab");
    await stage.until(() => /^> (?!file)/m.test(stage.text()));
    await stage.press("up", "ctrl+u", ..."/nowhere/x", "tab");
    await stage.appears("There is no file /nowhere/x");
    await stage.press("ctrl+u", ..."o", "tab");
    await stage.press("ctrl+u", ...`${folder}/d`, "tab");
    await stage.appears("/decks/_");
    expect(stage.writes.join("")).not.toContain("\u001b[2J.csv");
  });
});

describe("the profiles", () => {
  async function twoProfiles() {
    const seat = await openSeat();
    await seat.desk.run(command("profiles add"), {
      name: "lab",
      baseUrl: seat.platform.url,
      protected: "yes",
    });
    const stage = seat.open();
    await stage.ready();
    return { ...seat, stage };
  }

  test("are switched with P: what was shown of the other one is gone, writes are off, and one logs in", async () => {
    const { stage, platform, desk } = await twoProfiles();
    await stage.arm();
    await stage.choose("accounts", "list");
    await stage.press("ctrl+s", "P");
    await stage.appears("lab  http");
    expect(stage.text()).toContain("protected");
    expect(stage.text()).toMatch(/default .*\(in use\)/);
    await stage.press(..."la");
    expect(stage.text()).not.toContain("(in use)");
    await stage.press("enter");
    expect(stage.rows()[0]).toMatch(/Menu > login +lab {2}protected {2}writes off$/);
    await stage.press(...platform.username, "down", ...platform.password, "ctrl+s");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu +lab {2}protected {2}writes off$/);
    await stage.press("-");
    expect(stage.text()).not.toContain("accounts list");
    await stage.press("P");
    await stage.appears("default");
    await stage.press(..."def", "enter");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu +default {2}production {2}writes off$/);
    expect(stage.said()).toContain("On profile default from here on.");
    expect((await desk.run(command("profiles list"), {})).length).toBeGreaterThan(1);
  });

  test("are left alone by Esc and by the one in use", async () => {
    const { stage } = await twoProfiles();
    await stage.arm();
    await stage.choose("accounts");
    await stage.press("P");
    await stage.appears("(in use)");
    await stage.press("esc");
    expect(stage.rows()[0]).toMatch(/Menu > accounts +default {2}production {2}WRITES ON/);
    await stage.press("P", ..."default", "enter");
    expect(stage.rows()[0]).toMatch(/Menu > accounts +default {2}production {2}WRITES ON/);
  });

  test("a choice in the menu does not change what other processes use", async () => {
    const { stage, home } = await twoProfiles();
    await stage.press("P");
    await stage.appears("lab");
    await stage.press(..."lab", "enter");
    expect(stage.rows()[0]).toContain("lab");
    const other = openDesk({ environment: { SIPNAV_HOME: home } });
    expect((await other.host.settings.read())?.includes('"profile": "lab"')).toBe(false);
  });
});
