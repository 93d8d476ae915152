import { describe, expect, test } from "vitest";
import { at, rows } from "./http.ts";
import { startForFile } from "./platform.ts";

const { api } = await startForFile();
const num = "/api/call-restrictions/num";

const query = (fields: Record<string, string>) => `${num}?${new URLSearchParams(fields)}`;
const create = (fields: Record<string, string>) => api("POST", query(fields));

async function createdId(fields: Record<string, string>): Promise<string> {
  const answer = await create({ priority: "1", ...fields });
  expect(at(answer, "success")).toBe(true);
  return String(at(answer, "data.restriction_id"));
}

async function all(filter = ""): Promise<Record<string, unknown>[]> {
  return rows(await api("GET", `${num}?per_page=1000${filter}`));
}

describe("writing", () => {
  test("takes every field from the query string", async () => {
    const fields = {
      priority: "3",
      carrier_id: "0",
      account_id: "0",
      dst_number: "0044123",
      src_number: "0123456789012345",
      src_match_type: "2",
      restriction_start: "2026-01-02 03:04:05",
      restriction_end: "2027-01-02 03:04:05",
      note: "a & b = c%",
    };
    const id = await createdId(fields);
    const stored = at(await api("GET", `${num}/${id}`), "data") as Record<string, unknown>;
    const read = Object.fromEntries(Object.keys(fields).map((key) => [key, String(stored[key])]));
    expect(read).toEqual(fields);
    expect([typeof stored.src_number, typeof stored.dst_number]).toEqual(["string", "string"]);
  });

  test("ignores a body: what is not in the query is missing", async () => {
    const before = (await all()).length;
    const answer = await api("POST", num, { body: { priority: 1, dst_number: "1900" } });
    expect(answer.status).toBe(422);
    expect(at(answer, "errors.priority")).toEqual([expect.any(String)]);
    const id = await createdId({ dst_number: "1901" });
    const patched = await api("PATCH", `${num}?restriction_id=${id}&priority=4`, { body: { priority: 9 } });
    expect(at(patched, "success")).toBe(true);
    expect(String(at(await api("GET", `${num}/${id}`), "data.priority"))).toBe("4");
    expect(await all()).toHaveLength(before + 1);
  });

  test("0 means all carriers and all accounts, and is stored as 0", async () => {
    const id = await createdId({ carrier_id: "0", account_id: "0", dst_number: "1902" });
    const stored = await api("GET", `${num}/${id}`);
    expect([at(stored, "data.carrier_id"), at(stored, "data.account_id")].map(String)).toEqual(["0", "0"]);
  });

  test.each<[field: string, value: string]>([
    ["priority", "0"],
    ["priority", "x"],
    ["src_number", "12345678901234567"],
    ["src_match_type", "3"],
    ["note", "x".repeat(101)],
  ])("refuses %s %s by name", async (field, value) => {
    const before = (await all()).length;
    const answer = await create({ priority: "1", dst_number: "1903", [field]: value });
    expect(answer.status).toBe(422);
    expect(at(answer, "message")).toMatch(/\w/);
    expect(at(answer, `errors.${field}`)).toEqual([expect.any(String)]);
    expect(await all()).toHaveLength(before);
  });

  test("accepts the edges: priority 1, 16 digits, each match type, 100 characters", async () => {
    const edges = { src_number: "1234567890123456", note: "é".repeat(100) };
    for (const src_match_type of ["0", "1", "2"]) {
      const stored = await api("GET", `${num}/${await createdId({ ...edges, src_match_type })}`);
      expect(String(at(stored, "data.src_match_type"))).toBe(src_match_type);
      expect(at(stored, "data.note")).toBe(edges.note);
    }
  });
});

