import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { answer, authority, connect, errorOf, serve } from "./server.ts";

const account = { path: { id: 7 } };
const redirect = (response: ServerResponse, status: number, location: string) =>
  response.writeHead(status, { location }).end();

test("a GET follows within the origin and keeps its token", async () => {
  const server = await serve((request, response) => {
    if (request.url === "/new") return answer(response, { success: true, data: { account_id: 7 } });
    redirect(response, 302, "/new");
  });
  const reply = await connect(server.url).call("getAccount", account);
  expect(reply.data).toEqual({ account_id: 7 });
  expect(server.seen[1]?.headers.authorization).toBe("Bearer secret-token");
});

test("another origin sees neither token nor request id", async () => {
  const stranger = await serve((_, response) => answer(response, { success: true, data: {} }));
  const server = await serve((_, response) => redirect(response, 307, `${stranger.url}/elsewhere?a=1`));
  await connect(server.url).request({ method: "GET", path: "/api/accounts" });
  const [seen] = stranger.seen;
  expect(seen?.url).toBe("/elsewhere?a=1");
  for (const name of ["authorization", "x-request-id"]) {
    expect(server.seen[0]?.headers[name]).toBeDefined();
    expect(seen?.headers[name]).toBeUndefined();
  }
});

test("the token does not come back with a redirect home", async () => {
  const home = await serve((request, response) => {
    if (request.url === "/back") return answer(response, { success: true });
    redirect(response, 302, `${away.url}/away`);
  });
  const away = await serve((_, response) => redirect(response, 302, `${home.url}/back`));
  await connect(home.url).call("getAccount", account);
  expect(home.seen[1]).toMatchObject({ url: "/back" });
  expect(home.seen[1]?.headers.authorization).toBeUndefined();
});

test("circles end", async () => {
  const server = await serve((_, response) => redirect(response, 301, "/round"));
  const error = await errorOf(connect(server.url).call("getAccount", account));
  expect(error).toMatchObject({ kind: "protocol", facts: { code: "REDIRECT_LOOP" } });
  expect(server.seen).toHaveLength(6);
});

test.each([
  [301, undefined],
  [302, true],
  [303, true],
  [307, undefined],
  [308, undefined],
])("a redirected write (%d) is not followed", async (status, outcomeUnknown) => {
  const server = await serve((_, response) => redirect(response, status, "/new"));
  const body = { account_name: "A", customer_id: 3 };
  const error = await errorOf(connect(server.url).call("createAccount", { body }));
  expect(error).toMatchObject({ kind: "protocol", facts: { code: "REDIRECTED_WRITE" } });
  expect(error.facts.outcomeUnknown).toBe(outcomeUnknown);
  expect(server.seen).toHaveLength(1);
});

test("https does not lead to http, nor anywhere else", async () => {
  const plain = await serve((_, response) => answer(response, { success: true }));
  for (const location of [plain.url, "file:///etc/passwd", "http://["]) {
    const server = await serve((_, response) => redirect(response, 302, location), { tls: true });
    const error = await errorOf(connect(server.url, { ca: authority }).call("getAccount", account));
    expect(error).toMatchObject({ kind: "protocol", facts: { code: "REDIRECT_UNSAFE" } });
  }
  expect(plain.seen).toHaveLength(0);
});

describe("another origin that can't serve", () => {
  const hint = (origin: string) => expect.stringContaining(`If ${origin}, to which the platform redirects,`);

  test("and answers 401 says nothing of the session: nothing is renewed", async () => {
    const stranger = await serve((_, response) => answer(response, { message: "Unauthenticated." }, 401));
    const server = await serve((_, response) => redirect(response, 301, `${stranger.url}/api`));
    let renewals = 0;
    const renew = async () => `token-${++renewals}`;
    const error = await errorOf(connect(server.url, { renew }).call("getAccount", account));
    expect(error).toMatchObject({
      kind: "protocol",
      message: `The answer of ${stranger.url} (HTTP 401) can't be used.`,
      facts: { hint: hint(stranger.url) },
    });
    expect(renewals).toBe(0);
  });

  test("as a portal's page is named", async () => {
    const stranger = await serve((_, response) => response.end("<html>Log in to the hotel</html>"));
    const server = await serve((_, response) => redirect(response, 302, stranger.url));
    const error = await errorOf(connect(server.url).call("getAccount", account));
    expect(error.message).toBe(
      `The answer of ${stranger.url} (HTTP 200) can't be used; it answered with a web page.`,
    );
    expect(error.facts.hint).toEqual(hint(stranger.url));
  });

  test("and can't be reached is not taken for the platform", async () => {
    const server = await serve((_, response) =>
      redirect(response, 302, "http://127.0.0.1:1/portal?secret=1"),
    );
    const error = await errorOf(connect(server.url, { attemptsMax: 1 }).call("getAccount", account));
    expect(error).toMatchObject({ kind: "network", facts: { hint: hint("http://127.0.0.1:1") } });
    expect(error.message).toMatch(/, after a redirect to http:\/\/127\.0\.0\.1:1\.$/);
    expect(error.message).not.toContain("secret");
  });

  test("is named where it should have taken a write", async () => {
    const server = await serve((_, response) => redirect(response, 308, "https://new.invalid/api/login"));
    const error = await errorOf(
      connect(server.url).call("login", { body: { username: "u", password: "p" } }),
    );
    expect(error.facts).toMatchObject({ code: "REDIRECTED_WRITE", hint: hint("https://new.invalid") });
  });
});
