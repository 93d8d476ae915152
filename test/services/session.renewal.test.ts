import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Command } from "../../src/commands/define.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { filesBelow, openDesk, temporaryFolder } from "../host/desk.ts";
import {
  changePassword,
  command,
  list,
  login,
  logins,
  loginTo,
  openLoggedIn,
  openPlatform,
} from "./platform.ts";

test("a session's end is known to whoever begins a long job, unless it renews itself", async () => {
  const time = { nowMs: Date.parse("2026-03-04T15:20:30Z") };
  const sandbox = await openPlatform({ tokenTtlS: 3_600, now: () => time.nowMs });
  const ends: unknown[] = [];
  const asked: Command = {
    ...list,
    run: async (context) => void ends.push(await context.sessionEndsMs()),
    view: () => [],
  };
  const plain = await openLoggedIn(sandbox, { time });
  await plain.run(asked);
  const renewing = await openLoggedIn(sandbox, { time }, { remember: true });
  await renewing.run(asked);
  await openDesk({ environment: { SIPNAV_TOKEN: "opaque", SIPNAV_BASE_URL: sandbox.url } }).run(asked);
  expect(ends).toEqual([time.nowMs + 3_600_000, undefined, undefined]);
  await expect(openDesk().run(asked)).rejects.toMatchObject({ kind: "session" });
});

type Desk = Awaited<ReturnType<typeof openLoggedIn>>;

/** Every account, listed by a person whose token is revoked when the first page has been asked for. */
async function listAndRevoke(sandbox: Sandbox, desk: Desk) {
  const [row] = await desk.run(command("auth token"));
  const pages = () => sandbox.requests().filter(({ operation }) => operation === "listAccounts").length;
  const before = pages();
  const revoke = async () => {
    await vi.waitFor(() => expect(pages()).toBeGreaterThan(before), { timeout: 15_000, interval: 1 });
    const headers = { accept: "application/json", authorization: `Bearer ${row?.token}` };
    await fetch(`${sandbox.url}/api/logout`, { method: "POST", headers });
  };
  // Thirty pages take longer than the one call that revokes.
  sandbox.setFaults("slow:20ms@1");
  const [rows] = await Promise.all([desk.run(list, { all: true }), revoke()]);
  return rows;
}

describe("a token that is revoked in the middle of a command", () => {
  test("is replaced where the session renews itself, and no row is lost or told twice", async () => {
    const sandbox = await openPlatform({ accounts: 3_000 });
    const desk = await openLoggedIn(sandbox, {}, { remember: true });
    const rows = await listAndRevoke(sandbox, desk);
    expect(new Set(rows.map((row) => row.account_id)).size).toBe(3_000);
    expect(rows).toHaveLength(3_000);
    expect(logins(sandbox)).toBe(2);
  }, 30_000);

  test("ends the command where it does not, with the way in", async () => {
    const sandbox = await openPlatform({ accounts: 3_000 });
    const desk = await openLoggedIn(sandbox);
    await expect(listAndRevoke(sandbox, desk)).rejects.toMatchObject({
      kind: "unauthenticated",
      exitCode: 4,
      facts: { hint: expect.stringMatching(/^Log in: sipnav login --profile default .*SIPNAV_TOKEN/) },
    });
  }, 30_000);
});

