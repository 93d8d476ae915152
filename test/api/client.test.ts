import { describe, expect, test } from "vitest";
import { createClient } from "../../src/api/client.ts";
import { answer, connect, createTestClock, errorOf, serve } from "./server.ts";

const ok = { success: true, message: "done", data: { account_id: 7, odd_field: [1] }, extra: "kept" };

describe("a call", () => {
  test("opens the envelope and drops nothing", async () => {
    const server = await serve((_, response) => answer(response, ok, 200, { "X-RateLimit-Remaining": "59" }));
    const reply = await connect(server.url).call("getAccount", { path: { id: 7 } });
    expect(reply.data).toEqual({ account_id: 7, odd_field: [1] });
    expect(reply).toMatchObject({ message: "done", raw: ok, status: 200 });
    expect(reply.headers["x-ratelimit-remaining"]).toBe("59");
    expect(server.seen[0]?.headers).toMatchObject({
      accept: "application/json",
      authorization: "Bearer secret-token",
      "user-agent": "sipnav-test",
      "x-request-id": reply.requestId,
    });
  });

  test("carries the platform id and external=1 where its route has them", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url, { platformId: "2" });
    await client.call("getAccount", { path: { id: "7" } });
    await client.call("listAccounts", { query: { platform_id: "9", external: 0, page: undefined as never } });
    await client.call("searchCdrs", { query: { start_date: "2026-01-01 00:00:00", limit: 5 } });
    await client.call("lookupLrn", { path: { number: "12025550123" } });
    await client.call("login", { body: { username: "u", password: "p" } });
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/api/accounts/7?platform_id=2&external=1",
      "/api/accounts?platform_id=9&external=0",
      "/api/cdr/search?p_id=2&start_date=2026-01-01%2000%3A00%3A00&limit=5",
      "/api/lrnlookup/12025550123?platform_id=2",
      "/api/login",
    ]);
    expect(server.seen[4]?.headers.authorization).toBeUndefined();
  });

  test("sends 0, flags and lists as PHP reads them", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url);
    await client.call("createRestriction", {
      query: { priority: 1, carrier_id: 0, account_id: 0, dst_number: "1900", note: "" } as never,
    });
    await client.call("listAccounts", { query: { "platform_filter[]": ["1", 2] } });
    await client.request({
      method: "get",
      path: "/api/x?a=1",
      query: { filter: ["a b", "&"], flag: true, no: false },
    });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /api/call-restrictions/num?priority=1&carrier_id=0&account_id=0&dst_number=1900&note=",
      "GET /api/accounts?external=1&platform_filter%5B%5D=1&platform_filter%5B%5D=2",
      "GET /api/x?a=1&filter%5B%5D=a%20b&filter%5B%5D=%26&flag=1&no=0",
    ]);
    expect(server.seen[0]?.headers["content-length"]).toBe("0");
  });

  test("sends JSON and files", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url);
    await client.call("updateAccount", { path: { id: 7 }, body: { account_name: "Müller" } });
    const content = new TextEncoder().encode("prefix,rate\n1,0.01\n");
    await client.call("uploadAccountDeck", {
      body: { account_id: 7, local: 1, file: { filename: 'a "b".csv', content } },
    } as never);
    const [put, upload] = server.seen;
    expect(put?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(Buffer.from(put?.body ?? "", "latin1").toString())).toEqual({ account_name: "Müller" });
    expect(upload?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload?.body).toContain("prefix,rate\n1,0.01\n");
    expect(upload?.body).toMatch(/name="file"; filename="a %22b%22.csv"/);
    expect(upload?.body).toMatch(/name="local"\r\n\r\n1\r\n/);
  });

  test("keeps every path value one segment", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(`${server.url}/prefix/`);
    for (const id of ["../users", "7?x=1", "7#x", "a/b", "50%", "é"])
      await client.call("getAccount", { path: { id } });
    expect(server.seen.map(({ url }) => url.replace("?external=1", ""))).toEqual([
      "/prefix/api/accounts/..%2Fusers",
      "/prefix/api/accounts/7%3Fx%3D1",
      "/prefix/api/accounts/7%23x",
      "/prefix/api/accounts/a%2Fb",
      "/prefix/api/accounts/50%25",
      "/prefix/api/accounts/%C3%A9",
    ]);
    for (const id of [".", "..", "", "\ud800"]) {
      expect((await errorOf(client.call("getAccount", { path: { id } }))).kind).toBe("validation");
    }
    expect(server.seen).toHaveLength(6);
  });

  test("refuses a value that a query can't carry before anything is sent", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url);
    for (const page of [Number.NaN, {}, Number.POSITIVE_INFINITY]) {
      expect((await errorOf(client.call("listAccounts", { query: { page } as never }))).kind).toBe(
        "validation",
      );
    }
    expect(server.seen).toHaveLength(0);
  });

  test("without a session sends nothing", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url, { token: undefined });
    expect((await errorOf(client.call("logout", {}))).kind).toBe("session");
    expect(server.seen).toHaveLength(0);
  });

  test("a token that can't stand in a header is refused without being shown", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const error = await errorOf(connect(server.url, { token: "a\nsecret" }).call("logout", {}));
    expect(error.kind).toBe("validation");
    expect(JSON.stringify(error.facts) + error.message).not.toContain("secret");
  });

  test("reads an empty answer as success without data", async () => {
    const server = await serve((_, response) => response.writeHead(204).end());
    expect(await connect(server.url).call("logout", {})).toMatchObject({
      status: 204,
      data: undefined,
      message: "",
    });
  });

  test("keeps numbers that a double can't hold", async () => {
    const server = await serve((_, response) =>
      response.end('{"success":true,"data":{"balanceamount":12345678901234567.89,"id":12}}'),
    );
    const { data } = await connect(server.url).call("getCompanyBalance", { path: { id: 1 } });
    expect(data).toEqual({ balanceamount: "12345678901234567.89", id: 12 });
  });
});

