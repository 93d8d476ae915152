import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { systemHost } from "../../src/host/system.ts";
import { temporaryFolder } from "./desk.ts";

test("what is to be told of the credentials file goes to the face, and not past it onto the screen", async () => {
  const home = temporaryFolder();
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const around = { env: { SIPNAV_HOME: home }, cwd: () => "/", stdin, stdout, stderr };
  const host = systemHost(around as unknown as NodeJS.Process, "0.0.0", signal);
  const path = join(home, "credentials.json");
  writeFileSync(path, '{"version":1,"secrets":{"a":"one"}}');
  chmodSync(path, 0o644);
  const told: string[] = [];
  expect(await host.secrets("file", (text) => told.push(text)).get("a")).toBe("one");
  expect(told).toEqual([expect.stringContaining(`Other users could read ${path}`)]);
  expect([stdout.read(), stderr.read()]).toEqual([null, null]);
  await host.secrets("memory", String).set("b", "two");
  expect(await host.secrets("memory", String).get("b")).toBe("two");
});
