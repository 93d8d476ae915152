import { expect, test } from "vitest";
import { openWorld } from "../world.ts";

const show = ["accounts", "show", "10001"];

test("an answer that does not begin in time ends with 11, and says what would help", async () => {
  const world = await openWorld({ sandbox: { faults: "slow:1500ms@1" } });
  const late = await world.run(...show, "--first-byte-timeout", "1", "--max-wait", "0");
  expect(late.code).toBe(11);
  expect(late.err).toContain("did not begin to answer in time");
  expect(late.err).toContain("--first-byte-timeout");
  expect((await world.run(...show, "--timeout", "20")).code).toBe(0);
}, 60_000);

test("an answer may take as long to begin as all of it may take", async () => {
  const world = await openWorld({ sandbox: { faults: "slow:1500ms@1" } });
  const late = await world.run(...show, "--timeout", "1");
  expect(late.code).toBe(11);
  expect(late.err).toMatch(/did not begin to answer in time|did not arrive in time/);
}, 60_000);
