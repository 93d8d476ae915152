import { request } from "node:http";
import { expect, test } from "vitest";
import { createFaults, parseFaults } from "../../src/sandbox/faults.ts";
import type { SandboxOptions } from "../../src/sandbox/server.ts";
import { openPlatform } from "./platform.ts";

/** Reads an answer as far as it comes, for at most so long. */
function readRaw(url: string, token: string, waitMs = 5_000) {
  return new Promise<{ status?: number | undefined; body: string; end: string; promised: number }>(
    (resolve) => {
      const headers = { Accept: "application/json", Authorization: `Bearer ${token}` };
      const outgoing = request(url, { headers, agent: false }, (incoming) => {
        let body = "";
        const finish = (end: string) => {
          clearTimeout(timer);
          outgoing.destroy();
          const promised = Number(incoming.headers["content-length"]);
          resolve({ status: incoming.statusCode, body, end, promised });
        };
        const timer = setTimeout(() => finish("stalled"), waitMs);
        incoming.on("data", (chunk) => (body += chunk));
        incoming.on("end", () => finish("end"));
        incoming.on("error", (error: NodeJS.ErrnoException) => finish(error.code ?? ""));
      });
      outgoing.on("error", (error: NodeJS.ErrnoException) =>
        resolve({ body: "", end: error.code ?? "", promised: 0 }),
      );
      outgoing.end();
    },
  );
}

async function failing(faults: string, options: SandboxOptions = {}) {
  const platform = await openPlatform({ faults, ...options });
  const { url, token } = platform.sandbox;
  return { ...platform, raw: (waitMs?: number) => readRaw(`${url}/api/companies`, token, waitMs) };
}

test("refusals by chance: 429 with Retry-After, 500, 503, a proxy's page", async () => {
  const { ask, sandbox } = await openPlatform();
  const seen = async (faults: string) => {
    sandbox.setFaults(faults);
    const { status, json, text, headers } = await ask("POST /api/companies", {
      json: { customer_name: "x" },
    });
    return {
      status,
      message: json?.message,
      page: text.startsWith("<!DOCTYPE"),
      wait: headers.get("retry-after"),
    };
  };
  expect(await seen("http429:1")).toEqual({
    status: 429,
    message: "Too Many Attempts.",
    page: false,
    wait: "1",
  });
  expect(await seen("http500:1")).toEqual({ status: 500, message: "Server Error", page: false, wait: null });
  expect(await seen("http503:1")).toEqual({
    status: 503,
    message: "Service Unavailable",
    page: false,
    wait: null,
  });
  expect(await seen("html:1")).toEqual({ status: 200, message: undefined, page: true, wait: null });
  sandbox.setFaults("");
  // Nothing of it was done.
  expect((await ask("/api/companies?per_page=1")).json.data.total).toBe(6);
});

test("reset ends the connection before, lost after the work; both show in the log", async () => {
  const { ask, sandbox, raw } = await failing("");
  const create = () => ask("POST /api/companies", { json: { customer_name: "x" } });
  const total = async () => (await ask("/api/companies?per_page=1")).json.data.total;

  sandbox.failNext({ kind: "reset", operation: "createCompany" });
  await expect(create()).rejects.toThrow("fetch failed");
  expect(await total()).toBe(6);
  sandbox.failNext({ kind: "lost", operation: "createCompany" });
  await expect(create()).rejects.toThrow("fetch failed");
  expect(await total()).toBe(7);

  sandbox.failNext({ kind: "lost" });
  expect(await raw()).toMatchObject({ body: "", end: "ECONNRESET" });
  expect(sandbox.requests().map((entry) => [entry.operation, entry.status])).toEqual([
    ["createCompany", "reset"],
    ["listCompanies", 200],
    ["createCompany", "lost"],
    ["listCompanies", 200],
    ["listCompanies", "lost"],
  ]);
});

test("cut ends midway in the JSON, stall stops there without an end", async () => {
  const { raw, sandbox } = await failing("cut:1");
  const cut = await raw();
  expect([cut.status, cut.end]).toEqual([200, "ECONNRESET"]);
  expect(cut.body.length).toBeGreaterThan(0);
  expect(() => JSON.parse(cut.body)).toThrow();
  sandbox.setFaults("stall:1");
  const stalled = await raw(100);
  expect([stalled.status, stalled.end]).toEqual([200, "stalled"]);
  expect(stalled.body.length).toBeLessThan(stalled.promised);
});

test("slow answers late, and whole", async () => {
  const { raw } = await failing("slow:150ms@1");
  const startedMs = performance.now();
  const answer = await raw();
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(145);
  expect(JSON.parse(answer.body).success).toBe(true);
});

test("a bound fault falls on its operation, so many times", async () => {
  const { ask, sandbox } = await openPlatform();
  sandbox.failNext({ kind: "http500", operation: "getCompany", times: 2 });
  const statuses = [];
  for (const path of ["companies/2001", "companies", "companies/2001", "companies/2001"]) {
    statuses.push((await ask(`/api/${path}`)).status);
  }
  expect(statuses).toEqual([500, 200, 500, 200]);
});

test("the same seed gives the same faults, at about the wanted rate", () => {
  const drawn = (seed: number) => {
    const faults = createFaults("http500:0.1,lost:0.05,slow:20ms@0.05", seed);
    return Array.from({ length: 4000 }, () => faults.draw("listAccounts")?.kind ?? "none");
  };
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
  const share = (kind: string) => drawn(3).filter((name) => name === kind).length / 4000;
  expect(share("http500")).toBeCloseTo(0.1, 1);
  expect(share("none")).toBeGreaterThan(0.75);
  expect(share("none")).toBeLessThan(0.85);
});

test("a fault list is read part by part", () => {
  expect(parseFaults("")).toEqual([]);
  expect(parseFaults(" http429:0.05, slow:200ms@.5 ")).toEqual([
    { kind: "http429", probability: 0.05, delayMs: 0 },
    { kind: "slow", probability: 0.5, delayMs: 200 },
  ]);
  const wrong = [
    "http418:0.1",
    "lost",
    "lost:2",
    "lost:x",
    "slow:0.1",
    "lost:5ms@0.1",
    "lost:0.6,cut:0.6",
    "lost:0.1,",
  ];
  for (const spec of wrong) {
    expect(() => parseFaults(spec), spec).toThrow(expect.objectContaining({ kind: "usage" }));
  }
  expect(() => parseFaults("lost:0.1,oops:1")).toThrow('"oops:1"');
});

test("a sandbox does not start with a bad fault list", async () => {
  await expect(openPlatform({ faults: "oops" })).rejects.toMatchObject({ kind: "usage" });
});