describe("endpoint overrides", () => {
  test("replace a path with the same places", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url, { endpoints: { getAccount: "/v2/{id}/account" } });
    await client.call("getAccount", { path: { id: "7/8" } });
    expect(server.seen[0]?.url).toBe("/v2/7%2F8/account?external=1");
  });

  test.each([
    "api/accounts/{id}",
    "//evil.test/{id}",
    "/api/accounts",
    "/api/{other}",
    "/a/{id}?x=1",
    "/a b/{id}",
  ])("%s is refused", (path) => {
    const make = () => connect("http://localhost", { endpoints: { getAccount: path } });
    expect(make).toThrowError(expect.objectContaining({ kind: "validation" }));
  });

  test("an unknown call is refused", () => {
    const make = () => connect("http://localhost", { endpoints: { nothing: "/x" } as never });
    expect(make).toThrowError(expect.objectContaining({ kind: "validation" }));
  });
});

test.each(["ftp://host", "http://user:word@host", "https://host/?x=1", "host", ""])(
  "base URL %j is refused",
  (baseUrl) => {
    const make = () => createClient({ baseUrl, userAgent: "x", clock: createTestClock() });
    expect(make).toThrowError(expect.objectContaining({ kind: "validation" }));
  },
);

describe("a raw request", () => {
  test("goes by the same way and hands back bytes, JSON and refusals when asked", async () => {
    const server = await serve((_, response) => answer(response, { message: "no" }, 422, { "X-Any": "1" }));
    const client = connect(server.url);
    const request = { method: "POST", path: "/api/new", body: '{"a":1}' };
    const reply = await client.request({ ...request, acceptFailure: true });
    expect(reply).toMatchObject({ status: 422, json: { message: "no" } });
    expect(Buffer.from(reply.body).toString()).toBe('{"message":"no"}');
    expect(reply.headers["x-any"]).toBe("1");
    expect(server.seen[0]).toMatchObject({
      body: '{"a":1}',
      headers: { "content-type": "application/json" },
    });
    expect((await errorOf(client.request(request))).kind).toBe("rejected");
  });

  test("is retried as the contract says of its path, not as its method would allow", async () => {
    const server = await serve((_, response) => answer(response, {}, 503));
    const client = connect(server.url, { attemptsMax: 3 });
    const paths = { "/api/accounts": 3, "/api/password/email/me": 1 };
    for (const [path, count] of Object.entries(paths)) {
      const before = server.seen.length;
      await errorOf(client.request({ method: "GET", path }));
      expect(server.seen.length - before).toBe(count);
    }
  });

  test("stays on the platform's host", async () => {
    const server = await serve((_, response) => answer(response, ok));
    const client = connect(server.url);
    await client.request({ method: "GET", path: "//evil.test/x/../y#z" });
    await client.request({ method: "GET", path: "/@evil.test/a b" });
    expect(server.seen.map(({ url }) => url)).toHaveLength(2);
    for (const path of ["http://evil.test/", "api/x", ""]) {
      expect((await errorOf(client.request({ method: "GET", path }))).kind).toBe("validation");
    }
  });
});
