import { expect, test } from "vitest";
import { openPlatform } from "./platform.ts";

test("without a limit nothing is said of one", async () => {
  const { ask } = await openPlatform();
  expect((await ask("/api/companies")).headers.get("x-ratelimit-limit")).toBeNull();
});

test("a fixed window from the first request, with Laravel's headers", async () => {
  const { ask, clock } = await openPlatform({ rateLimit: "3/min" });
  const left = async () => (await ask("/api/companies")).headers.get("x-ratelimit-remaining");
  expect([await left(), await left()]).toEqual(["2", "1"]);
  clock.nowMs += 40_000;
  expect(await left()).toBe("0");

  const refused = await ask("/api/companies");
  expect([refused.status, refused.json]).toEqual([429, { message: "Too Many Attempts." }]);
  const resetS = Date.parse("2026-03-10T12:01:00Z") / 1000;
  const facts = ["limit", "remaining", "reset"].map((name) => refused.headers.get(`x-ratelimit-${name}`));
  expect(facts).toEqual(["3", "0", String(resetS)]);
  expect(refused.headers.get("retry-after")).toBe("20");

  clock.nowMs += 20_000;
  expect(await left()).toBe("2");
});

test("each user has a limit of their own, and so has an address without a session", async () => {
  const { ask, sandbox } = await openPlatform({ rateLimit: "1/min" });
  expect((await ask("/api/companies")).status).toBe(200);
  expect((await ask("/api/companies")).status).toBe(429);
  const challenge = await ask("POST /api/login", {
    json: { username: sandbox.otpUsername, password: sandbox.password },
    token: null,
  });
  expect(challenge.status).toBe(200);
  expect((await ask("POST /api/login", { json: {}, token: null })).status).toBe(429);
});

test("errors carry the headers too; control calls and links do not count", async () => {
  const { ask } = await openPlatform({ rateLimit: "2/min" });
  for (const path of ["/__sandbox/state", "/__sandbox/tables/companies", "/__links/x"]) await ask(path);
  const missing = await ask("/api/accounts/1");
  expect([missing.status, missing.headers.get("x-ratelimit-remaining")]).toEqual([404, "1"]);
});

test("another way to write a limit is a usage error", async () => {
  for (const rateLimit of ["600", "0/min", "10/s", "-1/min", "1.5/min"]) {
    await expect(openPlatform({ rateLimit }), rateLimit).rejects.toMatchObject({ kind: "usage" });
  }
});
