import { expect, test, vi } from "vitest";
import { answer, connect, createTestClock, errorOf, serve, serveBytes } from "./server.ts";

const account = { path: { id: 7 } };
const body = { account_name: "A", customer_id: 3 };

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
  await vi.waitFor(() => expect(remove.mock.calls.length).toBeGreaterThanOrEqual(add.mock.calls.length));
  expect(add.mock.calls.length).toBeGreaterThanOrEqual(100);
  expect(warned).not.toHaveBeenCalled();
});
