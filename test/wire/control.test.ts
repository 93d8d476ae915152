import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { at, rows, sender } from "./http.ts";
import { start, startForFile } from "./platform.ts";

const platform = await startForFile();
const { api } = platform;
afterEach(() => api("POST", "/__sandbox/faults", { body: { faults: "" } }));

const state = () => api("GET", "/__sandbox/state");
const faults = (text: unknown) => api("POST", "/__sandbox/faults", { body: { faults: text } });
const list = () => api("GET", "/api/accounts?per_page=1");
const countOf = async (table: string) => Number(at(await state(), `counts.${table}`));
const addCompany = (name: string) => api("POST", "/api/companies", { body: { customer_name: name } });

async function log(): Promise<Record<string, unknown>[]> {
  return rows({ text: JSON.stringify(at(await state(), "requests")) });
}

describe("state", () => {
  test("counts every table, and each table can be dumped", async () => {
    const counts = at(await state(), "counts") as Record<string, number>;
    expect(counts).toMatchObject({ accounts: 60, carriers: 30, companies: 12 });
    expect(counts.cdrs).toBeGreaterThanOrEqual(5000);
    for (const name of ["accounts", "carriers", "companies"]) {
      const dump = await api("GET", `/__sandbox/tables/${name}`);
      expect(dump.status).toBe(200);
      expect(rows(dump)).toHaveLength(counts[name] ?? -1);
    }
    expect((await api("GET", "/__sandbox/tables/nothing")).status).toBe(404);
  });

  test("logs time, method, path, query, status and user agent", async () => {
    const beforeMs = Date.now() - 1_000;
    const path = "/api/companies?per_page=2&page=3";
    await api("GET", path, { headers: { "User-Agent": "wire-test" } });
    const entry = (await log()).at(-1) ?? {};
    expect(entry).toMatchObject({ method: "GET", path: "/api/companies", status: 200 });
    expect(entry.query).toMatch(/^\??per_page=2&page=3$/);
    expect(Object.values(entry)).toContain("wire-test");
    expect(Date.parse(String(entry.time))).toBeGreaterThan(beforeMs);
  });

  test("logs no secret", async () => {
    const { otp_code, password, token, username } = platform.ready;
    const user = await challengedUser();
    const body = { two_factor_code: otp_code };
    await api("POST", `/api/verify/${encodeURIComponent(user)}`, { body });
    await api("GET", `/api/password/email/${username}`);
    const seen = await written();
    expect([password, otp_code, token, user].filter((secret) => seen.includes(secret))).toEqual([]);
  });

  test("logs no secret of a client that forgot to percent-encode it", async () => {
    const user = await challengedUser();
    await api("POST", `/api/verify/${user}`, { body: { two_factor_code: "0" } });
    await api("POST", `/api/password/reset/${user}`, { body: {} });
    expect(await written()).not.toContain(user);
  });

  async function challengedUser(): Promise<string> {
    const { otp_username: username, password } = platform.ready;
    const answer = await api("POST", "/api/login", { body: { username, password } });
    const user = String(at(answer, "data.encrypted_user"));
    expect(user).toMatch(/\//);
    return user;
  }

  /** What the state says, as it is and with its percent escapes undone. */
  async function written(): Promise<string> {
    const { text } = await state();
    return `${text} ${text.replace(/%[\da-f]{2}/gi, decodeURIComponent)}`;
  }
});

describe("faults", () => {
  test("http500 and http429 look like the platform's own", async () => {
    await faults("http500:1");
    const broken = await list();
    expect([broken.status, at(broken, "message")]).toEqual([500, "Server Error"]);
    await faults("http429:1");
    const limited = await list();
    expect(limited.status).toBe(429);
    expect(limited.headers["retry-after"]).toMatch(/^\d+$|GMT$/);
    await faults("");
    expect((await list()).status).toBe(200);
  });

  test("a faulty answer changed nothing", async () => {
    const before = await countOf("companies");
    for (const fault of ["http500:1", "http429:1", "reset:1"]) {
      await faults(fault);
      await addCompany("Never").catch(() => undefined);
    }
    await faults("");
    expect(await countOf("companies")).toBe(before);
  });

  test("reset kills the connection", async () => {
    await faults("reset:1");
    await expect(list()).rejects.toThrow(/hang up|ECONNRESET|aborted/);
  });

  test("lost commits the write and drops the answer", async () => {
    const before = await countOf("companies");
    await faults("lost:1");
    await expect(addCompany("Lost, but kept")).rejects.toThrow(/hang up|ECONNRESET|aborted/);
    await faults("");
    expect(await countOf("companies")).toBe(before + 1);
    const names = rows(await api("GET", "/api/companies-names")).map((row) => row.customer_name);
    expect(names.filter((name) => name === "Lost, but kept")).toHaveLength(1);
  });

  test("slow holds an answer back", async () => {
    await faults("slow:200ms@1");
    const began = performance.now();
    expect((await list()).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThanOrEqual(195);
  });

  test("probabilities are kept to, and seeded faults can be given at the start", async () => {
    const faulty = await start("--faults", "http500:0.3,http429:0.2");
    try {
      const seen = { 200: 0, 429: 0, 500: 0 } as Record<number, number>;
      for (let index = 0; index < 300; index += 1) {
        const { status } = await faulty.api("GET", "/api/accounts?per_page=1");
        seen[status] = (seen[status] ?? 0) + 1;
      }
      expect(seen[500]).toBeGreaterThan(50);
      expect(seen[500]).toBeLessThan(135);
      expect(seen[429]).toBeGreaterThan(20);
      expect(seen[200]).toBeGreaterThan(100);
    } finally {
      await faulty.stop();
    }
  });

  test.each(["nonsense:1", "http500:2", "slow:1", 7])("%j is refused and changes nothing", async (text) => {
    await faults("http500:1");
    const answer = await faults(text);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect((await list()).status).toBe(500);
  });

  test("a broken body is refused and changes nothing", async () => {
    await faults("http500:1");
    expect((await api("POST", "/__sandbox/faults", { body: "{" })).status).toBeGreaterThanOrEqual(400);
    expect((await list()).status).toBe(500);
  });
});

describe("reset", () => {
  test("brings the seed's data back and keeps the token", async () => {
    const seeded = await api("GET", "/__sandbox/tables/accounts");
    const account = rows(seeded)[0];
    const body = { account_name: "Changed", customer_id: account?.customer_id };
    expect((await api("PUT", `/api/accounts/${account?.account_id}`, { body })).status).toBe(200);
    await addCompany("Soon gone");
    expect((await api("GET", "/__sandbox/tables/accounts")).text).not.toBe(seeded.text);
    expect((await api("POST", "/__sandbox/reset")).status).toBe(200);
    expect((await api("GET", "/__sandbox/tables/accounts")).text).toBe(seeded.text);
    expect(await countOf("companies")).toBe(12);
    expect((await list()).status).toBe(200);
  });
});

describe("the rate limit", () => {
  test("answers 429 with its headers, to that user alone", async () => {
    const limited = await start("--rate-limit", "5/min");
    try {
      const call = () => limited.api("GET", "/api/accounts?per_page=1");
      for (let left = 4; left >= 0; left -= 1) {
        const answer = await call();
        expect(answer.status).toBe(200);
        expect(answer.headers["x-ratelimit-limit"]).toBe("5");
        expect(answer.headers["x-ratelimit-remaining"]).toBe(String(left));
      }
      const askedS = Date.now() / 1000;
      const refused = await call();
      const answeredS = Date.now() / 1000;
      expect(refused.status).toBe(429);
      expect(refused.headers["x-ratelimit-remaining"]).toBe("0");
      const waitSeconds = Number(refused.headers["retry-after"]);
      expect(waitSeconds).toBeGreaterThan(0);
      expect(waitSeconds).toBeLessThanOrEqual(60);
      const resetS = Number(refused.headers["x-ratelimit-reset"]);
      expect(resetS - waitSeconds).toBeGreaterThan(askedS - 1);
      expect(resetS - waitSeconds).toBeLessThanOrEqual(answeredS);

      const { otp_username: username, password, otp_code, url } = limited.ready;
      const stranger = sender(url);
      const challenge = await stranger("POST", "/api/login", { body: { username, password } });
      const user = encodeURIComponent(String(at(challenge, "data.encrypted_user")));
      const verified = await stranger("POST", `/api/verify/${user}`, { body: { two_factor_code: otp_code } });
      const other = sender(url, String(at(verified, "data.token") ?? at(verified, "token")));
      expect((await other("GET", "/api/accounts?per_page=1")).status).toBe(200);
    } finally {
      await limited.stop();
    }
  });
});

describe("the network", () => {
  test("listens on one loopback address only", async () => {
    const { hostname, port } = new URL(platform.ready.url);
    expect(hostname).toBe("127.0.0.1");
    // All of 127/8 is this machine: a socket bound to every address would accept there too.
    const refused = new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.2", port: Number(port), timeout: 2_000 });
      socket.on("connect", () => reject(new Error("it listens on more than 127.0.0.1")));
      socket.on("error", resolve);
      socket.on("timeout", () => resolve("timeout"));
    });
    await expect(refused).resolves.toBeTruthy();
  });
});
