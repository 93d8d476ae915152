import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { filesBelow, temporaryFolder } from "../host/desk.ts";
import { openPlatform } from "../services/platform.ts";
import { bin, runProgram, runSipnav } from "./program.ts";

const hasLibrary =
  spawnSync(process.execPath, ["-e", 'require("keytar")'], { cwd: join(bin, "..") }).status === 0;
const has = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
const hasKeyring = hasLibrary && has("gnome-keyring-daemon") && has("dbus-run-session");

async function openKeychainPlatform() {
  const sandbox = await openPlatform();
  const login = `login --base-url ${sandbox.url} --username ${sandbox.username} --password-stdin --store keychain`;
  return { sandbox, login };
}

/** Runs sipnav commands one after the other under a keyring of their own. */
async function runKeyring(unlock: string, commands: readonly string[], home: string, input: string) {
  const steps = commands.map((words) => `${process.execPath} ${bin} ${words} 2>&1; echo "exit $?"; echo ---`);
  const script = [unlock, ...steps].join("\n");
  const { stdout } = await runProgram(["dbus-run-session", "--", "sh", "-c", script], {
    environment: { HOME: home },
    input,
  });
  return stdout.split("---\n").slice(0, -1);
}

describe.runIf(hasKeyring)("the system's keychain", () => {
  /** Waits for what a shell's words find, for half a minute at the most. */
  const wait = (words: string) =>
    `for _ in $(seq 300); do ${words} >/dev/null 2>&1 && break; sleep 0.1; done`;
  const ask = (to: string, what: string) => `dbus-send --print-reply --dest=org.freedesktop.${to} ${what}`;
  const secrets = "/org/freedesktop/secrets/collection/login org.freedesktop.DBus.Properties.Get";
  const unlock = [
    "echo -n secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1",
    // Whoever asks for it before it has its name has the bus start another, which knows no password.
    wait(
      `${ask("DBus", "/ org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets")} | grep -q true`,
    ),
    wait(ask("secrets", `${secrets} string:org.freedesktop.Secret.Collection string:Label`)),
  ].join("\n");

  test("keeps the session and nothing else does, until logout", async () => {
    const { sandbox, login } = await openKeychainPlatform();
    const home = temporaryFolder();
    const commands = [
      `${login} --remember`,
      "whoami",
      "accounts list",
      "auth status --json",
      "auth token",
      "logout",
      "accounts list",
    ];
    const input = `${sandbox.password}\n`;
    const [opened, who, list, status, token = "", closed, refused] = await runKeyring(
      unlock,
      commands,
      home,
      input,
    );
    expect(opened).toContain("kept in the keychain store");
    expect(who).toContain(sandbox.username);
    expect(list?.split("\n").length).toBeGreaterThan(3);
    expect(status).toMatch(/"source": ?"keychain"/);
    expect(token).toMatch(/^eyJ/);
    expect(closed).toContain("exit 0");
    expect(refused).toContain("exit 4");
    // The keyring, which ends with its bus, takes files of its own away while they are read.
    const files = await vi.waitFor(() => filesBelow(home), { timeout: 30_000 });
    expect([...files.keys()].filter((path) => path.endsWith("login.keyring"))).toHaveLength(1);
    for (const text of files.values()) {
      expect(text).not.toContain(token.split("\n")[0]);
      expect(text).not.toContain(sandbox.password);
    }
    const headers = { accept: "application/json", authorization: `Bearer ${token.split("\n")[0]}` };
    expect((await fetch(`${sandbox.url}/api/accounts`, { headers })).status).toBe(401);
  }, 60_000);

  test("is named as the problem when it is locked", async () => {
    const { sandbox, login } = await openKeychainPlatform();
    const start = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1";
    const [refused] = await runKeyring(start, [login], temporaryFolder(), sandbox.password);
    expect(refused).toContain("exit 3");
    expect(refused).toContain("--store file");
  }, 60_000);
});

test("a keychain that is not there, or never answers, ends the command with code 3", async () => {
  const { sandbox, login } = await openKeychainPlatform();
  const folder = temporaryFolder();
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(join(folder, "bus"), resolve));
  onTestFinished(() => void silent.close());
  for (const [name, reason] of [
    ["bus", "did not answer within 3 s"],
    ["nothing", "cannot be used"],
  ] as const) {
    const environment = { HOME: folder, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, name)}` };
    const { code, stderr } = await runSipnav(login.split(" "), { environment, input: sandbox.password });
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining("--store file") });
    expect(stderr).toContain(hasLibrary ? reason : "cannot be used");
  }
}, 60_000);
