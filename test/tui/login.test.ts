import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { limits } from "../../src/core/limits.ts";
import { filesBelow, temporaryFolder } from "../host/desk.ts";
import { logins, openPlatform } from "../services/platform.ts";
import { openSeat } from "./seat.ts";
import { openStage } from "./stage.ts";

/** The menu of somebody whose platform is known, and who has no session there. */
async function openStranger() {
  const platform = await openPlatform();
  const home = temporaryFolder();
  const environment = { SIPNAV_BASE_URL: platform.url, SIPNAV_STORE: "file" };
  const stage = openStage({ home, registry, environment, columns: 100, rows: 30 });
  await stage.ready();
  return { stage, platform, home };
}

describe("the menu without a session", () => {
  test("opens on the login's form; a refusal stands beside the password, and then the menu opens", async () => {
    const { stage, platform, home } = await openStranger();
    expect(stage.rows()[0]).toContain("Menu > login");
    expect(stage.text()).toMatch(/profile +default/);
    expect(stage.text()).toMatch(new RegExp(`base-url +${platform.url}`));
    expect(stage.text()).toMatch(/^> username +_/m);
    expect(stage.text()).not.toContain("stdin");
    await stage.press(...platform.username, "down", ..."wrong", "ctrl+s");
    expect(stage.rows()[1]).toContain("! The platform refused the login");
    expect(stage.text()).toMatch(/^> password +_ +!/m);
    await stage.press(...platform.password);
    expect(stage.text()).toMatch(/^> password +\*+_/m);
    await stage.press("ctrl+s");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu +default {2}production {2}writes off$/);
    expect(stage.said()).toContain(`as ${platform.username}`);
    await stage.choose("accounts", "list");
    await stage.press("ctrl+s");
    expect(stage.rows()[0]).toContain("accounts list");
    const traces = [stage.writes.join(""), ...filesBelow(home).values()].join("");
    expect(traces).not.toContain(platform.password);
    expect(logins(platform)).toBe(2);
  });

  test("asks for the one-time code of a user who has one", async () => {
    const { stage, platform } = await openStranger();
    await stage.press(...platform.otpUsername, "down", ...platform.password);
    await stage.start("ctrl+s");
    await stage.appears("One-time code");
    for (const digit of platform.otpCode) await stage.start(digit);
    expect(stage.text()).toContain("> ******_");
    await stage.press("enter");
    expect(stage.said()).toContain(`as ${platform.otpUsername}`);
  });

  test("says beside the address that nobody answers there", async () => {
    const home = temporaryFolder();
    const environment = { SIPNAV_BASE_URL: "http://127.0.0.1:9", SIPNAV_STORE: "file" };
    const stage = openStage({ home, registry, environment, columns: 100, rows: 30 });
    await stage.ready();
    await stage.press(..."ada", "down", "x", "ctrl+s");
    expect(stage.text()).toMatch(/^> base-url +\S+ +!/m);
    await stage.press("esc");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu {2,}/);
  });

  test("on a new computer offers to try it, or a platform", async () => {
    const stage = openStage({ registry, columns: 100, rows: 30 });
    await stage.ready();
    expect(stage.rows()[0]).toContain("Menu > Welcome");
    expect(stage.text()).toMatch(/> 1 {2}demo +Try everything on the embedded platform/);
    expect(stage.text()).toMatch(/2 {2}login +Log in to a platform/);
    await stage.press("1");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu +sandbox {2}writes off$/);
    await stage.press("w");
    await stage.appears("Writes to profile sandbox are off: turn them on for 10 minutes?");
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.press("y");
    await stage.appears("sandbox  WRITES ON 10m");
    await stage.choose("accounts", "list");
    await stage.press("ctrl+s");
    expect(stage.text()).toMatch(/^> +\d+ {2}\S/m);
  });
});

describe("a session that ends in the middle", () => {
  test("is opened again by its password, and what was asked goes on", async () => {
    const { stage, platform, endSession } = await openSeat();
    await stage.choose("accounts", "list");
    endSession();
    await stage.start("ctrl+s");
    await stage.appears("Password of operator");
    expect(stage.text()).toContain("Log in again to go on with what was asked.");
    for (const chord of "wrong") await stage.start(chord);
    await stage.start("enter");
    await stage.appears("The platform refused the login");
    for (const chord of platform.password) await stage.start(chord);
    await stage.press("enter");
    expect(stage.rows()[0]).toContain("Menu > accounts > list > accounts list");
    expect(stage.text()).toMatch(/^> +\d+ {2}\S/m);
    expect(stage.writes.join("")).not.toContain(platform.password);
  });

  test("before a write was sent: it is sent once, after the login", async () => {
    const { stage, platform, endSession, writes } = await openSeat();
    await stage.arm();
    await stage.choose("companies", "create");
    await stage.press(..."New Telecom");
    endSession();
    await stage.start("ctrl+s");
    await stage.appears("Create a company?");
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.start("y");
    await stage.appears("Password of operator");
    for (const chord of platform.password) await stage.start(chord);
    await stage.start("enter");
    await stage.appears("Create a company?");
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.press("y");
    expect(stage.said()).toContain("u takes it back");
    expect(writes().filter(({ status }) => status !== 401)).toHaveLength(1);
  });

  test("can be left: the error says what mends it, and nothing is lost", async () => {
    const { stage, endSession } = await openSeat();
    await stage.choose("accounts", "list");
    endSession();
    await stage.start("ctrl+s");
    await stage.appears("Password of operator");
    await stage.press("esc");
    expect(stage.rows()[0]).toContain("accounts list failed");
    expect(stage.text()).toContain("sipnav login");
    await stage.press("esc");
    expect(stage.text()).toContain("[ Run ]");
  });

  test("is not asked about where a token in the environment would go first", async () => {
    const { home, platform, endSession } = await openSeat();
    const environment = { SIPNAV_TOKEN: platform.token };
    const stage = openStage({ home, registry, environment, columns: 100, rows: 30 });
    await stage.ready();
    await stage.choose("accounts", "list");
    endSession();
    await stage.press("ctrl+s");
    expect(stage.rows()[0]).toContain("accounts list failed");
  });
});
