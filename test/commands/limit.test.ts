import { expect, test } from "vitest";
import { openWorld } from "../world.ts";

test("commands share what they learn of the platform's rate limit", async () => {
  const world = await openWorld({ sandbox: { rateLimit: "3/min" } });
  for (let turn = 0; turn < 3; turn++) {
    expect((await world.run("companies", "list", "--limit", "1")).code).toBe(0);
  }
  const sent = world.sandbox.requests().length;
  const refused = await world.run("companies", "list", "--limit", "1", "--max-wait", "0");
  expect(refused.code).toBe(10);
  expect(refused.err).toContain("rate limit");
  expect(world.sandbox.requests()).toHaveLength(sent);
  world.pass(60_000);
  expect((await world.run("companies", "list", "--limit", "1", "--max-wait", "0")).code).toBe(0);
});
