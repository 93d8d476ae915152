import { once } from "node:events";
import http from "node:http";
import { Worker } from "node:worker_threads";
import got from "got";
import { type Client, createClient } from "../../src/api/client.ts";

const rounds = 31;
const callsPerRound = 100;
const pages = 1000;

// In a thread of its own, so that the server's work is not counted as the client's.
const serverCode = `
  const { parentPort } = require("node:worker_threads");
  const rows = (page) => Array.from({ length: 100 }, (_, index) => ({
    account_id: page * 100 + index, account_name: "Wholesale account " + index, customer_id: 17,
    customer_name: "Example Voice", enabled: 1, currency: "USD", ip_address: "192.0.2.7", tech_prefix: null,
    channels_limit: 500, cps_limit: 20, note: "", created_at: "2026-01-02 03:04:05",
  }));
  const server = require("node:http").createServer((request, response) => {
    const page = Number(new URL(request.url, "http://x").searchParams.get("page"));
    const data = { current_page: page, data: rows(page), last_page: ${pages}, per_page: 100, total: ${pages * 100} };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ success: true, message: "", data }));
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** Prints what a call costs beside bare node:http and bare got, and the memory that a long list takes. */
export async function run(): Promise<void> {
  const server = new Worker(serverCode, { eval: true });
  const [port] = await once(server, "message");
  const baseUrl = `http://127.0.0.1:${port}`;
  const client = createClient({
    baseUrl,
    token: "token",
    userAgent: "bench",
    clock: { nowMs: Date.now, sleep: () => Promise.resolve() },
    onExchange: () => {},
  });
  await compareCalls(client, `${baseUrl}/api/accounts?external=1&page=1`);
  await measureList(client);
  client.close();
  await server.terminate();
}

async function compareCalls(client: Client, url: string): Promise<void> {
  const agent = new http.Agent({ keepAlive: true });
  const bareGot = got.extend({ agent: { http: agent }, retry: { limit: 0 } });
  const ways: Record<string, () => Promise<unknown>> = {
    "node:http": () => getBare(url, agent),
    got: () => bareGot(url).json(),
    client: () => client.call("listAccounts", { query: { page: 1 } }),
  };
  const figures: Record<string, { wallMs: number; busyMs: number }[]> = {};
  // Taking turns, so that a busy moment of the machine meets all of them; the first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const startMs = performance.now();
      const loop = performance.eventLoopUtilization();
      for (let call = 0; call < callsPerRound; call += 1) await way();
      const wallMs = (performance.now() - startMs) / callsPerRound;
      const busyMs = performance.eventLoopUtilization(loop).active / callsPerRound;
      if (round > 0) figures[name] = [...(figures[name] ?? []), { wallMs, busyMs }];
    }
  }
  agent.destroy();
  for (const kind of ["wallMs", "busyMs"] as const) {
    const [bare = 0, viaGot = 0, ours = 0] = Object.values(figures).map((rows) =>
      median(rows.map((row) => row[kind])),
    );
    const words = { wallMs: "ms a call", busyMs: "ms of it not waiting" }[kind];
    console.log(
      `${words.padEnd(22)} node:http ${bare.toFixed(3)}  got ${viaGot.toFixed(3)}  client ${ours.toFixed(3)}` +
        `  = ${(ours / bare).toFixed(2)} × node:http, ${(ours / viaGot).toFixed(2)} × got, ${(ours - viaGot).toFixed(3)} ms above got`,
    );
  }
}

function getBare(url: string, agent: http.Agent): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers: { accept: "application/json" } }, (response) => {
      const chunks: Uint8Array[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    request.on("error", reject);
  });
}

async function measureList(client: Client): Promise<void> {
  const heapMiB = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = heapMiB();
  const marks: string[] = [];
  let rows = 0;
  for await (const page of client.pages("listAccounts", {})) {
    rows += page.rows.length;
    if (page.page % (pages / 4) === 0) marks.push((heapMiB() - before).toFixed(1));
  }
  console.log(`heap at each quarter of ${rows} rows, MiB  ${marks.join("  ")}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
