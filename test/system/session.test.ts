import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/server.ts";
import { filesBelow, temporaryFolder } from "../host/desk.ts";
import { logins, openPlatform } from "../services/platform.ts";
import { bin, runProgram, runSipnav } from "./program.ts";

const loginTo = ({ url, username }: Sandbox, ...more: string[]) => [
  ...["login", "--base-url", url, "--username", username, "--password-stdin", "--store", "file"],
  ...more,
];
test("ten processes whose session has expired make one login", async () => {
  const time = { nowMs: Date.now() - 7_200_000 };
  const sandbox = await openPlatform({ tokenTtlS: 3_600, now: () => time.nowMs });
  const environment = { HOME: temporaryFolder() };
  const opened = await runSipnav(loginTo(sandbox, "--remember"), { environment, input: sandbox.password });
  expect(opened).toMatchObject({ code: 0 });
  time.nowMs = Date.now();
  const list = ["accounts", "list", "--json"];
  const runs = await Promise.all(Array.from({ length: 10 }, () => runSipnav(list, { environment })));
  for (const { code, stdout, stderr } of runs) {
    expect({ code, stderr, rows: JSON.parse(stdout || "[]").length }).toEqual({
      code: 0,
      stderr: "",
      rows: 3,
    });
  }
  expect(logins(sandbox)).toBe(2);
}, 60_000);

test("two processes that log in at once both keep their session", async () => {
  const sandbox = await openPlatform();
  const environment = { HOME: temporaryFolder() };
  const options = { environment, input: sandbox.password };
  const names = ["one", "two", "three"];
  const runs = await Promise.all(
    names.map((name) => runSipnav(loginTo(sandbox, "--profile", name), options)),
  );
  expect(runs.map(({ code, stderr }) => [code, stderr.startsWith("Logged in")])).toEqual(
    Array(3).fill([0, true]),
  );
  for (const name of names) {
    expect(await runSipnav(["accounts", "list", "--profile", name], { environment })).toMatchObject({
      code: 0,
    });
  }
}, 60_000);

test("no secret is in any output or file, the credentials file and `auth token` aside", async () => {
  const sandbox = await openPlatform();
  const home = temporaryFolder();
  const environment = { HOME: home, SIPNAV_PASSPHRASE: "the-passphrase" };
  const otp = ["login", "--base-url", sandbox.url, "--username", sandbox.otpUsername, "--password-stdin"];
  const lines: [string[], string][] = [
    [[...otp, "--otp-stdin", "--store", "file", "--remember"], `${sandbox.password}\n${sandbox.otpCode}\n`],
    [[...otp, "--otp-stdin", "--debug"], `${sandbox.password}\n${sandbox.otpCode}9\n`],
    [[...otp, "--debug", "--error-format", "json"], "a-wrong-password"],
    [["accounts", "list", "--debug"], ""],
    [["accounts", "show", "0", "--debug"], ""],
    [["auth", "list", "--json"], ""],
    [["config", "explain"], ""],
    [["config", "set", "password", "x", "--debug"], ""],
    [["login", "--token-stdin", "--base-url", sandbox.url, "--debug"], `${sandbox.token}x\n`],
    [["accounts", "list", "--debug", "-o", "json"], ""],
  ];
  let said = "";
  for (const [words, input] of lines) {
    const { stdout, stderr } = await runSipnav(words, { environment, input });
    said += stdout + stderr;
  }
  expect(said).toContain("Logged in");
  const written = [...filesBelow(home).values()].join("\n");
  expect(written).toContain("sealed");
  for (const secret of [
    sandbox.password,
    sandbox.otpCode,
    sandbox.token,
    "the-passphrase",
    "a-wrong-password",
  ]) {
    expect(said).not.toContain(secret);
    expect(written).not.toContain(secret);
  }
  expect(said + written).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
}, 60_000);

