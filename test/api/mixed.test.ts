import { expect, onTestFinished, test, vi } from "vitest";
import { createClient } from "../../src/api/client.ts";
import { asSipnavError, type ErrorKind } from "../../src/core/errors.ts";
import { startSandbox } from "../../src/sandbox/server.ts";

// Hundreds of requests, one after the other.
vi.setConfig({ testTimeout: 90_000 });

async function openPlatform(faults: string) {
  const sandbox = await startSandbox({ accounts: 20, carriers: 5, companies: 4, cdrs: 1_000, faults });
  let nowMs = Date.now();
  const client = createClient({
    baseUrl: sandbox.url,
    token: sandbox.token,
    userAgent: "test",
    // Waits cost no time, and are remembered as time that went by.
    clock: {
      nowMs: () => nowMs,
      async sleep(durationMs) {
        nowMs += durationMs;
      },
    },
  });
  onTestFinished(async () => {
    client.close();
    await sandbox.close();
  });
  return { sandbox, client };
}

test("1,000 reads under 10 % mixed faults end in data or in the right kind of error", async () => {
  const faults =
    "http429:0.02,http500:0.02,http503:0.01,reset:0.02,lost:0.01,cut:0.01,html:0.005,slow:2ms@0.005";
  const { sandbox, client } = await openPlatform(faults);
  const outcomes = new Map<ErrorKind | "data", number>();
  for (let index = 0; index < 1_000; index++) {
    const outcome = await client.call("listAccounts", { query: { per_page: 5 } }).then(
      ({ data }) => {
        expect(data?.data).toHaveLength(5);
        return "data" as const;
      },
      (thrown: unknown) => asSipnavError(thrown).kind,
    );
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const failed = sandbox.requests().filter(({ fault }) => fault !== undefined);
  expect(failed.length).toBeGreaterThan(50);
  expect(outcomes.get("data")).toBeGreaterThan(950);
  const fitting = new Set(["data", "rate_limited", "server", "network", "protocol", "timeout"]);
  expect([...outcomes.keys()].filter((kind) => !fitting.has(kind))).toEqual([]);
});

test("200 creates whose answers may be lost are each sent exactly once", async () => {
  const { sandbox, client } = await openPlatform("lost:0.1,reset:0.05,http500:0.05");
  let unknown = 0;
  for (let index = 0; index < 200; index++) {
    const body = { carrier_name: `Once ${index}` };
    await client.call("createCarrier", { body }).catch((thrown: unknown) => {
      const { kind, facts } = asSipnavError(thrown);
      expect(["network", "server", "breaker_open"]).toContain(kind);
      if (facts.outcomeUnknown) unknown += 1;
    });
  }
  const posts = sandbox.requests().filter(({ method }) => method === "POST");
  expect(posts.length).toBeLessThanOrEqual(200);
  expect(new Set(posts.map(({ request_id }) => request_id)).size).toBe(posts.length);
  const lost = posts.filter(({ status }) => status === "lost" || status === "reset" || status === 500);
  expect(lost.length).toBeGreaterThan(10);
  expect(unknown).toBe(lost.length);
});
