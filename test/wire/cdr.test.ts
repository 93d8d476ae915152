import { describe, expect, test } from "vitest";
import { at, rows } from "./http.ts";
import { startForFile } from "./platform.ts";

const { api } = await startForFile();

const hourMs = 3_600_000;
const naive = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** A date as the platform writes it: UTC, no zone. */
const wireDate = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 19).replace("T", " ");
const timeOf = (date: unknown) => Date.parse(`${String(date).replace(" ", "T")}Z`);

function search(fields: Record<string, string | number>) {
  const parameters = Object.entries(fields).map(([key, value]) => [key, String(value)] as [string, string]);
  return api("GET", `/api/cdr/search?${new URLSearchParams(parameters)}`);
}

/** Three days that ended a day ago, so that no call is added while a test looks. */
const endMs = Math.floor(Date.now() / hourMs) * hourMs - 24 * hourMs;
const startMs = endMs - 72 * hourMs;

async function found(fromMs: number, toMs: number, more: Record<string, string | number> = {}) {
  const answer = await search({
    start_date: wireDate(fromMs),
    end_time: wireDate(toMs),
    limit: 10_000,
    ...more,
  });
  expect(answer.status).toBe(200);
  return rows(answer);
}

const recent = (more: Record<string, string | number> = {}) => found(startMs, endMs, more);

