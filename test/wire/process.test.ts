import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { at, rows } from "./http.ts";
import { type Platform, start, startToEnd } from "./platform.ts";

const dayMs = 86_400_000;
const wireDate = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 19).replace("T", " ");

/** Starts a platform that is gone after the test. */
async function open(...flags: string[]): Promise<Platform> {
  const platform = await start(...flags);
  onTestFinished(() => void platform.stop("SIGKILL"));
  return platform;
}

test("a million call detail records are searched in little memory", async () => {
  const sizes = ["--accounts", "500", "--carriers", "60", "--companies", "40", "--cdrs", "1000000"];
  const platform = await open(...sizes);
  for (let index = 0; index < 50; index += 1) {
    const endMs = Date.now() - (1 + (index % 25)) * dayMs;
    // A whole day: nights and Sundays have few calls.
    const range = { start_date: wireDate(endMs - dayMs), end_time: wireDate(endMs), limit: "1000" };
    const answer = await platform.api("GET", `/api/cdr/search?${new URLSearchParams(range)}`);
    expect(rows(answer)).toHaveLength(1000);
  }
  expect(rssMb(platform.child.pid) ?? 0).toBeLessThanOrEqual(150);
});

describe("starting", () => {
  test("prints one JSON line, and SIGTERM ends it with 0", async () => {
    const platform = await open();
    expect(Object.keys(platform.ready)).toEqual(
      expect.arrayContaining(["url", "username", "password", "token", "otp_username", "otp_code"]),
    );
    let more = "";
    platform.child.stdout?.on("data", (chunk) => {
      more += chunk;
    });
    await platform.api("GET", "/api/accounts");
    expect(await platform.stop()).toBe(0);
    expect(more).toBe("");
  });

  test("SIGTERM does not wait for idle connections or for a stalled client", async () => {
    const platform = await open("--faults", "slow:60000ms@1");
    const pending = platform.api("GET", "/api/accounts").catch(() => "dropped");
    const arrived = async () => at(await platform.api("GET", "/__sandbox/state"), "requests_total");
    await expect.poll(arrived, { timeout: 10_000 }).toBe(1);
    const began = performance.now();
    expect(await platform.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await pending).toBe("dropped");
  });

  test("the same seed makes the same data, another seed other data, and passwords are never the same", async () => {
    const platforms = await Promise.all([open(), open(), open("--seed", "8")]);
    const names = await Promise.all(
      platforms.map(async ({ api }) =>
        rows(await api("GET", "/api/companies-names")).map((row) => row.customer_name),
      ),
    );
    const passwords = new Set(platforms.map(({ ready }) => ready.password));
    expect(names[1]).toEqual(names[0]);
    expect(names[2]).not.toEqual(names[0]);
    expect(passwords.size).toBe(3);
  });

  test("a port in use is a clear error", async () => {
    const platform = await open();
    const { port } = new URL(platform.ready.url);
    const second = await startToEnd("--port", port);
    expect(second).toMatchObject({ code: expect.any(Number), stdout: "" });
    expect(second.code).toBeGreaterThan(0);
    expect(second.stderr).toContain(port);
    expect(second.stderr).toMatch(/in use|can't listen/i);
    expect(second.stderr).not.toMatch(/\n\s+at /);
  });

  test.each([
    ["--faults", "nonsense:1"],
    ["--faults", "http500:2"],
    ["--faults", "slow:fast@1"],
    ["--rate-limit", "many"],
    ["--rate-limit", "0/min"],
    ["--rate-limit", "-5/min"],
    ["--port", "99999"],
    ["--cdrs", "-1"],
    ["--token-ttl", "0"],
  ])("%s %s is refused with 2", async (flag, value) => {
    const { code, stdout, stderr } = await startToEnd(flag, value);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/\w/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

/** Resident memory by the kernel's own count; undefined where there is no /proc. */
function rssMb(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
