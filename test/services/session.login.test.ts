import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { filesBelow, openDesk, tokenUntil } from "../host/desk.ts";
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

describe("login", () => {
  test("opens a session that the next command uses, and logout ends it", async () => {
    const sandbox = await openPlatform();
    const desk = await openLoggedIn(sandbox);
    expect(await desk.run(list)).toHaveLength(3);
    expect((await desk.run(command("whoami")))[0]).toMatchObject({
      username: sandbox.username,
      platform: sandbox.url,
      profile: "default",
    });
    const path = join(desk.host.folders.config, "credentials.json");
    const kept = JSON.parse(JSON.parse(readFileSync(path, "utf8")).secrets["session:default"]);
    expect(kept).toMatchObject({ origin: sandbox.url, username: sandbox.username });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [said] = await desk.run(command("logout"));
    expect(said?.note).toContain("forgotten");
    await expect(desk.run(list)).rejects.toMatchObject({ kind: "session", exitCode: 4 });
    const headers = { accept: "application/json", authorization: `Bearer ${kept.token}` };
    expect((await fetch(`${sandbox.url}/api/accounts`, { headers })).status).toBe(401);
  });

  test("asks for what is missing and keeps the answers out of every file", async () => {
    const sandbox = await openPlatform();
    const desk = openDesk({ answers: [sandbox.username, sandbox.password] });
    await desk.run(login, { baseUrl: sandbox.url });
    expect(desk.questions).toEqual(["Username", "Password"]);
    expect(await desk.run(list)).toHaveLength(3);
    const texts = [...filesBelow(desk.home).values()].join("\n");
    expect(texts).toContain(sandbox.username);
    expect(texts).not.toContain(sandbox.password);
    expect(texts).not.toMatch(/eyJ/);
  });

  test("a wrong password is refused once, and nothing is kept", async () => {
    const sandbox = await openPlatform();
    const desk = openDesk({ stdin: "wrong-password\n" });
    await expect(desk.run(login, loginTo(sandbox))).rejects.toMatchObject({
      kind: "unauthenticated",
      exitCode: 4,
    });
    expect(logins(sandbox)).toBe(1);
    expect([...filesBelow(desk.home).values()].join()).not.toContain("wrong-password");
  });

  test("with nobody to ask the missing flag is named", async () => {
    const { run } = openDesk();
    const refusal = { kind: "usage", facts: { hint: expect.stringContaining("--username") } };
    await expect(run(login, { store: "file" })).rejects.toMatchObject(refusal);
  });

  test("takes the username and password of the environment, but no password for another user", async () => {
    const sandbox = await openPlatform();
    const environment = {
      SIPNAV_USERNAME: sandbox.username,
      SIPNAV_PASSWORD: sandbox.password,
      SIPNAV_BASE_URL: sandbox.url,
      SIPNAV_STORE: "file",
    };
    await openDesk({ environment }).run(login);
    await expect(openDesk({ environment }).run(login, { username: "eve" })).rejects.toMatchObject({
      kind: "usage",
      facts: { hint: expect.stringContaining("--password-stdin") },
    });
    expect(logins(sandbox)).toBe(1);
  });

  test("keeps a given token, unless it has expired", async () => {
    const sandbox = await openPlatform();
    const raw = { baseUrl: sandbox.url, tokenStdin: true, store: "file" } as const;
    const desk = openDesk({ stdin: `${sandbox.token}\n` });
    await desk.run(login, raw);
    expect(await desk.run(list)).toHaveLength(3);
    expect(logins(sandbox)).toBe(0);
    const late = openDesk({ stdin: tokenUntil(Date.now() - 1_000) });
    await expect(late.run(login, raw)).rejects.toMatchObject({ kind: "unauthenticated" });
    await expect(openDesk({ stdin: "" }).run(login, raw)).rejects.toMatchObject({ kind: "usage" });
  });

  test("tries a token before it is kept, and keeps none that is refused", async () => {
    const sandbox = await openPlatform();
    const raw = { baseUrl: sandbox.url, tokenStdin: true, store: "file" } as const;
    const desk = openDesk({ stdin: "no-such-token\n" });
    const kept = ({ home }: { home: string }) =>
      [...filesBelow(home).keys()].filter((path) => !path.includes("/rates/"));
    await expect(desk.run(login, raw)).rejects.toMatchObject({
      kind: "unauthenticated",
      exitCode: 4,
      message: expect.stringContaining("it is not kept"),
    });
    expect(kept(desk)).toEqual([]);
    await sandbox.close();
    const late = openDesk({ stdin: `${sandbox.token}\n` });
    await expect(late.run(login, raw)).rejects.toMatchObject({ kind: "network", exitCode: 11 });
    expect(kept(late)).toEqual([]);
  });

  test("keeps the token of a user who may not see accounts", async () => {
    const server = createServer((_, response) => {
      response.writeHead(403, { "content-type": "application/json" }).end('{"message":"Forbidden"}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const desk = openDesk({ stdin: "a-narrow-token" });
    await desk.run(login, { baseUrl, tokenStdin: true, store: "file" });
    expect((await desk.run(command("auth token")))[0]).toEqual({ token: "a-narrow-token" });
  });

  test("takes the token of the environment, unless a profile or a user is named", async () => {
    const sandbox = await openPlatform();
    const environment = { SIPNAV_TOKEN: sandbox.token, SIPNAV_BASE_URL: sandbox.url, SIPNAV_STORE: "file" };
    const { home, run } = openDesk({ environment });
    await run(login);
    expect(await openDesk({ home }).run(list)).toHaveLength(3);
    const missing = { kind: "usage", facts: { hint: expect.stringContaining("--username") } };
    await expect(openDesk({ environment }).run(login, {}, { profile: "lab" })).rejects.toMatchObject(missing);
    const asked = openDesk({ environment, answers: ["a-wrong-password"] });
    await expect(asked.run(login, { username: "ada" })).rejects.toMatchObject({
      facts: { hint: expect.stringContaining("reset-password") },
    });
    expect(logins(sandbox)).toBe(1);
  });

  test("takes the profile's command for credentials", async () => {
    const sandbox = await openPlatform();
    const desk = openDesk();
    const say = (token: string) =>
      JSON.stringify([process.execPath, "-p", `'{"token":"${token}"}'`, "--no-deprecation"]);
    const profile = { name: "lab", baseUrl: sandbox.url, store: "file" };
    await desk.run(command("profiles add"), { ...profile, credentialCommand: say(sandbox.token) });
    await desk.run(login, {}, { profile: "lab" });
    expect(await desk.run(list)).toHaveLength(3);
    await desk.run(command("config set"), { key: "credentialCommand", value: say("no-such-token") });
    await desk.run(command("logout"));
    await expect(desk.run(list)).rejects.toMatchObject({
      kind: "unauthenticated",
      message: expect.stringMatching(/of the command .*node.*not kept/),
    });
    expect([...filesBelow(desk.home).values()].join().match(/no-such-token/g)).toHaveLength(1);
  });

  test("a profile that is named is made and used; others keep their sessions", async () => {
    const [first, second] = [await openPlatform(), await openPlatform({ accounts: 2 })];
    const desk = await openLoggedIn(first);
    const passwordDesk = openDesk({ home: desk.home, stdin: second.password });
    await passwordDesk.run(login, loginTo(second), { profile: "lab" });
    expect(await desk.run(list)).toHaveLength(2);
    expect(await desk.run(list, {}, { profile: "default" })).toHaveLength(3);
    await desk.run(command("auth switch"), { name: "default" });
    expect(await desk.run(list)).toHaveLength(3);
    const rows = await desk.run(command("auth list"));
    expect(rows.map(({ profile, used, state }) => [profile, used, state])).toEqual([
      ["default", true, "open"],
      ["lab", false, "open"],
      ["sandbox", false, "none"],
    ]);
    await expect(desk.run(list, {}, { profile: "lub" })).rejects.toMatchObject({
      kind: "profile",
      exitCode: 3,
    });
  });
});

test("another address is not the embedded platform's: how to log in to it is told", async () => {
  const baseUrl = "https://voice.example.com";
  await expect(openDesk().run(login, { baseUrl }, { profile: "sandbox" })).rejects.toMatchObject({
    kind: "usage",
    facts: { hint: `As: sipnav login --profile live --base-url ${baseUrl}` },
  });
});

describe("a one-time code", () => {
  const raw = ({ url, otpUsername }: Sandbox) => ({ baseUrl: url, username: otpUsername, store: "file" });

  test("comes from a person, who may be wrong twice; its leading zero counts", async () => {
    const sandbox = await openPlatform();
    expect(sandbox.otpCode).toMatch(/^0/);
    const wrong = sandbox.otpCode.slice(1);
    const desk = openDesk({ answers: [sandbox.password, wrong, "000000", ` ${sandbox.otpCode} `] });
    await desk.run(login, raw(sandbox));
    expect(await desk.run(list)).toHaveLength(3);
    expect(desk.notices.filter((text) => text.includes("refused"))).toHaveLength(2);
    expect(logins(sandbox)).toBe(1);
  });

  test("that is wrong three times ends the login", async () => {
    const sandbox = await openPlatform();
    const desk = openDesk({ answers: [sandbox.password, "1", "2", "3", sandbox.otpCode] });
    await expect(desk.run(login, raw(sandbox))).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(desk.questions.filter((question) => question.includes("code"))).toHaveLength(3);
  });

  test("comes from standard input after the password, and is tried once", async () => {
    const sandbox = await openPlatform();
    const flags = { ...raw(sandbox), passwordStdin: true, otpStdin: true } as const;
    const desk = openDesk({ stdin: `${sandbox.password}\n${sandbox.otpCode}\n` });
    await desk.run(login, flags);
    expect(await desk.run(list)).toHaveLength(3);
    const wrong = openDesk({ stdin: `${sandbox.password}\n111111\n` });
    await expect(wrong.run(login, flags)).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(sandbox.requests().filter(({ operation }) => operation === "verifyOtp")).toHaveLength(2);
  });

  test("comes from a command", async () => {
    const sandbox = await openPlatform();
    const desk = openDesk({ stdin: sandbox.password });
    const otpCommand = JSON.stringify([process.execPath, "-p", `"${sandbox.otpCode}"`]);
    await desk.run(login, { ...raw(sandbox), passwordStdin: true, otpCommand });
    expect(await desk.run(list)).toHaveLength(3);
  });

  test("that nobody can give is exit code 4, at the login and later on", async () => {
    const sandbox = await openPlatform();
    const refusal = { kind: "otp", exitCode: 4 };
    const desk = openDesk({ stdin: sandbox.password });
    await expect(desk.run(login, { ...raw(sandbox), passwordStdin: true })).rejects.toMatchObject(refusal);
    const environment = {
      SIPNAV_BASE_URL: sandbox.url,
      SIPNAV_USERNAME: sandbox.otpUsername,
      SIPNAV_PASSWORD: sandbox.password,
    };
    await expect(openDesk({ environment }).run(list)).rejects.toMatchObject(refusal);
  });
});

test("a forgotten password is set anew with the mailed one", async () => {
  const sandbox = await openPlatform();
  await changePassword(sandbox, "brand-new-password");
  const desk = openDesk({ stdin: "brand-new-password" });
  await desk.run(login, loginTo(sandbox));
  expect(await desk.run(list)).toHaveLength(3);
  const answers = ["temporary", "one-new-password", "another-password"];
  const unsure = openDesk({ environment: { SIPNAV_BASE_URL: sandbox.url }, answers });
  await expect(unsure.run(command("auth reset-password"), { link: "abc" })).rejects.toMatchObject({
    kind: "validation",
  });
});
