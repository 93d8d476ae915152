import { request } from "node:http";
import { expect, test } from "vitest";
import { limits } from "../../src/core/limits.ts";
import { createRequestLog, type RequestEntry } from "../../src/sandbox/requestlog.ts";
import { openPlatform } from "./platform.ts";

test("the state tells seed, counts, faults and requests", async () => {
  const { ask } = await openPlatform();
  await ask("/api/accounts?per_page=5", { headers: { "User-Agent": "sipnav-test" } });
  const state = (await ask("/__sandbox/state")).json;
  expect(state).toMatchObject({
    seed: 7,
    counts: { accounts: 30, carriers: 8, companies: 6, cdrs: 2000, restrictions: 120, mails: 0 },
    faults: "",
    requests_total: 1,
  });
  expect(state.requests).toEqual([
    {
      time: "2026-03-10T12:00:00.000Z",
      method: "GET",
      path: "/api/accounts",
      query: "per_page=5",
      status: 200,
      user_agent: "sipnav-test",
      request_id: expect.any(String),
      operation: "listAccounts",
    },
  ]);
});

test("neither the log nor a table holds a token, a password or a code", async () => {
  const { ask, sandbox } = await openPlatform();
  const { username, otpUsername, password, otpCode, token } = sandbox;
  const challenge = await ask("POST /api/login", { json: { username: otpUsername, password }, token: null });
  const sealed = encodeURIComponent(challenge.json.data.encrypted_user);
  await ask(`POST /api/verify/${sealed}?password=hidden1`, {
    json: { two_factor_code: otpCode },
    token: null,
  });
  await ask(`POST /api/password/reset/${sealed}`, { json: { t_password: "hidden2" }, token: null });
  await ask(`/api/password/email/${username}x`, { token: null });
  await ask("/api/accounts?token=hidden3&per_page=1&platform_filter%5B%5D=1");
  const { text, json } = await ask("/__sandbox/state");
  for (const secret of [token, password, otpCode, sealed, "hidden1", "hidden2", "hidden3", `${username}x`]) {
    expect(text).not.toContain(secret);
  }
  const targets = json.requests.map((entry: RequestEntry) => `${entry.path}?${entry.query}`);
  expect(targets.slice(1)).toEqual([
    "/api/verify/{encrypted_user}?password=***",
    "/api/password/reset/{encrypted_user}?",
    "/api/password/email/{username}?",
    "/api/accounts?token=***&per_page=1&platform_filter%5B%5D=1",
  ]);
  expect((await ask("/__sandbox/tables/users")).status).toBe(404);
});

test("tables come whole or in parts, calls by their order", async () => {
  const { ask } = await openPlatform();
  const accounts = (await ask("/__sandbox/tables/accounts")).json;
  expect(accounts).toHaveLength(30);
  expect((await ask("/__sandbox/tables/accounts?limit=2&offset=29")).json).toEqual([accounts[29]]);
  const cdrs = (await ask("/__sandbox/tables/cdrs")).json;
  expect(cdrs).toHaveLength(1000);
  const part = (await ask("/__sandbox/tables/cdrs?limit=5&offset=1998")).json;
  expect(part).toHaveLength(2);
  const [newest] = (await ask("/api/cdr/search?limit=1")).json.data;
  expect(part[1]).toEqual(newest);
  expect((await ask("/__sandbox/tables/nothing")).status).toBe(404);
  expect((await ask("/__sandbox/tables/cdrs?limit=x")).status).toBe(422);
});

test("reset goes back to the seed", async () => {
  const { ask, sandbox } = await openPlatform();
  const before = (await ask("/__sandbox/tables/accounts")).text;
  await ask("POST /api/accounts", { json: { account_name: "x", customer_id: 2001 } });
  await ask("PUT /api/accounts/10001", { json: { account_name: "y", customer_id: 2001 } });
  sandbox.failNext({ kind: "http500", operation: "getCompany" });
  expect((await ask("/__sandbox/tables/accounts")).text).not.toBe(before);
  const state = (await ask("POST /__sandbox/reset")).json;
  expect(state).toMatchObject({ counts: { accounts: 30 }, pending: [], requests_total: 0 });
  expect((await ask("/__sandbox/tables/accounts")).text).toBe(before);
});

test("faults are set, bound and cleared over the wire", async () => {
  const { ask } = await openPlatform();
  const post = (json: unknown) => ask("POST /__sandbox/faults", { json });
  expect((await post({ faults: "http500:1" })).json).toMatchObject({ faults: "http500:1" });
  expect((await ask("/api/companies")).status).toBe(500);
  await post({ faults: "" });
  expect((await ask("/api/companies")).status).toBe(200);
  await post({ next: { kind: "http503", operation: "listCompanies", times: 1 } });
  expect((await ask("/api/companies")).status).toBe(503);
  expect((await ask("/api/companies")).status).toBe(200);
  expect((await ask("/__sandbox/state")).json.injected).toEqual({ http500: 1, http503: 1 });

  await post({ next: { kind: "http500" } });
  expect((await post({ faults: "" })).json.pending).toEqual([]);
  expect((await post({ faults: "oops" })).json.message).toContain('"oops"');
  const refused = await post({ next: { kind: "flood", operation: "nope", times: 0 } });
  expect(Object.keys(refused.json.errors)).toEqual(["kind", "operation", "times"]);
});

test("control is for programs on this machine: a foreign Host or any Origin is refused", async () => {
  const { sandbox } = await openPlatform();
  const statusOf = (headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${sandbox.url}/__sandbox/state`, { headers }, (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      });
      outgoing.on("error", reject);
      outgoing.end();
    });
  const { port } = new URL(sandbox.url);
  expect(await statusOf({})).toBe(200);
  expect(await statusOf({ Host: `localhost:${port}` })).toBe(200);
  expect(await statusOf({ Host: `[::1]:${port}` })).toBe(200);
  expect(await statusOf({ Host: `evil.example:${port}` })).toBe(403);
  expect(await statusOf({ Host: `127.0.0.1.evil.example:${port}` })).toBe(403);
  expect(await statusOf({ Origin: "http://evil.example" })).toBe(403);
  expect(await statusOf({ Origin: sandbox.url })).toBe(403);
});

test("the log keeps the latest requests and counts them all", () => {
  const log = createRequestLog();
  const entry: RequestEntry = {
    time: "",
    method: "GET",
    path: "/",
    query: "",
    status: 200,
    user_agent: "",
    request_id: "",
    operation: null,
  };
  const count = 2 * limits.sandboxRequestsMax + 5;
  for (let n = 0; n < count; n++) log.add({ ...entry, path: `/${n}` });
  expect(log.total()).toBe(count);
  expect(log.entries()).toHaveLength(limits.sandboxRequestsMax);
  expect(log.entries().at(-1)?.path).toBe(`/${count - 1}`);
  expect(log.entries().at(0)?.path).toBe(`/${count - limits.sandboxRequestsMax}`);
});
