import { describe, expect, test, vi } from "vitest";
import { memoryRates } from "../../src/api/limiter/store.ts";
import { systemClock } from "../../src/host/clock.ts";
import { answer, connect, createTestClock, errorOf, serve, serveBytes } from "./server.ts";

const account = { path: { id: 7 } };
const body = { account_name: "A", customer_id: 3 };
const patience = { timeout: 10_000, interval: 10 };

test("during a request: the connection is dropped, a write's outcome is unknown", async () => {
  const controller = new AbortController();
  const server = await serveBytes(() => controller.abort());
  const options = { signal: controller.signal };
  const error = await errorOf(connect(server.url).call("createAccount", { body }, options));
  expect(error).toMatchObject({ kind: "interrupted", exitCode: 130, facts: { outcomeUnknown: true } });
  expect(server.seen).toHaveLength(1);
});

test("during a body", async () => {
  const controller = new AbortController();
  const server = await serveBytes((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", () =>
      setTimeout(() => controller.abort(), 20),
    );
  });
  const call = connect(server.url).call("getAccount", account, { signal: controller.signal });
  const error = await errorOf(call);
  expect(error.kind).toBe("interrupted");
  expect(error.facts.outcomeUnknown).toBeUndefined();
});

test("between redirects: the next is not followed", async () => {
  const controller = new AbortController();
  const server = await serve((_, response) => response.writeHead(302, { location: "/next" }).end());
  const client = connect(server.url, { onExchange: () => controller.abort() });
  const error = await errorOf(client.call("getAccount", account, { signal: controller.signal }));
  expect(error.kind).toBe("interrupted");
  expect(server.seen).toHaveLength(1);
});

test("during a wait: nothing more is sent", async () => {
  const controller = new AbortController();
  const clock = createTestClock();
  const sleep = async () => {
    controller.abort();
    throw controller.signal.reason;
  };
  const server = await serve((_, response) => answer(response, {}, 503));
  const client = connect(server.url, { clock: { ...clock, sleep } });
  const error = await errorOf(client.call("getAccount", account, { signal: controller.signal }));
  expect(error.kind).toBe("interrupted");
  expect(server.seen).toHaveLength(1);
});

test("beforehand: nothing is sent", async () => {
  const server = await serve((_, response) => answer(response, {}));
  const call = connect(server.url).call("createAccount", { body }, { signal: AbortSignal.abort() });
  const error = await errorOf(call);
  expect(error.kind).toBe("interrupted");
  expect(error.facts.outcomeUnknown).toBeUndefined();
  expect(server.seen).toHaveLength(0);
});

test("one signal serves many calls, also at once, without piling up listeners", async () => {
  const warned = vi.spyOn(process, "emitWarning");
  const server = await serve((_, response) => answer(response, { success: true }));
  const client = connect(server.url);
  const { signal } = new AbortController();
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 20 }, () => client.call("getAccount", account, { signal })));
  }
  await expect
    .poll(() => remove.mock.calls.length - add.mock.calls.length, patience)
    .toBeGreaterThanOrEqual(0);
  expect(add.mock.calls.length).toBeGreaterThanOrEqual(100);
  expect(warned).not.toHaveBeenCalled();
});

describe("when only what waits is called off", () => {
  const limited = { "x-ratelimit-limit": "60" };

  test("a request on its way is finished, a write that waits for the limit was not sent", async () => {
    const controller = new AbortController();
    const options = { signal: controller.signal, finishSent: true };
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serve((_, response, turn) => {
      if (turn === 0)
        return answer(response, { success: true }, 200, { ...limited, "x-ratelimit-remaining": 1 });
      void released.then(() => answer(response, { success: true, data: { account_id: 1 } }, 200, limited));
    });
    const client = connect(server.url, { clock: systemClock, rates: memoryRates() });
    await client.call("getAccount", account);
    const create = () => client.call("createAccount", { body }, options);
    const sent = create();
    await expect.poll(() => server.seen.length, patience).toBe(2);
    const waiting = [create(), create()].map(errorOf);
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    // These do not wait for that one.
    const errors = await Promise.all(waiting);
    release();
    for (const { kind, facts } of errors) {
      expect(kind).toBe("interrupted");
      expect(facts.outcomeUnknown).toBeUndefined();
    }
    await expect(sent).resolves.toMatchObject({ data: { account_id: 1 } });
    expect(server.seen).toHaveLength(2);
  });

  test("whoever has waited behind it is served in its place", async () => {
    const rates = memoryRates();
    const server = await serve((_, response, turn) =>
      turn === 0
        ? answer(response, {}, 429, { ...limited, "retry-after": "1" })
        : answer(response, { success: true }, 200, { ...limited, "x-ratelimit-remaining": 59 }),
    );
    const client = connect(server.url, { clock: systemClock, rates, attemptsMax: 1 });
    expect((await errorOf(client.call("getAccount", account))).kind).toBe("rate_limited");
    const controller = new AbortController();
    const options = { signal: controller.signal, finishSent: true };
    const off = errorOf(client.call("createAccount", { body }, options));
    const next = client.call("getAccount", account);
    controller.abort();
    expect((await off).kind).toBe("interrupted");
    await next;
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });

  test("the answer that is lost afterwards is told as lost", async () => {
    const controller = new AbortController();
    const server = await serveBytes((socket) => {
      controller.abort();
      socket.destroy();
    });
    const options = { signal: controller.signal, finishSent: true };
    const error = await errorOf(connect(server.url).call("createAccount", { body }, options));
    expect(error).toMatchObject({ kind: "network", facts: { outcomeUnknown: true } });
    expect(server.seen).toHaveLength(1);
  });

  test("no further try is made", async () => {
    const controller = new AbortController();
    const server = await serve((_, response) => {
      controller.abort();
      answer(response, {}, 429, { "retry-after": "1" });
    });
    const options = { signal: controller.signal, finishSent: true };
    const client = connect(server.url, { clock: systemClock });
    const error = await errorOf(client.call("updateAccount", { ...account, body }, options));
    expect(error.kind).toBe("interrupted");
    expect(error.facts.outcomeUnknown).toBeUndefined();
    expect(server.seen).toHaveLength(1);
  });
});