describe("changing", () => {
  test("PATCH with restriction_id in the query updates, and only what it names", async () => {
    const id = await createdId({ dst_number: "1904", note: "first" });
    const answer = await api("PATCH", query({ restriction_id: id, note: "second", priority: "7" }));
    expect(at(answer, "success")).toBe(true);
    const stored = await api("GET", `${num}/${id}`);
    expect(at(stored, "data")).toMatchObject({ note: "second", dst_number: "1904" });
    expect(String(at(stored, "data.priority"))).toBe("7");
  });

  test("PATCH of the path disables, without deleting; again is harmless", async () => {
    const id = await createdId({ dst_number: "1905" });
    for (const _ of [1, 2]) {
      expect((await api("PATCH", `${num}/${id}`)).status).toBe(200);
      const stored = await api("GET", `${num}/${id}`);
      expect(String(at(stored, "data.enabled"))).toBe("0");
      expect(at(stored, "data.dst_number")).toBe("1905");
    }
  });

  test("an unknown restriction is an error with a reason everywhere", async () => {
    const answers = [
      await api("GET", `${num}/99999999`),
      await api("PATCH", `${num}/99999999`),
      await api("PATCH", query({ restriction_id: "99999999", priority: "1" })),
    ];
    for (const answer of answers) {
      expect([404, 422]).toContain(answer.status);
      expect(at(answer, "message")).toMatch(/\w/);
    }
    expect((await api("PATCH", `${num}?priority=1`)).status).toBe(422);
  });

  test("history tells creation, update and disabling", async () => {
    const count = async () => at(await api("GET", "/api/call-restrictions/history"), "data.total");
    const before = Number(await count());
    const id = await createdId({ dst_number: "1906" });
    await api("PATCH", query({ restriction_id: id, priority: "2" }));
    await api("PATCH", `${num}/${id}`);
    const history = rows(await api("GET", "/api/call-restrictions/history?per_page=100"));
    expect(history.filter((row) => String(row.restriction_id) === id)).toHaveLength(3);
    expect(Number(await count())).toBe(before + 3);
  });
});

describe("listing", () => {
  test.each([10, 25, 50, 100, 1000])("per_page %i is allowed", async (perPage) => {
    const answer = await api("GET", `${num}?per_page=${perPage}`);
    expect(answer.status).toBe(200);
    expect(rows(answer).length).toBe(Math.min(perPage, (await all()).length));
  });

  test.each(["11", "0", "500", "x"])("per_page %s is refused", async (perPage) => {
    const answer = await api("GET", `${num}?per_page=${perPage}`);
    expect(answer.status).toBe(422);
    expect(at(answer, "errors.per_page")).toEqual([expect.any(String)]);
  });

  test("page_token leads through every row once", async () => {
    const wanted = (await all()).map((row) => String(row.restriction_id)).sort();
    const seen: string[] = [];
    let token: unknown = "";
    for (let page = 0; page < 30 && typeof token === "string"; page += 1) {
      const parameter = token === "" ? "" : `&page_token=${encodeURIComponent(token)}`;
      const answer = await api("GET", `${num}?per_page=10${parameter}`);
      seen.push(...rows(answer).map((row) => String(row.restriction_id)));
      token = nextToken(at(answer, "data") ?? {});
    }
    expect(wanted.length).toBeGreaterThan(20);
    expect(seen.sort()).toEqual(wanted);
  });

  test("filters by number", async () => {
    await createdId({ dst_number: "1907", src_number: "12125550199" });
    const found = await all("&dst_number=1907");
    expect(found.map((row) => row.src_number)).toContain("12125550199");
    expect(found.length).toBeLessThan((await all()).length);
    expect((await all("&src_number=12125550199")).length).toBeGreaterThan(0);
  });

  test("carrier_id=0 is a value, not an absent filter", async () => {
    const found = await all("&carrier_id=0");
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan((await all()).length);
    expect(new Set(found.map((row) => String(row.carrier_id)))).toEqual(new Set(["0"]));
  });
});

/** The notes name the parameter, not the field the next token comes in: any key that says so will do. */
function nextToken(page: object): unknown {
  return Object.entries(page).find(([key]) => /^(next_)?page_token$|^next_token$/.test(key))?.[1];
}