describe("a session that renews itself", () => {
  test("logs in again when it has expired or was revoked, and only then", async () => {
    const time = { nowMs: Date.now() };
    const sandbox = await openPlatform({ tokenTtlS: 3_600, now: () => time.nowMs });
    const desk = await openLoggedIn(sandbox, { time }, { remember: true });
    expect((await desk.run(command("auth status")))[0]).toMatchObject({ renews: true });
    await desk.run(list);
    expect(logins(sandbox)).toBe(1);
    time.nowMs += 3_600_000;
    expect(await desk.run(list)).toHaveLength(3);
    expect(logins(sandbox)).toBe(2);
    const [row] = await desk.run(command("auth token"));
    const headers = { accept: "application/json", authorization: `Bearer ${row?.token}` };
    await fetch(`${sandbox.url}/api/logout`, { method: "POST", headers });
    expect(await desk.run(list)).toHaveLength(3);
    expect(logins(sandbox)).toBe(3);
    await desk.run(command("logout"));
    expect([...filesBelow(desk.home).values()].join()).not.toContain(sandbox.password);
  });

  test("makes one login for twenty commands at once", async () => {
    const time = { nowMs: Date.now() };
    const sandbox = await openPlatform({ tokenTtlS: 3_600, now: () => time.nowMs });
    const { home } = await openLoggedIn(sandbox, { time }, { remember: true });
    time.nowMs += 3_600_000;
    const desks = Array.from({ length: 20 }, () => openDesk({ home, time }));
    const results = await Promise.all(desks.map((desk) => desk.run(list)));
    expect(results.map((rows) => rows.length)).toEqual(Array(20).fill(3));
    expect(logins(sandbox)).toBe(2);
  });

  test("forgets a password that is refused, instead of trying it again and again", async () => {
    const time = { nowMs: Date.now() };
    const sandbox = await openPlatform({ tokenTtlS: 60, now: () => time.nowMs });
    const desk = await openLoggedIn(sandbox, { time }, { remember: true });
    time.nowMs += 60_000;
    sandbox.failNext({ operation: "login", kind: "http500", times: 1 });
    await expect(desk.run(list)).rejects.toMatchObject({ kind: "server" });
    await changePassword(sandbox, "a-new-password");
    await expect(desk.run(list)).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(desk.notices).toEqual([expect.stringContaining("forgotten")]);
    const before = logins(sandbox);
    await expect(desk.run(list)).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(logins(sandbox)).toBe(before);
  });

  test("keeps the password for its own origin only, and no longer than it is wanted", async () => {
    const [sandbox, stranger] = [await openPlatform(), await openPlatform()];
    const desk = await openLoggedIn(sandbox, {}, { remember: true });
    await desk.host.secrets("file", String).delete("session:default");
    const environment = { SIPNAV_BASE_URL: stranger.url };
    const moved = openDesk({ home: desk.home, environment });
    await expect(moved.run(list)).rejects.toMatchObject({ kind: "session" });
    expect(stranger.requests()).toEqual([]);
    expect(await desk.run(list)).toHaveLength(3);
    await desk.run(command("config set"), { key: "remember", value: "no" });
    await desk.run(login, loginTo(sandbox));
    expect([...filesBelow(desk.home).values()].join()).not.toContain(sandbox.password);
  });

  test("can take its credentials from a command", async () => {
    const sandbox = await openPlatform();
    const script = join(temporaryFolder(), "credentials.cjs");
    const answer = JSON.stringify({ username: sandbox.username, password: sandbox.password });
    writeFileSync(script, `console.log(${JSON.stringify(answer)})`);
    const desk = openDesk();
    const credentialCommand = JSON.stringify([process.execPath, script]);
    const values = { name: "lab", baseUrl: sandbox.url, credentialCommand, store: "file" };
    await desk.run(command("profiles add"), values);
    for (let times = 0; times < 2; times++) {
      expect(await desk.run(list, {}, { profile: "lab" })).toHaveLength(3);
    }
    expect(logins(sandbox)).toBe(1);
    expect([...filesBelow(desk.home).values()].join()).not.toContain(sandbox.password);
    writeFileSync(script, `console.log(JSON.stringify({ token: ${JSON.stringify(sandbox.token)} }))`);
    await desk.run(command("logout"), {}, { profile: "lab" });
    expect(await desk.run(list, {}, { profile: "lab" })).toHaveLength(3);
    writeFileSync(script, "console.log('hunter2-plain')");
    await desk.run(command("logout"), {}, { profile: "lab" });
    const error = await desk.run(list, {}, { profile: "lab" }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: "config",
      message: expect.stringContaining("printed no credentials"),
    });
    expect(String(error)).not.toContain("hunter2");
  });
});
