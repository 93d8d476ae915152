import { expect, test } from "vitest";
import { openPlatform } from "./platform.ts";

const path = "/api/cdr/search";
interface Cdr {
  start_time: string;
  duration: number;
  answer_time: string | null;
  carrier_id: unknown;
  platform_id: unknown;
}

test("a search without a limit answers the hundred newest, at most ten thousand on demand", async () => {
  const { ask } = await openPlatform({ cdrs: 400_000 });
  const rows: Cdr[] = (await ask(path)).json.data;
  expect(rows).toHaveLength(100);
  const times = rows.map((row) => row.start_time);
  expect(times).toEqual(times.toSorted().reverse());
  expect(times.every((time) => time <= "2026-03-10 12:00:00")).toBe(true);
  expect((await ask(`${path}?limit=10000`)).json.data).toHaveLength(10_000);
  for (const limit of ["10001", "0", "all"]) {
    expect((await ask(`${path}?limit=${limit}`)).json.errors, limit).toHaveProperty("limit");
  }
  // No page: the same answer again.
  expect((await ask(`${path}?page=2`)).json.data).toEqual(rows);
});

test("the range takes zone-less times, ISO times and dates alone, both ends included", async () => {
  const { ask } = await openPlatform({ cdrs: 100_000 });
  const timesOf = async (start: string, end: string) => {
    const query = new URLSearchParams({ start_date: start, end_time: end, limit: "10000" });
    return (await ask(`${path}?${query}`)).json.data.map((row: Cdr) => row.start_time);
  };
  const naive: string[] = await timesOf("2026-03-09 10:00:00", "2026-03-09 10:59:59");
  expect(naive.length).toBeGreaterThan(5);
  expect(naive.every((time) => time.startsWith("2026-03-09 10:"))).toBe(true);
  expect(await timesOf("2026-03-09T10:00:00Z", "2026-03-09T10:59:59Z")).toEqual(naive);
  const newest = naive[0] ?? "";
  expect(await timesOf(newest, newest)).toContain(newest);

  const day: string[] = await timesOf("2026-03-08", "2026-03-08");
  expect(day.at(0)?.slice(0, 13)).toBe("2026-03-08 23");
  expect(day.at(-1)?.slice(0, 13)).toBe("2026-03-08 00");
});

test("an end before the start, or what is no date, is refused; a wide range times out behind the proxy", async () => {
  const { ask } = await openPlatform();
  expect((await ask(`${path}?start_date=2026-03-09&end_time=2026-03-08`)).json.errors).toHaveProperty(
    "end_time",
  );
  for (const wrong of ["yesterday", "2026-02-30", "2026-13-01"]) {
    expect((await ask(`${path}?start_date=${wrong}`)).json.errors, wrong).toHaveProperty("start_date");
  }
  const late = await ask(`${path}?start_date=2026-01-01&end_time=2026-03-01`);
  expect([late.status, late.headers.get("content-type")]).toEqual([504, "text/html; charset=UTF-8"]);
  expect((await ask(`${path}?start_date=2026-02-01&end_time=2026-03-03`)).status).toBe(200);
});

test("filters narrow the answer, the platform by p_id", async () => {
  const { ask } = await openPlatform({ cdrs: 20_000 });
  const rowsOf = async (query: string): Promise<Cdr[]> =>
    (await ask(`${path}?limit=1000&${query}`)).json.data;
  const answered = await rowsOf("search_completed=1&min_duration=30&max_duration=90");
  expect(answered.length).toBeGreaterThan(0);
  expect(answered.every((row) => row.answer_time !== null && row.duration >= 30 && row.duration <= 90)).toBe(
    true,
  );
  const attempts = await rowsOf("search_completed=0");
  expect(attempts.some((row) => row.answer_time === null)).toBe(true);
  const elsewhere = await rowsOf("p_id=2");
  expect(elsewhere.length).toBeGreaterThan(0);
  expect(elsewhere.every((row) => String(row.platform_id) === "2")).toBe(true);
  const carrier = String(elsewhere[0]?.carrier_id);
  const ofCarrier = await rowsOf(`carrier_id=${carrier}`);
  expect(ofCarrier.every((row) => String(row.carrier_id) === carrier)).toBe(true);
  expect(await rowsOf("dst_number=5555555555555")).toEqual([]);
  expect((await ask(`${path}?search_completed=true&dst_number=1x`)).json.errors).toMatchObject({
    dst_number: [expect.stringContaining("digits")],
    search_completed: ["The search completed field must be true or false."],
  });
});

test("calls keep coming as the clock goes on", async () => {
  const { ask, clock } = await openPlatform({ cdrs: 400_000 });
  const before: Cdr[] = (await ask(`${path}?limit=1`)).json.data;
  clock.nowMs += 10 * 60_000;
  const after: Cdr[] = (await ask(`${path}?start_date=2026-03-10+12:00:01&limit=10000`)).json.data;
  expect(after.length).toBeGreaterThan(0);
  expect(after.every((row) => row.start_time > (before[0]?.start_time ?? ""))).toBe(true);
});

test("a number's routing number is ever the same; a third of all numbers was ported", async () => {
  const { ask } = await openPlatform();
  const look = async (number: string) => (await ask(`/api/lrnlookup/${number}`)).json.data;
  const numbers = Array.from({ length: 200 }, (_, n) => `1214235${String(n * 37).padStart(4, "0")}`);
  const found = await Promise.all(numbers.map(look));
  const ported = found.filter((row) => row.lrn !== row.number);
  expect(ported.length).toBeGreaterThan(45);
  expect(ported.length).toBeLessThan(95);
  expect(ported.every((row) => /^1214[2-9]\d{6}$/.test(row.lrn))).toBe(true);
  expect(await look(numbers[0] ?? "")).toEqual(found[0]);
  expect(found[0]).toMatchObject({ number: numbers[0], state: "TX" });
  expect(found[0]).toHaveProperty("switch_type");
  const ten = await look(numbers[0]?.slice(1) ?? "");
  expect(`1${ten.lrn}`).toBe(found[0].lrn);
  for (const wrong of ["214235567", "121423556789", "21423x5678", "+12142355678"]) {
    expect((await ask(`/api/lrnlookup/${encodeURIComponent(wrong)}`)).status, wrong).toBe(422);
  }
});
