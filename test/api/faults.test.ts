import { createServer } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import {
  answer,
  connect,
  createTestClock,
  errorOf,
  listen,
  serve,
  serveBytes,
  unknownHost,
} from "./server.ts";

const account = { path: { id: 7 } };
const body = { account_name: "A", customer_id: 3 };
const whole = (text: string) =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
const good = '{"success":true,"data":{"account_id":7}}';

describe("the platform's refusals", () => {
  test.each([
    [400, { message: "Bad." }, "rejected"],
    [401, { message: "Unauthenticated." }, "unauthenticated"],
    [403, { message: "No access." }, "forbidden"],
    [404, { message: "No query results." }, "not_found"],
    [404, { message: "", data: { email: ["Not an address."] } }, "rejected"],
    [404, { message: "gone", data: [] }, "not_found"],
    [405, { message: "POST is not allowed." }, "rejected"],
    [408, {}, "timeout"],
    [409, { message: "Taken." }, "conflict"],
    [413, {}, "rejected"],
    [419, { message: "CSRF token mismatch." }, "rejected"],
    [422, { message: "The given data was invalid." }, "rejected"],
    [429, {}, "rate_limited"],
    [500, { message: "Server Error" }, "server"],
    [503, {}, "server"],
    [200, { success: false, message: "No." }, "rejected"],
    [304, {}, "protocol"],
  ])("%d %j is %s", async (status, refusal, kind) => {
    const server = await serve((_, response) => answer(response, refusal, status));
    const error = await errorOf(connect(server.url).call("createAccount", { body }));
    expect(error.kind).toBe(kind);
    expect(error.facts.http).toEqual({
      method: "POST",
      url: `${server.url}/api/accounts?external=1`,
      status,
    });
    expect(error.facts.requestId).toBe(server.seen[0]?.headers["x-request-id"]);
    expect(server.seen).toHaveLength(1);
  });

  test("an id that nothing has is told without the platform's class", async () => {
    const message = "No query results for model [App\\Models\\Account] 7";
    const server = await serve((_, response) => answer(response, { message }, 404));
    const error = await errorOf(connect(server.url).call("getAccount", account));
    expect(error.message).toBe("The platform does not have this: nothing has the id 7.");
  });

  test("field errors keep their dot keys, and the first is the reason", async () => {
    const errors = { account_name: ["Required.", "Too short."], "contacts.0.email": ["Not an address."] };
    const server = await serve((_, response) => answer(response, { message: "Invalid.", errors }, 422));
    const error = await errorOf(connect(server.url).call("createAccount", { body }));
    expect(error.message).toBe("The platform refused the request: Required (and 2 more).");
    expect(error.facts.details).toEqual([
      { field: "account_name", message: "Required." },
      { field: "account_name", message: "Too short." },
      { field: "contacts.0.email", message: "Not an address." },
    ]);
  });

  test.each([401, 403, 404, 422, 429, 500, 200])(
    "a web page with %d says so and shows none of it",
    async (status) => {
      const server = await serve((_, response) => {
        response.writeHead(status, { "content-type": "text/html" }).end("<html>Stack trace</html>");
      });
      const error = await errorOf(connect(server.url, { attemptsMax: 1 }).call("getAccount", account));
      expect(error.message).toMatch(/answered with a web page\.$/);
      expect(error.message + JSON.stringify(error.facts)).not.toContain("Stack");
      expect(error.kind === "protocol").toBe(status === 200);
      const isElsewhere = [200, 403, 404, 422].includes(status);
      expect(error.facts.hint?.includes("base URL") ?? false).toBe(isElsewhere);
    },
  );

  test("a token that the platform repeats stays out of the error", async () => {
    const jwt = "eyJ0eXAi.eyJzdWIi.c2ln-_";
    const bodies = [
      { message: "Bearer secret-token is unknown." },
      { message: `The token ${jwt} is malformed.` },
      { errors: { token: [`Not a token: bearer ${jwt}`] } },
    ];
    for (const body of bodies) {
      const server = await serve((_, response) => answer(response, body, 422));
      const error = await errorOf(connect(server.url).call("getAccount", account));
      expect(error.message).toContain("***");
      expect(error.message + JSON.stringify(error.facts)).not.toMatch(/secret-token|eyJ/);
    }
  });

  test("debug output stays out of the error", async () => {
    const debug = {
      message: "SQLSTATE[42S02]\n#0 /var/www/secret.php",
      trace: [{ file: "/var/www/secret.php" }],
    };
    const server = await serve((_, response) => answer(response, debug, 500));
    const error = await errorOf(connect(server.url, { attemptsMax: 1 }).call("getAccount", account));
    expect(error.message).toBe("The platform failed (HTTP 500): SQLSTATE[42S02].");
    expect(JSON.stringify(error.facts)).not.toContain("secret.php");
  });

  test.each([
    [401, { message: "Wrong." }],
    [422, { errors: { password: ["Wrong."] } }],
    [200, { success: false, message: "Wrong." }],
  ])("a login refused with %d is unauthenticated and never repeated", async (status, refusal) => {
    const server = await serve((_, response) => answer(response, refusal, status));
    const renew = () => Promise.resolve("new");
    const login = connect(server.url, { renew }).call("login", { body: { username: "u", password: "p" } });
    expect(await errorOf(login)).toMatchObject({
      kind: "unauthenticated",
      message: "The platform refused the login: Wrong.",
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe("waiting", () => {
  test("for the rate limit is told as often as it is done, and not of a call that ends instead", async () => {
    const server = await serve((_, response) => answer(response, {}, 429, { "retry-after": "3" }));
    const waits: number[] = [];
    const client = connect(server.url, { attemptsMax: 3, onWait: (untilMs) => waits.push(untilMs) });
    await errorOf(client.call("getAccount", { path: { id: 7 } }));
    expect(server.seen).toHaveLength(3);
    expect(waits).toHaveLength(2);
    const fresh = connect(server.url, { onWait: (untilMs) => waits.push(untilMs) });
    await errorOf(fresh.call("createAccount", { body: { account_name: "A", customer_id: 3 } }));
    expect(waits).toHaveLength(2);
  });

  test.each([
    ["seconds", () => "7"],
    ["a date", (nowMs: number) => new Date(nowMs + 7000).toUTCString()],
  ])("Retry-After in %s is obeyed", async (_, retryAfter) => {
    const clock = createTestClock();
    const server = await serve((_request, response, turn) => {
      if (turn > 0) return answer(response, { success: true });
      answer(response, {}, 429, { "retry-after": retryAfter(clock.timeMs) });
    });
    await connect(server.url, { clock }).call("getAccount", account);
    expect(clock.waits).toEqual([7000]);
  });

  test.each([
    [429, "rate_limited", 10],
    [503, "server", 12],
  ])("%d with an hour to wait fails at once and says when to come back", async (status, kind, exitCode) => {
    const clock = createTestClock();
    const headers = { "retry-after": "3600", "x-ratelimit-limit": "60" };
    const server = await serve((_, response) => answer(response, {}, status, headers));
    const error = await errorOf(connect(server.url, { clock }).call("getAccount", account));
    expect(error).toMatchObject({ kind, exitCode, facts: { retryAfterS: 3600, retryable: true } });
    expect(error.facts.hint).toBe("Try again in 3600 s, at 2026-01-02 04:04:05 UTC.");
    if (status === 429) expect(error.message).toBe("The platform's rate limit of 60 is used up.");
    expect(clock.waits).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  test.each([429, 500, 502, 503, 504])("%d is tried again until it passes", async (status) => {
    const clock = createTestClock();
    const server = await serve((_, response, turn) => {
      answer(response, turn < 2 ? {} : { success: true, data: { account_id: 7 } }, turn < 2 ? status : 200);
    });
    const reply = await connect(server.url, { clock }).call("getAccount", account);
    expect(reply.data).toEqual({ account_id: 7 });
    expect(clock.waits).toEqual([125, 250]);
    const ids = server.seen.map(({ headers }) => headers["x-request-id"]);
    expect(ids).toEqual([reply.requestId, reply.requestId, reply.requestId]);
  });

  test("the tries of one call are bounded", async () => {
    const server = await serve((_, response) => answer(response, {}, 503));
    const error = await errorOf(connect(server.url, { attemptsMax: 4 }).call("getAccount", account));
    expect(error).toMatchObject({ kind: "server", exitCode: 12 });
    expect(server.seen).toHaveLength(4);
  });
});

/** What the first connection does; the next ones answer well. */
const breaks: Record<string, (socket: Socket) => void> = {
  "reset before an answer": (socket) => socket.resetAndDestroy(),
  "reset in the headers": (socket) =>
    socket.write("HTTP/1.1 200 OK\r\nContent-", () => socket.resetAndDestroy()),
  "reset in the body": (socket) => socket.write(whole(good).slice(0, -5), () => socket.resetAndDestroy()),
  "end in a chunk": (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n${good.slice(0, 9)}`),
  "slow first byte": () => {},
  "stalled body": (socket) => socket.write(whole(good).slice(0, -5)),
};

describe("a broken exchange", () => {
  // Long enough for the good answer that comes next, on a busy machine too.
  const timeouts = { firstByteMs: 1_000, stallMs: 1_000 };

  test.each(Object.keys(breaks))("%s: a GET is sent again and succeeds", async (name) => {
    const server = await serveBytes((socket, turn) =>
      turn === 0 ? breaks[name]?.(socket) : socket.end(whole(good)),
    );
    const reply = await connect(server.url, { timeouts }).call("getAccount", account);
    expect(reply.data).toEqual({ account_id: 7 });
    expect(server.seen).toHaveLength(2);
  });

  test.each(Object.keys(breaks))("%s: a POST is sent exactly once, its outcome unknown", async (name) => {
    const server = await serveBytes((socket) => breaks[name]?.(socket));
    const error = await errorOf(connect(server.url, { timeouts }).call("createAccount", { body }));
    expect(["network", "timeout"]).toContain(error.kind);
    expect(error.facts).toMatchObject({ outcomeUnknown: true });
    expect(error.facts.hint).toMatch(/before repeating it/);
    expect(server.seen).toHaveLength(1);
  });

  test.each([500, 502, 503, 504, 408])(
    "a POST answered %d is sent once, its outcome unknown",
    async (status) => {
      const server = await serve((_, response) => answer(response, {}, status));
      const error = await errorOf(connect(server.url).call("createAccount", { body }));
      expect(error.facts.outcomeUnknown).toBe(true);
      expect(server.seen).toHaveLength(1);
    },
  );

  test("a 429 and a refusal leave no doubt about a POST", async () => {
    for (const status of [422, 429]) {
      const server = await serve((_, response) => answer(response, {}, status));
      const error = await errorOf(connect(server.url).call("createAccount", { body }));
      expect(error.facts.outcomeUnknown).toBeUndefined();
      expect(server.seen).toHaveLength(1);
    }
  });

  test("reset after the whole body counts as success", async () => {
    const server = await serveBytes((socket) => socket.write(whole(good), () => socket.resetAndDestroy()));
    const reply = await connect(server.url).call("getAccount", account);
    expect(reply.data).toEqual({ account_id: 7 });
    expect(server.seen).toHaveLength(1);
  });

  test("each time limit has its own code", async () => {
    const slow = await serveBytes((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
      const timer = setInterval(() => socket.write(" "), 10);
      socket.once("close", () => clearInterval(timer));
    });
    const only = { attemptsMax: 1 };
    const total = connect(slow.url, { ...only, timeouts: { totalMs: 120, stallMs: 100_000 } });
    expect(await errorOf(total.call("getAccount", account))).toMatchObject({
      kind: "timeout",
      facts: { code: "TOTAL_TIMEOUT", retryable: true },
    });
    const silent = await serveBytes((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
    );
    const stalled = connect(silent.url, { ...only, timeouts: { stallMs: 100 } });
    expect((await errorOf(stalled.call("getAccount", account))).facts.code).toBe("STALL_TIMEOUT");
    const mute = await serveBytes(() => {});
    const late = connect(mute.url, { ...only, timeouts: { firstByteMs: 100 } });
    expect((await errorOf(late.call("getAccount", account))).facts.code).toBe("FIRST_BYTE_TIMEOUT");
    // TLS is never answered here, so that the connection does not come about.
    const connecting = connect(mute.url.replace("http:", "https:"), { ...only, timeouts: { connectMs: 60 } });
    const error = await errorOf(connecting.call("createAccount", { body }));
    expect(error).toMatchObject({ kind: "timeout", facts: { code: "CONNECT_TIMEOUT" } });
    expect(error.facts.outcomeUnknown).toBeUndefined();
  });

  test("a platform that is down", async () => {
    const closed = createServer();
    const port = await listen(closed);
    closed.close();
    const clock = createTestClock();
    const client = connect(`http://127.0.0.1:${port}`, { clock, attemptsMax: 3 });
    const error = await errorOf(client.call("getAccount", account));
    expect(error).toMatchObject({ kind: "network", exitCode: 11, facts: { code: "ECONNREFUSED" } });
    expect(clock.waits).toHaveLength(2);
    const write = await errorOf(client.call("createAccount", { body }));
    expect(write.facts.outcomeUnknown).toBeUndefined();
  });

  test("a name that does not resolve", async () => {
    const error = await errorOf(
      connect(`http://${unknownHost}`, { attemptsMax: 1 }).call("getAccount", account),
    );
    expect(error).toMatchObject({ kind: "dns", exitCode: 11 });
  });
});