test("a session in memory is refused where it would end at once, and lasts for a shell's lines", async () => {
  const environment = { HOME: temporaryFolder() };
  const login = ["login", "--sandbox", "--store", "memory"];
  for (const variable of [{}, { SIPNAV_STORE: "memory" }]) {
    const words = "SIPNAV_STORE" in variable ? login.slice(0, 2) : login;
    const ended = await runSipnav(words, { environment: { ...environment, ...variable } });
    expect(ended).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(
        /A session in memory would end with this command\.\nKeep it: .*--store file/,
      ),
    });
  }
  const input = `${login.join(" ")}\naccounts list --limit 1 -o ids\n`;
  const shell = await runSipnav(["shell"], { environment, input });
  expect(shell).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\n$/) });
  expect(await runSipnav(["accounts", "list"], { environment })).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/a session in memory ends with its command\.\nLog in: .*--store file/),
  });
  expect([...filesBelow(environment.HOME).values()].join()).not.toMatch(/eyJ/);
}, 60_000);

test("a profile that is named is part of every way in", async () => {
  const environment = { HOME: temporaryFolder() };
  await runSipnav(["profiles", "add", "lab", "--base-url", "https://lab.test"], { environment });
  const { code, stderr } = await runSipnav(["accounts", "list", "--profile", "lab"], { environment });
  expect({ code, stderr }).toEqual({
    code: 4,
    stderr: expect.stringMatching(
      /Log in: sipnav login --profile lab .*SIPNAV_TOKEN with SIPNAV_PROFILE=lab/,
    ),
  });
}, 30_000);

describe("without a home", () => {
  test("help and version work", async () => {
    for (const words of [["--version"], ["--help"], ["login", "--help"]]) {
      expect(await runSipnav(words)).toMatchObject({ code: 0, stderr: "" });
    }
  });

  test("commands work on credentials of the environment; what must be kept says why it can't", async () => {
    const sandbox = await openPlatform();
    const environment = { SIPNAV_TOKEN: sandbox.token, SIPNAV_BASE_URL: sandbox.url };
    expect(await runSipnav(["accounts", "list"], { environment })).toMatchObject({ code: 0 });
    expect(await runSipnav(["accounts", "list"])).toMatchObject({ code: 4 });
    const login = await runSipnav(loginTo(sandbox), { input: sandbox.password });
    expect(login).toMatchObject({ code: 3, stderr: expect.stringContaining("HOME is not set") });
  });
});

const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

/** Runs a shell script that may mount what nobody else sees. */
const runMounted = (script: string, input: string, environment: Readonly<Record<string, string>>) =>
  runProgram(["unshare", "-rm", "sh", "-c", script], { input, environment });

describe.runIf(canMount)("a home", () => {
  test("that cannot be written to is told, and what was there is still read", async () => {
    const sandbox = await openPlatform();
    const home = temporaryFolder();
    const environment = { HOME: home };
    await runSipnav(loginTo(sandbox), { environment, input: sandbox.password });
    const mount = `mount --bind ${home} ${home} && mount -o remount,ro,bind ${home} &&`;
    const sipnav = `${process.execPath} ${bin}`;
    const list = await runMounted(`${mount} ${sipnav} accounts list`, "", environment);
    expect(list).toMatchObject({ code: 0 });
    const login = await runMounted(
      `${mount} ${sipnav} ${loginTo(sandbox).join(" ")}`,
      sandbox.password,
      environment,
    );
    expect(login).toMatchObject({ code: 3, stderr: expect.stringContaining("read-only") });
  }, 60_000);

  test("with no space left is told, and nothing half-written keeps its name", async () => {
    const sandbox = await openPlatform();
    const home = temporaryFolder();
    const environment = { HOME: join(home, "h") };
    mkdirSync(environment.HOME);
    await runSipnav(loginTo(sandbox), { environment, input: sandbox.password });
    const kept = readFileSync(join(environment.HOME, ".config/sipnav/credentials.json"), "utf8");
    const script = [
      `mkdir ${home}/t && mount -t tmpfs -o size=64k tmpfs ${home}/t && cp -r ${home}/h/.config ${home}/t/`,
      `dd if=/dev/zero of=${home}/t/fill bs=1k 2>/dev/null; export HOME=${home}/t`,
      `${process.execPath} ${bin} ${loginTo(sandbox, "--profile", "other").join(" ")}; echo code $?`,
      `find ${home}/t/.config -type f; cat ${home}/t/.config/sipnav/credentials.json`,
    ].join("\n");
    const { stdout, stderr } = await runMounted(script, sandbox.password, environment);
    expect(stderr).toContain("no space is left on the device");
    expect(stdout).toContain("code 3");
    expect(stdout).toContain(kept);
    expect(stdout).not.toContain(".new");
  }, 60_000);
});
