import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openWorld } from "../world.ts";

const list = ["accounts", "list", "--limit", "1"];

/** A world whose person has a second profile. */
async function openTwo(...more: string[]) {
  const world = await openWorld();
  expect((await world.run("profiles", "add", "lab", "--base-url", "https://lab.test", ...more)).code).toBe(0);
  const banner = `Profile default: ${world.sandbox.url}\n`;
  return { ...world, banner };
}

describe("the platform that a command works on", () => {
  test("is named once on standard error where there is more than one profile", async () => {
    const { run, banner, json } = await openTwo();
    const { code, out, err } = await run(...list);
    expect({ code, rows: out.trim().split("\n").length, err: err.split(banner).length }).toEqual({
      code: 0,
      rows: 1,
      err: 2,
    });
    expect(err.startsWith(banner)).toBe(true);
    // Commands of two clients, and commands that never ask the platform.
    expect((await run("accounts", "export", "--out", "-")).err.split(banner)).toHaveLength(2);
    for (const words of [["whoami"], ["profiles", "list"], ["config", "list"]]) {
      expect((await run(...words)).err).toBe("");
    }
    await json(...list);
  });

  test("is told to be the embedded one where the environment names another", async () => {
    const { run } = await openWorld({ environment: { SIPNAV_BASE_URL: "https://voice.test" } });
    await run("login", "--sandbox");
    const told = "SIPNAV_BASE_URL is not used: profile sandbox is the embedded platform's.\n";
    expect(await run(...list)).toMatchObject({ code: 0, err: expect.stringContaining(told) });
  });

  test("comes with what guards it", async () => {
    const { run, banner } = await openTwo();
    await run("config", "set", "protected", "yes");
    await run("config", "set", "readOnly", "yes");
    expect((await run(...list)).err).toContain(banner.replace("\n", ", read-only, protected\n"));
  });

  test("is not named to whoever has one profile, wants quiet, or reads errors by machine", async () => {
    const one = await openWorld();
    expect((await one.run(...list)).err).not.toContain("Profile");
    const { run } = await openTwo();
    for (const flag of ["--quiet", "--json", "--error-format=json"]) {
      expect((await run(...list, flag)).err).not.toContain("Profile");
    }
  });

  test("is named once for a whole script of a shell", async () => {
    const { run, banner, home } = await openTwo();
    const script = `${home}/script.txt`;
    writeFileSync(script, `${list.join(" ")}\n${list.join(" ")}\n`);
    const { code, err } = await run("shell", script);
    expect({ code, times: err.split(banner).length }).toEqual({ code: 0, times: 2 });
  });
});
