import { describe, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";

type Row = Record<string, unknown>;

const sum = (rows: readonly Row[], name: string) => rows.reduce((total, row) => total + Number(row[name]), 0);

const searches = ({ sandbox }: World) =>
  sandbox.requests().filter(({ operation }) => operation === "searchCdrs").length;

describe("cdr stats", () => {
  test("counts every call of a range that takes several requests, each once", async () => {
    const world = await openWorld();
    const range = ["--from", "2d", "--to", "1h"];
    const before = searches(world);
    const rows = await world.json<Row[]>("cdr", "stats", ...range, "--by", "account");
    const asked = searches(world) - before;
    const calls = await world.json<Row[]>("cdr", "search", ...range, "--limit", "9999");
    expect(calls.length).toBeGreaterThan(1_000);
    expect(asked).toBeLessThanOrEqual(6);
    expect(sum(rows, "attempts")).toBe(calls.length);
    expect(sum(rows, "answered")).toBe(calls.filter((call) => call.answer_time !== null).length);
    const [first] = rows;
    const own = calls.filter((call) => call.account_id === first?.id);
    const answered = own.filter((call) => call.answer_time !== null);
    expect(first).toMatchObject({
      name: own[0]?.account_name,
      asr_pct: Math.round((10_000 * answered.length) / own.length) / 100,
      minutes: Math.round(sum(own, "duration") / 6) / 10,
      sampled_pct: 100,
    });
    expect(Number(first?.cost)).toBeCloseTo(sum(own, "carrier_cost"), 6);
  });

  test("says which calls the figures are of, on standard error", async () => {
    const world = await openWorld();
    const { out, err, code } = await world.run("cdr", "stats", "--from", "1h");
    expect(code).toBe(0);
    expect(err).toMatch(/^All \d+ calls from \d{4}-\d\d-\d\d \d\d:\d\d:\d\d to .* UTC; 1 request\.\n$/);
    expect(out).not.toContain("All ");
  });

  test("reads no more than the sample allows, spread over the range, and says so", async () => {
    const world = await openWorld();
    const before = searches(world);
    const { out, err } = await world.run("cdr", "stats", "--from", "7d", "--sample", "400", "--json");
    const rows = JSON.parse(out) as Row[];
    expect(searches(world) - before).toBeLessThanOrEqual(7);
    expect(sum(rows, "attempts")).toBeLessThanOrEqual(600);
    expect(sum(rows, "attempts")).toBeGreaterThan(200);
    expect(Number(rows[0]?.sampled_pct)).toBeLessThan(50);
    expect(err).toMatch(/^A sample: \d+ calls, all those of [\d.]+ % of the time/);
    // What is known of an hour is what was seen in it, whatever part of the range was seen.
    const whole = await world.json<Row[]>("cdr", "stats", "--from", "7d");
    const hourly = (of: readonly Row[]) => sum(of, "cost_per_hour");
    expect(hourly(rows)).toBeGreaterThan(hourly(whole) / 3);
    expect(hourly(rows)).toBeLessThan(hourly(whole) * 3);
  });

  test("groups by several things at once, with the companies' names", async () => {
    const world = await openWorld();
    const rows = await world.json<Row[]>("cdr", "stats", "--from", "1d", "--by", "company", "--by", "code");
    const companies = rows.filter(({ by }) => by === "company");
    const codes = rows.filter(({ by }) => by === "code");
    expect(sum(companies, "attempts")).toBe(sum(codes, "attempts"));
    for (const row of companies) expect(row.name).toMatch(/\w/);
    expect(codes.find(({ id }) => id === "486")?.name).toBe("Busy");
  });

  test("the worst comes first, but not for a call or two", async () => {
    const world = await openWorld();
    const rows = await world.json<Row[]>("cdr", "stats", "--from", "7d");
    const tops = rows.map((row) => Number(row.asr_high_pct));
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    const sorted = await world.json<Row[]>("cdr", "stats", "--from", "7d", "--sort", "attempts:desc");
    expect(Number(sorted[0]?.attempts)).toBe(Math.max(...rows.map((row) => Number(row.attempts))));
  });

  test("a range without calls is no rows", async () => {
    const world = await openWorld({ sandbox: { cdrs: 0 } });
    expect(await world.run("cdr", "stats", "--json")).toMatchObject({ code: 0, out: "[]\n" });
  });

  test.each([
    [["--from", "now", "--to", "1h"], 2, "--from is later than --to"],
    [["--by", "trunk"], 2, "one of carrier, account, company, code"],
    [["--sort", "asr"], 2, "asr_pct"],
    [["--sample", "0"], 2, "--sample"],
    [["--from", "90d"], 12, "narrow it with --from"],
  ])("%j ends with %i", async (words, code, said) => {
    const world = await openWorld();
    const ended = await world.run("cdr", "stats", ...words);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toContain(said);
  });

  test("a platform that fails midway is an error, not half a figure", async () => {
    const world = await openWorld();
    await world.run("cdr", "stats", "--from", "1h");
    world.sandbox.failNext({ operation: "searchCdrs", kind: "http500", times: 9 });
    expect(await world.run("cdr", "stats", "--from", "7d", "--json")).toMatchObject({ code: 12, out: "" });
  });
});
