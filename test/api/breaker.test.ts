import { expect, test } from "vitest";
import { createBreaker } from "../../src/api/breaker.ts";
import { answer, connect, createTestClock, errorOf, serve } from "./server.ts";

function setUp() {
  let timeMs = 1000;
  const breaker = createBreaker({ failuresMax: 3, pauseMs: 500, nowMs: () => timeMs });
  return {
    breaker,
    advance(ms: number) {
      timeMs += ms;
    },
    failTimes(count: number) {
      for (let done = 0; done < count; done += 1) breaker.enter().fail();
    },
  };
}
const refused = expect.objectContaining({ kind: "breaker_open" });

test("opens after the failures in a row, not before, and says when it tries again", () => {
  const { breaker, failTimes, advance } = setUp();
  failTimes(2);
  breaker.enter().succeed();
  failTimes(2);
  expect(breaker.isOpen()).toBe(false);
  failTimes(1);
  expect(breaker.isOpen()).toBe(true);
  advance(100);
  expect(() => breaker.enter()).toThrowError(
    expect.objectContaining({ kind: "breaker_open", facts: expect.objectContaining({ retryAfterS: 1 }) }),
  );
});

test("half open lets exactly one probe through", () => {
  const { breaker, failTimes, advance } = setUp();
  failTimes(3);
  advance(500);
  const probe = breaker.enter();
  expect(() => breaker.enter()).toThrowError(refused);
  advance(10_000);
  expect(() => breaker.enter()).toThrowError(refused);
  probe.fail();
  advance(499);
  expect(() => breaker.enter()).toThrowError(refused);
  advance(1);
  breaker.enter().succeed();
  expect(breaker.isOpen()).toBe(false);
});

test("a probe that is called off makes room for another", () => {
  const { breaker, failTimes, advance } = setUp();
  failTimes(3);
  advance(500);
  breaker.enter().abandon();
  const probe = breaker.enter();
  expect(() => breaker.enter()).toThrowError(refused);
  probe.succeed();
});

test("a try from before that fails late does not end the probe", () => {
  const { breaker, failTimes, advance } = setUp();
  const late = breaker.enter();
  failTimes(3);
  advance(500);
  breaker.enter();
  late.fail();
  advance(500);
  expect(() => breaker.enter()).toThrowError(refused);
});

test("a client leaves a failing platform alone, but a refusing one not", async () => {
  const clock = createTestClock();
  let status = 422;
  const server = await serve((_, response) => answer(response, {}, status));
  const client = connect(server.url, { clock, attemptsMax: 1 });
  const get = () => client.call("getAccount", { path: { id: 1 } });
  for (let count = 0; count < 20; count += 1) expect((await errorOf(get())).kind).toBe("rejected");
  status = 500;
  for (let count = 0; count < 8; count += 1) expect((await errorOf(get())).kind).toBe("server");
  expect(await errorOf(get())).toMatchObject({ kind: "breaker_open", exitCode: 11 });
  expect(server.seen).toHaveLength(28);
  clock.timeMs += 15_000;
  status = 200;
  const [first, second] = await Promise.allSettled([get(), get()]);
  expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
  expect(server.seen).toHaveLength(29);
});

test("a call that opens the breaker fails with the platform's failure, and is not tried again", async () => {
  const server = await serve((_, response) => answer(response, {}, 500));
  const error = await errorOf(
    connect(server.url, { attemptsMax: 20 }).call("getAccount", { path: { id: 1 } }),
  );
  expect(error.kind).toBe("server");
  expect(server.seen).toHaveLength(8);
});