describe("call detail records", () => {
  test("lie in the asked range, with zone-less dates and numbers as text", async () => {
    const calls = await found(startMs, endMs);
    expect(calls.length).toBeGreaterThan(100);
    for (const call of calls) {
      expect(call.start_time).toMatch(naive);
      expect(call.end_time).toMatch(naive);
      expect(timeOf(call.start_time)).toBeGreaterThanOrEqual(startMs);
      expect(timeOf(call.start_time)).toBeLessThanOrEqual(endMs);
      expect(call.src_number).toBeTypeOf("string"); // also "anonymous"
      expect(call.dst_number).toMatch(/^\d+$/);
    }
  });

  test("in slices they are the same calls as at once", async () => {
    const whole = (await found(startMs, endMs)).map((call) => String(call.cdr_id));
    const slices: string[] = [];
    for (let fromMs = startMs; fromMs < endMs; fromMs += 12 * hourMs) {
      const slice = await found(fromMs, fromMs + 12 * hourMs);
      slices.push(...slice.map((call) => String(call.cdr_id)));
    }
    expect([...new Set(slices)].sort()).toEqual([...new Set(whole)].sort());
    expect(new Set(whole).size).toBe(whole.length);
  });

  test("only limit bounds an answer: there is no total, and page changes nothing", async () => {
    const range = { start_date: wireDate(startMs), end_time: wireDate(endMs), limit: 7 };
    const first = await search(range);
    expect(rows(first)).toHaveLength(7);
    expect(at(first, "data.total")).toBeUndefined();
    const second = await search({ ...range, page: 2, per_page: 3 });
    expect(second.text).toBe(first.text);
  });

  test("a wide range times out instead of answering", async () => {
    const began = performance.now();
    const range = { start_date: "2016-01-01 00:00:00", end_time: wireDate(Date.now()), limit: 10 };
    const answer = await search(range).catch(() => undefined);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(answer?.status ?? 504).toBeGreaterThanOrEqual(500);
  });

  test("filters by account, carrier and number", async () => {
    const all = await recent();
    const keys = ["account_id", "carrier_id", "src_number", "dst_number", "lrn_number"];
    // Not every call has a number of a caller or an LRN.
    const one = all.find((call) => keys.every((key) => /^\d+$/.test(String(call[key])))) ?? {};
    for (const key of keys) {
      const wanted = all.filter((call) => String(call[key]) === String(one[key]));
      const got = await recent({ [key]: String(one[key]) });
      expect(got.map((call) => call.cdr_id)).toEqual(wanted.map((call) => call.cdr_id));
      expect(got.length).toBeLessThan(all.length);
    }
  });

  test("0 is a carrier and an account that made no call, not an absent filter", async () => {
    expect(await recent({ carrier_id: 0 })).toEqual([]);
    expect(await recent({ account_id: 0 })).toEqual([]);
    expect((await recent({ min_duration: 0 })).length).toBe((await recent()).length);
  });

  test("filters by duration and completion", async () => {
    const all = await recent();
    const lasting = await recent({ min_duration: 30, max_duration: 90 });
    const wanted = all.filter(({ duration }) => Number(duration) >= 30 && Number(duration) <= 90);
    expect(lasting).toHaveLength(wanted.length);
    expect(lasting.length).toBeGreaterThan(0);
    const completed = await recent({ search_completed: 1 });
    expect(completed.length).toBeGreaterThan(0);
    expect(completed.length).toBeLessThan(all.length);
    const ids = new Set(completed.map(({ cdr_id }) => cdr_id));
    const rest = all.filter(({ cdr_id }) => !ids.has(cdr_id));
    expect(rest.map(({ duration }) => Number(duration)).filter((seconds) => seconds > 0)).toEqual([]);
  });

  test("are asked for a platform by p_id", async () => {
    const all = await recent();
    const ids = (calls: Record<string, unknown>[]) => calls.map(({ cdr_id }) => String(cdr_id));
    const parts = [await recent({ p_id: 1 }), await recent({ p_id: 2 })];
    for (const [index, part] of parts.entries()) {
      expect(new Set(part.map(({ platform_id }) => String(platform_id)))).toEqual(new Set([`${index + 1}`]));
    }
    expect(ids(parts.flat()).sort()).toEqual(ids(all).sort());
  });

  test.each<[field: string, value: string]>([
    ["start_date", "yesterday-ish"],
    ["end_time", "x"],
    ["limit", "0"],
    ["limit", "x"],
    ["min_duration", "x"],
    ["search_completed", "true"],
  ])("refuse %s=%s by name", async (field, value) => {
    const range = { start_date: wireDate(startMs), end_time: wireDate(endMs) };
    const answer = await search({ ...range, [field]: value });
    expect(answer.status).toBe(422);
    expect(at(answer, `errors.${field}`)).toEqual([expect.any(String)]);
  });

  test("money is exact decimal text", async () => {
    for (const call of await recent()) {
      for (const key of ["account_rate", "account_cost", "carrier_rate", "carrier_cost"]) {
        expect(String(call[key])).toMatch(/^\d+(\.\d+)?$/);
      }
    }
    expect((await recent()).some(({ account_cost }) => typeof account_cost === "string")).toBe(true);
  });
});

describe("LRN", () => {
  const lookup = (number: string) => api("GET", `/api/lrnlookup/${encodeURIComponent(number)}`);

  test("ported numbers have another LRN, the rest their own", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => `121255501${String(index).padStart(2, "0")}`);
    const answers = await Promise.all(numbers.map(lookup));
    const lrns = answers.map((answer) => at(answer, "data.lrn"));
    for (const lrn of lrns) expect(lrn).toMatch(/^1\d{10}$/);
    const ported = lrns.filter((lrn, index) => lrn !== numbers[index]);
    expect(ported.length).toBeGreaterThan(0);
    expect(ported.length).toBeLessThan(numbers.length);
  });

  test("the same number has the same answer, with or without the country digit", async () => {
    const [one, again, short] = await Promise.all(["12125550100", "12125550100", "2125550100"].map(lookup));
    expect(one?.text).toBe(again?.text);
    expect(`1${at(short ?? { text: "{}" }, "data.lrn")}`).toBe(at(one ?? { text: "{}" }, "data.lrn"));
  });

  test.each(["abc", "12", "1212555010012345678"])("%s is no number", async (text) => {
    const answer = await lookup(text);
    expect([404, 422]).toContain(answer.status);
    expect(at(answer, "message")).toMatch(/\w/);
  });
});
