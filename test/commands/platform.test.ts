import { describe, expect, test } from "vitest";
import { openWorld } from "../world.ts";

type Row = Record<string, unknown>;

describe("related lists", () => {
  test("carriers of an account, and accounts of a carrier", async () => {
    const world = await openWorld();
    const [account] = await world.json<Row[]>("accounts", "list", "--limit", "1");
    const carriers = await world.json<Row[]>("accounts", "carriers", String(account?.account_id), "--all");
    expect(carriers.length).toBeGreaterThan(0);
    const [carrier] = carriers;
    const accounts = await world.json<Row[]>("carriers", "accounts", String(carrier?.carrier_id), "--all");
    expect(accounts.map((row) => row.account_id)).toContain(account?.account_id);
  });

  test("accounts of a company", async () => {
    const world = await openWorld();
    const rows = await world.json<Row[]>("accounts", "list", "--company", "2001", "--all");
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.customer_id))).toEqual(new Set(["2001"]));
  });
});

describe("companies", () => {
  test("have a balance as exact text", async () => {
    const world = await openWorld();
    const balance = await world.json<Row>("companies", "balance", "2001");
    expect(balance.customer_id).toBe("2001");
    expect(balance.balanceamount).toMatch(/^-?\d+(\.\d+)?$/);
  });

  test("a balance that did not come is an error, never zero", async () => {
    const world = await openWorld();
    world.sandbox.failNext({ operation: "getCompanyBalance", kind: "http500", times: 9 });
    expect(await world.run("companies", "balance", "2001")).toMatchObject({ code: 12, out: "" });
  });

  test("names come in one request", async () => {
    const world = await openWorld();
    expect(await world.json<Row[]>("companies", "names", "--all")).toHaveLength(8);
  });
});

