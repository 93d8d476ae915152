import { request } from "node:http";
import { expect, test } from "vitest";
import { operationIds, routeOf } from "../../src/contract/operations.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { openPlatform } from "./platform.ts";

const places: Record<string, string> = { number: "2142355678", username: "nobody", encrypted_user: "x" };

test("every operation of the contract is answered by a handler of its own", async () => {
  const { ask, sandbox } = await openPlatform();
  // Logout last: it ends the session that the others need.
  const ids = [...operationIds.filter((id) => id !== "logout"), "logout" as const];
  for (const id of ids) {
    const { method, path } = routeOf(id);
    const answer = await ask(`${method} ${path.replace(/\{(\w+)\}/, (_, name) => places[name] ?? "1")}`);
    expect([200, 401, 404, 422], `${id}: ${answer.text}`).toContain(answer.status);
    expect(answer.json, id).toBeTypeOf("object");
  }
  expect(sandbox.requests().map((entry) => entry.operation)).toEqual(ids);
});

test("without a valid token JSON callers get 401, others the login page", async () => {
  const { ask } = await openPlatform();
  for (const token of [null, "", "abc", "a.b.c"]) {
    const refused = await ask("/api/accounts", { token });
    expect([refused.status, refused.json]).toEqual([401, { message: "Unauthenticated." }]);
  }
  const redirected = await ask("/api/accounts", { token: null, headers: { Accept: "*/*" } });
  expect(redirected.status).toBe(302);
  expect(redirected.headers.get("location")).toBe("/login");
  const page = await ask("/login", { token: null, headers: { Accept: "*/*" } });
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.text).toContain("<!DOCTYPE html>");
});

test("errors are pages for callers that do not accept JSON; data stays JSON", async () => {
  const { ask } = await openPlatform();
  const headers = { Accept: "text/html" };
  const missing = await ask("/api/accounts/1", { headers });
  expect([missing.status, missing.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
  expect((await ask("/api/nothing", { headers })).text).toContain("<h1>404");
  expect((await ask("/api/accounts", { headers })).json.success).toBe(true);
});

test("an unknown route is 404, an unknown method 405 with Allow", async () => {
  const { ask } = await openPlatform();
  expect((await ask("/api/nothing")).json).toEqual({ message: "The route api/nothing could not be found." });
  const refused = await ask("DELETE /api/accounts/10001");
  expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, PUT"]);
});

test("a request id is echoed, or made", async () => {
  const { ask, sandbox } = await openPlatform();
  const echoed = await ask("/api/companies", { headers: { "X-Request-Id": "abc-1" } });
  expect(echoed.headers.get("x-request-id")).toBe("abc-1");
  const made = await ask("/api/companies");
  expect(made.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(sandbox.requests().map((entry) => entry.request_id)).toEqual([
    "abc-1",
    made.headers.get("x-request-id"),
  ]);
});

test("a platform that the user may not see is forbidden, wherever it is named", async () => {
  const { ask } = await openPlatform();
  for (const query of [
    "accounts?platform_id=3",
    "cdr/search?p_id=9",
    "companies?platform_filter[]=1&platform_filter[]=4",
  ]) {
    const refused = await ask(`/api/${query}`);
    expect([refused.status, refused.json.message]).toEqual([403, "You do not have access to this platform."]);
  }
  expect((await ask("/api/accounts?platform_id=2")).status).toBe(200);
});

test("an encoded slash or a dot segment in an id stays within its path", async () => {
  const { ask } = await openPlatform();
  for (const id of ["10001%2Fx", "..%2Fcompanies", "1%3Fx", "%23"]) {
    expect((await ask(`/api/accounts/${id}`)).json.message).toContain("No query results for model");
  }
});

test("a body beyond the cap is refused", async () => {
  const { sandbox } = await openPlatform();
  const status = await new Promise((resolve, reject) => {
    const headers = {
      Accept: "application/json",
      Authorization: `Bearer ${sandbox.token}`,
      "Content-Type": "application/json",
    };
    const outgoing = request(`${sandbox.url}/api/accounts`, { method: "POST", headers }, (incoming) => {
      resolve(incoming.statusCode);
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    const megabyte = Buffer.alloc(1024 * 1024, 32);
    for (let sent = 0; sent < 65; sent++) outgoing.write(megabyte);
    outgoing.end();
  });
  expect(status).toBe(413);
});

test("it listens on loopback only, and says how to mend a port in use", async () => {
  const { sandbox } = await openPlatform();
  expect(new URL(sandbox.url).hostname).toBe("127.0.0.1");
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ port, cdrs: 10 })).rejects.toMatchObject({
    kind: "config",
    facts: { code: "EADDRINUSE", hint: "Use --port 0 for a free one." },
  });
});
