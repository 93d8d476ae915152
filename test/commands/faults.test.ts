import { describe, expect, test } from "vitest";
import { openWorld } from "../world.ts";

/** One command of each class, with the call that is made to fail. */
const commands = [
  ["a list", "listAccounts", ["accounts", "list"]],
  ["a show", "getCarrier", ["carriers", "show", "301"]],
  ["a search", "searchCdrs", ["cdr", "search"]],
  ["a lookup", "lookupLrn", ["lrn", "lookup", "12125550100"]],
  ["a raw call", "listCompanies", ["api", "GET", "/api/companies"]],
  ["an update", "updateCompany", ["companies", "update", "2001", "--note", "x"]],
  ["a create", "createAccount", ["accounts", "create", "--account-name", "F", "--customer-id", "2001"]],
  ["a disable", "disableRestriction", ["restrictions", "disable", "5001", "--yes"]],
] as const;

/** What is done to the call, the exit code it comes to, and a word that the message has to have. */
const faults = [
  ["http429", 10, /too many|limit/i],
  ["http500", 12, /failed/],
  ["http503", 12, /failed|unavailable/i],
  ["html", 12, /web page/],
  ["reset", 11, /connection/i],
  ["lost", 11, /connection/i],
  ["cut", 11, /connection|answer/i],
] as const;

const once = new Set(["createAccount"]);

describe.each(commands)("%s", (_, operation, words) => {
  test.each(faults)("that always meets %s ends with %i, and says why", async (kind, exitCode, why) => {
    const world = await openWorld();
    world.sandbox.failNext({ operation, kind, times: 1_000 });
    const { code, out, err } = await world.run(...words);
    expect({ code, said: why.test(err) }, err).toEqual({ code: exitCode, said: true });
    // A raw call prints whatever came; no other command prints half of a result.
    if (words[0] !== "api") expect(out).toBe("");
    expect(err).toMatch(/Request id: [\w-]+/);
    const tries = world.sandbox.requests().filter((request) => request.operation === operation).length;
    if (once.has(operation)) expect(tries).toBe(1);
    else expect(tries).toBeLessThanOrEqual(5);
  });

  test("comes through what passes, unless it may not be sent twice", async () => {
    const world = await openWorld();
    world.sandbox.failNext({ operation, kind: "http503", times: 1 });
    const { code } = await world.run(...words);
    expect(code).toBe(once.has(operation) ? 12 : 0);
  });

  test("without a session sends nothing and ends with 4", async () => {
    const world = await openWorld();
    await world.run("logout");
    const before = world.sandbox.requests().length;
    const { code, err } = await world.run(...words);
    expect({ code, hit: err.includes("sipnav login") }, err).toEqual({ code: 4, hit: true });
    expect(world.sandbox.requests()).toHaveLength(before);
  });

  test("whose token ran out ends with 4", async () => {
    const world = await openWorld({ sandbox: { tokenTtlS: 60 } });
    world.pass(61_000);
    expect((await world.run(...words)).code).toBe(4);
  });
});

test("a token that is refused in the middle of a list is told, and no half of a list is printed", async () => {
  const world = await openWorld({ sandbox: { accounts: 250 } });
  const { code, out } = await world.run("accounts", "list", "--limit", "50");
  expect({ code, lines: out.trim().split("\n").length }).toEqual({ code: 0, lines: 50 });
  await world.run("api", "POST", "/api/logout");
  expect(await world.run("accounts", "list", "--limit", "50")).toMatchObject({ code: 4, out: "" });
});

test("a platform that is down is a network error with a hint", async () => {
  const world = await openWorld();
  await world.sandbox.close();
  const { code, err } = await world.run("accounts", "list");
  expect(code).toBe(11);
  expect(err).toMatch(/connect|refused/i);
});
