import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createMask } from "../../src/api/masks.ts";
import { resolveTemplates } from "../../src/api/templates.ts";
import type { WireEntry } from "../../src/api/wirelog.ts";
import { answer, connect, errorOf, serve, serveBytes } from "./server.ts";

const secrets = /secret|hunter2|zz0412|eyJenc|sid=/;
const user = "eyJenc/+=";

describe("the wire log", () => {
  test("tells every try from what may be shown", async () => {
    const entries: WireEntry[] = [];
    const headers = { "set-cookie": "sid=1", "x-internal": "secret", "x-ratelimit-remaining": "3" };
    const server = await serve((_, response, turn) => answer(response, {}, turn === 0 ? 503 : 200, headers));
    const client = connect(server.url, { platformId: "2", onExchange: (entry) => entries.push(entry) });
    const { requestId } = await client.call("getAccount", { path: { id: "7/8" } });
    const entry = {
      timeMs: Date.UTC(2026, 0, 2, 3, 4, 5),
      requestId,
      operation: "getAccount",
      method: "GET",
      url: `${server.url}/api/accounts/7%2F8?platform_id=2&external=1`,
      attempt: 1,
      durationMs: 0,
      outcome: 503,
      bytes: 2,
      headers: { "content-type": "application/json", "x-ratelimit-remaining": "3", date: expect.any(String) },
    };
    expect(entries).toEqual([entry, { ...entry, attempt: 2, outcome: 200, timeMs: entry.timeMs + 125 }]);
  });

  test("tells of what broke, and of redirects without their path", async () => {
    const entries: WireEntry[] = [];
    const server = await serve((request, response) => {
      if (request.url?.startsWith("/api")) response.writeHead(302, { location: "/x?token=secret" }).end();
      else response.destroy();
    });
    const client = connect(server.url, { attemptsMax: 1, onExchange: (entry) => entries.push(entry) });
    await errorOf(client.call("getAccount", { path: { id: 7 } }));
    expect(entries.map(({ url, outcome }) => [url, outcome])).toEqual([
      [`${server.url}/api/accounts/7?external=1`, 302],
      [server.url, "ECONNRESET"],
    ]);
  });
});

test("no secret reaches an error or the log, whatever goes wrong", async () => {
  const entries: WireEntry[] = [];
  const refusing = await serve((_, response) => answer(response, { message: "No.", trace: "secret" }, 422));
  const breaking = await serveBytes((socket) => socket.resetAndDestroy());
  const garbage = await serve((_, response) => response.writeHead(402).end('{"token":"secret'));
  for (const { url } of [refusing, breaking, garbage, { url: "http://127.0.0.1:1" }]) {
    const client = connect(url, { attemptsMax: 2, onExchange: (entry) => entries.push(entry) });
    const errors = [
      await errorOf(client.call("login", { body: { username: "u", password: "hunter2" } })),
      await errorOf(
        client.call("verifyOtp", { path: { encrypted_user: user }, body: { two_factor_code: "zz0412" } }),
      ),
      await errorOf(client.call("emailPasswordReset", { path: { username: "secret@example.com" } })),
      await errorOf(client.call("getAccount", { path: { id: 7 } })),
      await errorOf(
        client.request({ method: "GET", path: `/api/verify/${encodeURIComponent(user)}?token=secret` }),
      ),
    ];
    for (const error of errors) {
      expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(secrets);
      expect(error.facts.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  }
  expect(entries.length).toBeGreaterThan(20);
  expect(JSON.stringify(entries)).not.toMatch(secrets);
});

test.each([
  ["/api/verify/abc", "/api/verify/***"],
  ["/api/password/email/me?x", "/api/password/email/***?x=***"],
  ["/own/abc/verify", "/own/***/verify"],
  [
    "/api/accounts/7?page=2&token=t&platform_filter%5B%5D=1",
    "/api/accounts/7?page=2&token=***&platform_filter%5B%5D=1",
  ],
  ["/api/x?%zz=1#token", "/api/x?%zz=***"],
])("%s is shown as %s", (path, shown) => {
  const mask = createMask(resolveTemplates({ resetPassword: "/own/{encrypted_user}/verify" }));
  expect(mask(path)).toBe(shown);
});
