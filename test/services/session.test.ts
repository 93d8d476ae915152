import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { filesBelow, openDesk, tokenUntil } from "../host/desk.ts";
import { command, list, login, openLoggedIn, openPlatform } from "./platform.ts";

describe("credentials in the environment", () => {
  test.each(["SIPNAV_TOKEN", "SIPNAV_API_KEY", "SIPNAV_API_TOKEN"])("%s is a token", async (variable) => {
    const sandbox = await openPlatform();
    const environment = { [variable]: sandbox.token, SIPNAV_BASE_URL: sandbox.url };
    const desk = openDesk({ environment, home: undefined });
    expect(await desk.run(list)).toHaveLength(3);
    expect((await desk.run(command("auth status")))[0]).toMatchObject({
      source: "environment",
      state: "open",
    });
  });

  test("an expired token is told before any call", async () => {
    const sandbox = await openPlatform();
    const environment = { SIPNAV_TOKEN: tokenUntil(Date.now() - 1), SIPNAV_BASE_URL: sandbox.url };
    await expect(openDesk({ environment }).run(list)).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(sandbox.requests()).toEqual([]);
  });

  test("a username with a password logs in on the fly, and again when the session ends; nothing of it is kept", async () => {
    const sandbox = await openPlatform();
    const environment = {
      SIPNAV_USERNAME: sandbox.username,
      SIPNAV_PASSWORD: sandbox.password,
      SIPNAV_BASE_URL: sandbox.url,
    };
    const desk = openDesk({ environment });
    expect(await desk.run(list)).toHaveLength(3);
    const files = [...filesBelow(desk.home).keys()];
    expect(files.filter((path) => !path.includes("/.local/state/"))).toEqual([]);
    expect(await openDesk({ environment, home: undefined }).run(list)).toHaveLength(3);
  });

  test("a profile that is named goes before them, and says so", async () => {
    const sandbox = await openPlatform();
    const environment = { SIPNAV_TOKEN: "another-token" };
    const desk = await openLoggedIn(sandbox, { environment });
    await expect(desk.run(list)).rejects.toMatchObject({
      kind: "unauthenticated",
      facts: { hint: "Set another SIPNAV_TOKEN, or unset it and log in: sipnav login --profile default" },
    });
    expect(await desk.run(list, {}, { profile: "default" })).toHaveLength(3);
    expect(desk.notices).toEqual([
      expect.stringContaining("SIPNAV_TOKEN is set: commands go by it"),
      expect.stringContaining("not used, since --profile default"),
    ]);
  });

  test.each([
    ["SIPNAV_USERNAME", "SIPNAV_PASSWORD"],
    ["SIPNAV_PASSWORD", "SIPNAV_USERNAME"],
  ])("%s without %s is told, and the session of a login is not taken in its place", async (set, unset) => {
    const sandbox = await openPlatform();
    const { home } = await openLoggedIn(sandbox);
    const desk = openDesk({ home, environment: { [set]: "ada" } });
    const before = sandbox.requests().length;
    const refusal = { kind: "config", exitCode: 3, message: `${set} is set, but ${unset} is not.` };
    for (const words of ["accounts list", "whoami", "auth status"]) {
      await expect(desk.run(command(words))).rejects.toMatchObject(refusal);
    }
    expect(sandbox.requests()).toHaveLength(before);
    expect(await desk.run(list, {}, { profile: "default" })).toHaveLength(3);
  });
});

describe("a session", () => {
  test("that has expired is told before any call, and auth status says how long one lasts", async () => {
    const time = { nowMs: Date.now() };
    const sandbox = await openPlatform({ tokenTtlS: 3_600, now: () => time.nowMs });
    const desk = await openLoggedIn(sandbox, { time });
    time.nowMs += 60_000;
    const [row] = await desk.run(command("auth status"));
    expect(row).toMatchObject({ state: "open", expires_in: expect.stringMatching(/^5[89] min$/) });
    time.nowMs += 3_600_000;
    const before = sandbox.requests().length;
    await expect(desk.run(list)).rejects.toMatchObject({
      kind: "unauthenticated",
      facts: { hint: expect.stringContaining("sipnav login") },
    });
    await expect(desk.run(command("whoami"))).rejects.toMatchObject({ exitCode: 4 });
    expect((await desk.run(command("auth status")))[0]).toMatchObject({
      state: "expired",
      expires_in: "0 s",
    });
    expect(sandbox.requests()).toHaveLength(before);
  });

  test("is for its own origin only", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox);
    const seen: unknown[] = [];
    const stranger = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end("{}");
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void stranger.close());
    const environment = { SIPNAV_BASE_URL: `http://127.0.0.1:${(stranger.address() as AddressInfo).port}` };
    const moved = openDesk({ home: desk.home, environment });
    await expect(moved.run(list)).rejects.toMatchObject({
      kind: "session",
      message: expect.stringContaining(sandbox.url),
    });
    await moved.run(command("logout"));
    expect(seen).toEqual([]);
    await expect(desk.run(list)).rejects.toMatchObject({ kind: "session" });
  });

  test("is forgotten although the platform is down, and that is said", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox);
    await sandbox.close();
    const [said] = await desk.run(command("logout"));
    expect(said?.note).toContain("did not revoke");
    expect([...filesBelow(desk.home).values()].join()).not.toMatch(/eyJ/);
    expect((await desk.run(command("logout")))[0]?.note).toContain("no session");
  });

  test("that is broken in its store counts as none", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox);
    await desk.host.secrets("file", String).set("session:default", '{"token":1}');
    await expect(desk.run(list)).rejects.toMatchObject({ kind: "session" });
  });

  test("gives its token for another program", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox);
    const [row] = await desk.run(command("auth token"));
    const headers = { accept: "application/json", authorization: `Bearer ${row?.token}` };
    expect((await fetch(`${sandbox.url}/api/accounts`, { headers })).status).toBe(200);
  });
});

test("the sandbox profile needs no server, no password and no port", async () => {
  const desk = openDesk();
  await desk.run(login, { sandbox: true, store: "file" });
  expect(await desk.run(list, { limit: "5" })).toHaveLength(5);
  expect((await desk.run(command("whoami")))[0]).toMatchObject({
    profile: "sandbox",
    platform: "http://sandbox.localhost",
  });
  const elsewhere = { baseUrl: "https://voice.test", store: "file" };
  await expect(desk.run(login, elsewhere, { profile: "sandbox" })).rejects.toMatchObject({ kind: "usage" });
  const two = [openDesk({ home: desk.home }), openDesk({ home: desk.home })];
  const results = await Promise.all(two.map(({ run }) => run(list, { limit: "2" }, { profile: "sandbox" })));
  expect(results.map((rows) => rows.length)).toEqual([2, 2]);
});

test("a command waits for the embedded platform that another process holds", async () => {
  const desk = openDesk();
  await desk.run(login, { sandbox: true, store: "file" });
  const holder = await startSandbox({ stateDir: join(desk.host.folders.state, "sandbox") });
  const waiting = desk.run(list, { limit: "2" });
  await sleep(4_000);
  await holder.close();
  expect(await waiting).toHaveLength(2);
}, 60_000);