describe("restrictions", () => {
  test("are created with 0 for all, listed, disabled, and their history is kept", async () => {
    const world = await openWorld();
    const words = [
      "--priority",
      "3",
      "--dst-number",
      "12125550100",
      "--account-id",
      "0",
      "--carrier-id",
      "0",
    ];
    const created = await world.json<Row>(
      "restrictions",
      "create",
      ...words,
      "--src-match-type",
      "exact",
      "--note",
      "fraud",
    );
    expect(created).toMatchObject({
      account_id: "0",
      carrier_id: "0",
      src_match_type: "exact",
      enabled: true,
    });
    const id = String(created.restriction_id);
    const found = await world.json<Row[]>("restrictions", "list", "--called", "12125550100", "--all");
    expect(found.map((row) => row.restriction_id)).toContain(id);
    expect(await world.json("restrictions", "update", id, "--note", "until Friday")).toMatchObject({
      note: "until Friday",
    });
    expect(await world.run("restrictions", "disable", id)).toMatchObject({ code: 2 });
    expect(await world.json("restrictions", "disable", id, "--yes")).toMatchObject({ enabled: false });
    const history = await world.json<Row[]>("restrictions", "history", "--restriction", id);
    expect(history.map((row) => row.action)).toEqual(["disabled", "updated", "created"]);
  });

  test("page by token", async () => {
    const world = await openWorld();
    for (let index = 0; index < 12; index++) {
      await world.run("restrictions", "create", "--priority", "1", "--dst-number", `1900555${1000 + index}`);
    }
    const all = await world.json<Row[]>("restrictions", "list", "--all");
    expect(new Set(all.map((row) => row.restriction_id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(12);
  });
});

describe("--raw", () => {
  test("prints what the platform answered, and the result where it was not asked", async () => {
    const world = await openWorld();
    const answer = await world.run("lrn", "lookup", "12125550100", "--raw");
    expect(JSON.parse(answer.out)).toMatchObject({ success: true, data: { number: "12125550100" } });
    for (const words of [
      ["lrn", "show", "12125550100"],
      ["help", "output"],
      ["api", "GET", "/api/companies-names"],
    ]) {
      const plain = await world.run(...words);
      expect(plain.out).not.toBe("");
      expect(await world.run(...words, "--raw")).toEqual(plain);
    }
  });
});

describe("cdr search", () => {
  test("answers the newest calls of a range, and says when there are more", async () => {
    const world = await openWorld();
    const { code, out, err } = await world.run("cdr", "search", "--from", "7d", "--limit", "20", "--json");
    expect(code).toBe(0);
    const rows = JSON.parse(out) as Row[];
    expect(rows).toHaveLength(20);
    expect(err).toContain("there are more");
    const times = rows.map((row) => String(row.start_time));
    expect(times).toEqual([...times].sort().reverse());
    expect(rows[0]).toMatchObject({
      dst_number: expect.stringMatching(/^\d+$/),
      account_cost: expect.any(String),
    });
  });

  test("narrows by the platform's filters and by its own", async () => {
    const world = await openWorld();
    const [first] = await world.json<Row[]>("cdr", "search", "--from", "7d", "--limit", "1");
    const id = String(first?.carrier_id);
    const rows = await world.json<Row[]>(
      "cdr",
      "search",
      "--from",
      "7d",
      "--carrier",
      id,
      "--answered",
      "--limit",
      "50",
    );
    expect(new Set(rows.map((row) => row.carrier_id))).toEqual(new Set([id]));
    expect(new Set(rows.map((row) => row.sip_code))).toEqual(new Set([200]));
    const busy = await world.json<Row[]>(
      "cdr",
      "search",
      "--from",
      "7d",
      "--where",
      "sip_code eq 486",
      "--limit",
      "5",
    );
    expect(busy.map((row) => row.sip_code)).toEqual([486, 486, 486, 486, 486]);
  });

  test("says of an order and a condition which calls they are of", async () => {
    const world = await openWorld();
    const search = (...words: string[]) =>
      world.run("cdr", "search", "--from", "30d", "--limit", "3", ...words);
    const cut = "Cut at 3 (--limit); there are more calls in this range.\n";
    const unread = "Only the newest 9,999 calls of this range were looked through: narrow --from and --to.\n";
    expect((await search()).err).toBe(cut);
    expect((await search("--sort", "start_time")).err).toBe(cut + unread);
    expect((await search("--where", "duration gt 999999")).err).toBe(unread);
    const day = await world.run("cdr", "search", "--from", "24h", "--limit", "3", "--sort", "duration:desc");
    expect(day.err).toBe(cut);
  });

  test.each([
    [["--from", "soon"], "--from"],
    [["--from", "now", "--to", "2h"], "later"],
    [["--from", "2026-02-31"], "no such time"],
    [["--from", "2026-01-31", "--to", "2026-01-31"], "both the first second of 2026-01-31"],
    [
      ["--from", "now", "--to", "2h", "--min-duration", "2", "--max-duration", "1"],
      "sipnav: 2 values are wrong.\n  --from is later than --to\n  --min-duration is more than --max-duration\n",
    ],
    [["--min-duration", "-3"], "whole number"],
  ])("refuses %j", async (words, part) => {
    const world = await openWorld();
    const { code, err } = await world.run("cdr", "search", ...words);
    expect({ code, hit: err.includes(part) }, err).toEqual({ code: 2, hit: true });
  });

  test.each(["2026-07-01T08:00", "2026-07-01 08:00:00"])("takes %j in the profile's zone", async (from) => {
    const world = await openWorld({ environment: { SIPNAV_ZONE: "America/New_York" } });
    const ended = await world.run("cdr", "search", "--from", from, "--to", "2026-07-01T13:00Z");
    expect(ended).toMatchObject({ code: 0, err: "" });
    const asked = new URLSearchParams(world.sandbox.requests().at(-1)?.query);
    expect(asked.get("start_date")).toBe("2026-07-01 08:00:00");
    expect(asked.get("end_time")).toBe("2026-07-01 09:00:00");
  });

  test("a range that the platform cannot answer in time is a server error", async () => {
    const world = await openWorld();
    const { code, err } = await world.run("cdr", "search", "--from", "90d", "--max-wait", "0");
    expect({ code, hit: err.includes("narrow it") }, err).toEqual({ code: 12, hit: true });
  }, 40_000);
});

describe("lrn lookup", () => {
  test("says whether a number was ported, and all that came", async () => {
    const world = await openWorld();
    const seen = new Set<unknown>();
    for (let index = 0; index < 20; index++) {
      const number = `1212555${1000 + index}`;
      const row = await world.json<Row>("lrn", "lookup", number);
      seen.add(row.ported);
      expect(row.ported).toBe(String(row.lrn).slice(-10) !== number.slice(-10));
      expect(Object.keys(row).length).toBeGreaterThan(4);
    }
    expect(seen).toEqual(new Set([true, false]));
  });

  test("refuses what is no number", async () => {
    const world = await openWorld();
    expect(await world.run("lrn", "lookup", "twelve")).toMatchObject({ code: 2 });
  });
});

describe("decks list", () => {
  test("shows the decks of carriers or of accounts", async () => {
    const world = await openWorld();
    const carriers = await world.json<Row[]>("decks", "list", "--all");
    expect(carriers.length).toBeGreaterThan(0);
    expect(carriers.every((row) => row.carrier_id !== null)).toBe(true);
    const accounts = await world.json<Row[]>("decks", "list", "--of", "accounts", "--all");
    expect(accounts.every((row) => row.account_id !== null)).toBe(true);
    const local = await world.json<Row[]>("decks", "list", "--all", "--local");
    expect(new Set(local.map((row) => row.local))).toEqual(new Set([true]));
  });
});

describe("api", () => {
  test("makes any call and prints the platform's own body", async () => {
    const world = await openWorld();
    const { code, out } = await world.run("api", "GET", "/api/accounts", "--field", "per_page=1");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ success: true, data: { current_page: 1 } });
    const head = await world.run("api", "GET", "/api/accounts?per_page=1", "--include");
    expect(head.out).toMatch(/^HTTP 200\n/);
    expect(head.out).toContain("content-type: application/json");
  });

  test("pages through a list", async () => {
    const world = await openWorld();
    const { out } = await world.run("api", "GET", "/api/accounts", "--paginate", "--field", "per_page=25");
    expect(JSON.parse(out)).toHaveLength(60);
    expect(await world.run("api", "GET", "/api/logout", "--paginate")).toMatchObject({ code: 2 });
  });

  test("prints a refusal and ends with its code", async () => {
    const world = await openWorld();
    const absent = await world.run("api", "GET", "/api/accounts/99999999");
    expect(absent.code).toBe(6);
    expect(JSON.parse(absent.out)).toHaveProperty("message");
    const refused = await world.run("api", "POST", "/api/accounts", "--field", "note=x");
    expect(refused.code).toBe(13);
    expect(JSON.parse(refused.out)).toHaveProperty("errors");
  });

  test("sends a body, or shows it only", async () => {
    const world = await openWorld();
    world.feed(JSON.stringify({ carrier_name: "Raw" }));
    expect(await world.run("api", "POST", "/api/carriers", "--input", "-")).toMatchObject({ code: 0 });
    const before = world.sandbox.requests().length;
    const draft = await world.run("api", "POST", "/api/carriers", "--field", "carrier_name=x", "--dry-run");
    expect(JSON.parse(draft.out)).toMatchObject({ method: "POST", body: { carrier_name: "x" } });
    expect(world.sandbox.requests()).toHaveLength(before);
  });

  test.each([
    [["GET", "accounts"], "starts with /"],
    [["GET", "/api/accounts", "--field", "x"], "name=value"],
    [["GET", "/api/accounts", "--input", "-"], "GET has no body"],
    [["DELETE", "/api/accounts/1"], "one of"],
    [["GET", "/api/accounts", "--paginate", "--include"], "cannot be given together"],
  ])("refuses %j", async (words, part) => {
    const world = await openWorld();
    const { code, err } = await world.run("api", ...words);
    expect({ code, hit: err.includes(part) }, err).toEqual({ code: 2, hit: true });
  });
});

describe("doctor", () => {
  test("finds nothing wrong where nothing is", async () => {
    // The platform's header tells the computer's own time.
    const world = await openWorld({ now: Date.now, environment: { LANG: "en_US.UTF-8" } });
    const findings = await world.json<Row[]>("doctor");
    expect(findings.map(({ check, state }) => [check, state])).toEqual([
      ["version", "ok"],
      ["terminal", "ok"],
      ["settings", "ok"],
      ["keychain", "ok"],
      ["store", "ok"],
      ["name", "ok"],
      ["answer", "ok"],
      ["session", "ok"],
    ]);
  });

  test("names what is broken and ends with 14", async () => {
    const world = await openWorld();
    await world.sandbox.close();
    const { code, out, err } = await world.run("doctor", "--json");
    expect(code).toBe(14);
    const failed = (JSON.parse(out) as Row[]).filter(({ state }) => state === "failed");
    expect(failed.map(({ check }) => check)).toEqual(["answer", "session"]);
    expect(err).toContain("answer, session");
  });
});
