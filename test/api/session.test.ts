import { expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { answer, connect, errorOf, serve } from "./server.ts";

const account = { path: { id: 7 } };
const servePlatform = (valid: () => string) =>
  serve((request, response) => {
    const isValid = request.headers.authorization === `Bearer ${valid()}`;
    answer(
      response,
      isValid ? { success: true, data: {} } : { message: "Unauthenticated." },
      isValid ? 200 : 401,
    );
  });

test("a refused token is renewed once, and the call sent again, a POST as well", async () => {
  const server = await servePlatform(() => "new");
  let renewals = 0;
  const renew = async () => {
    renewals += 1;
    return "new";
  };
  const client = connect(server.url, { renew });
  await client.call("createAccount", { body: { account_name: "A", customer_id: 3 } });
  await client.call("getAccount", account);
  expect(server.seen.map(({ method, body }) => [method, body.length > 0])).toEqual([
    ["POST", true],
    ["POST", true],
    ["GET", false],
  ]);
  expect(renewals).toBe(1);
});

test("calls that are refused together share one renewal", async () => {
  const server = await servePlatform(() => "new");
  let renewals = 0;
  const renew = async () => {
    renewals += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return "new";
  };
  const client = connect(server.url, { renew });
  await Promise.all(Array.from({ length: 10 }, () => client.call("getAccount", account)));
  expect(renewals).toBe(1);
});

test("a refusal that comes after the renewal causes no other", async () => {
  let renewals = 0;
  const server = await serve((request, response) => {
    if (request.headers.authorization === "Bearer new 1") return answer(response, { success: true });
    const isLate = request.url?.includes("/late");
    setTimeout(() => answer(response, {}, 401), isLate ? 100 : 0);
  });
  const renew = async () => {
    renewals += 1;
    return `new ${renewals}`;
  };
  const client = connect(server.url, { renew });
  await Promise.all([
    client.call("getAccount", account),
    client.call("getAccount", { path: { id: "late" } }),
  ]);
  expect(renewals).toBe(1);
});

test("a renewed token that is refused too ends the call", async () => {
  const server = await servePlatform(() => "never");
  const error = await errorOf(connect(server.url, { renew: async () => "new" }).call("getAccount", account));
  expect(error).toMatchObject({ kind: "unauthenticated", exitCode: 4 });
  expect(server.seen).toHaveLength(2);
});

test("without a token the session is opened first", async () => {
  const server = await servePlatform(() => "new");
  await connect(server.url, { token: undefined, renew: async () => "new" }).call("getAccount", account);
  expect(server.seen).toHaveLength(1);
});

test("what the renewal fails with is what the call fails with", async () => {
  const server = await servePlatform(() => "new");
  const renew = () => Promise.reject(new SipnavError("otp", "A code is asked for."));
  expect((await errorOf(connect(server.url, { renew }).call("getAccount", account))).kind).toBe("otp");
  expect(server.seen).toHaveLength(1);
});
