import { describe, expect, test } from "vitest";
import { at, rows, sender } from "./http.ts";
import { startForFile } from "./platform.ts";

const platform = await startForFile();
const { api } = platform;

async function valuesOf(path: string, key: string): Promise<Set<string>> {
  const answer = await api("GET", path);
  expect(answer.status).toBe(200);
  return new Set(rows(answer).map((row) => String(row[key])));
}

describe("lists", () => {
  test("carriers ignore page and return everything", async () => {
    const first = await api("GET", "/api/carriers?external=1&per_page=5&page=1");
    const fourth = await api("GET", "/api/carriers?external=1&per_page=5&page=4");
    expect(rows(first)).toHaveLength(30);
    expect(rows(fourth)).toEqual(rows(first));
  });

  test("some carriers are enabled with a 2", async () => {
    const flags = await valuesOf("/api/carriers?external=1", "enabled");
    expect(flags).toContain("2");
    expect(flags).toContain("0");
  });

  test("ids come as numbers or digits", async () => {
    const names = rows(await api("GET", "/api/companies-names"));
    for (const { customer_id } of names) expect(String(customer_id)).toMatch(/^[1-9]\d*$/);
    expect(names).toHaveLength(12);
  });

  test("dates have no zone", async () => {
    for (const { created_at } of rows(await api("GET", "/api/accounts?per_page=100"))) {
      expect(created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    }
  });

  test("money comes as text", async () => {
    const limits = rows(await api("GET", "/api/companies?per_page=100")).map((row) => row.credit_limit);
    expect(limits).toHaveLength(12);
    expect(limits.some((limit) => typeof limit === "string" && /^-?\d+\.\d+$/.test(limit))).toBe(true);
  });

  test("page links are absolute addresses", async () => {
    const answer = await api("GET", "/api/accounts?per_page=5");
    for (const key of ["first_page_url", "last_page_url", "next_page_url", "path"]) {
      expect(URL.canParse(String(at(answer, `data.${key}`)))).toBe(true);
    }
  });
});

describe("parameters", () => {
  test("platform_id chooses a platform, platform_filter[] several", async () => {
    const list = "/api/accounts?external=1&per_page=100";
    expect(await valuesOf(`${list}&platform_id=1`, "platform_id")).toEqual(new Set(["1"]));
    expect(await valuesOf(`${list}&platform_filter[]=2`, "platform_id")).toEqual(new Set(["2"]));
    const both = `${list}&platform_filter[]=1&platform_filter[]=2`;
    expect(await valuesOf(both, "platform_id")).toEqual(new Set(["1", "2"]));
    const encoded = `${list}&platform_filter%5B%5D=1&platform_filter%5B%5D=2`;
    expect(await valuesOf(encoded, "platform_id")).toEqual(new Set(["1", "2"]));
  });

  test("of a repeated plain key only the last counts", async () => {
    const twice = await api("GET", "/api/accounts?per_page=1&per_page=3");
    expect(rows(twice)).toHaveLength(3);
    const list = "/api/accounts?per_page=100";
    const platforms = await valuesOf(`${list}&platform_id=1&platform_id=2`, "platform_id");
    expect(platforms).toEqual(new Set(["2"]));
  });

  test("a repeated plain platform_filter never means both", async () => {
    const answer = await api("GET", "/api/accounts?per_page=100&platform_filter=1&platform_filter=2");
    const platforms = answer.status === 200 ? new Set(rows(answer).map((row) => String(row.platform_id))) : 0;
    expect([0, new Set(["2"])]).toContainEqual(platforms);
    expect([200, 422]).toContain(answer.status);
  });

  test.each([
    ["external", "/api/accounts?external=true"],
    ["external", "/api/carriers?external=yes"],
    ["external", "/api/companies?external=false"],
    ["local", "/api/account-rate-deck?local=true"],
    ["enabled", "/api/account-rate-deck?enabled=true"],
    ["local", "/api/carrier-rate-deck?local=false"],
    ["search_completed", "/api/cdr/search?search_completed=true"],
  ])("the word for the flag %s is refused: %s", async (field, path) => {
    const answer = await api("GET", path);
    expect(answer.status).toBe(422);
    expect(at(answer, `errors.${field}`)).toEqual([expect.any(String)]);
  });

  test("a word for a flag is refused in a body too, 0 and 1 are taken", async () => {
    const customer_id = rows(await api("GET", "/api/companies?per_page=1"))[0]?.customer_id;
    const create = (enabled: unknown) =>
      api("POST", "/api/accounts", { body: { account_name: "Flagged", customer_id, enabled } });
    for (const word of ["true", "yes", "on"]) {
      const refused = await create(word);
      expect(refused.status).toBe(422);
      expect(at(refused, "errors.enabled")).toEqual([expect.any(String)]);
    }
    for (const flag of [0, 1]) {
      const id = at(await create(flag), "data.account_id");
      expect(String(at(await api("GET", `/api/accounts/${id}`), "data.enabled"))).toBe(String(flag));
    }
  });

  test("p_id is the platform of a call search, and a strange platform is 403 with a message", async () => {
    for (const path of ["/api/cdr/search?p_id=99", "/api/accounts?platform_id=99"]) {
      const answer = await api("GET", path);
      expect(answer.status).toBe(403);
      expect(at(answer, "message")).toMatch(/\w/);
    }
  });
});

describe("errors", () => {
  test("without Accept a stranger gets the HTML login page", async () => {
    const bare = sender(platform.ready.url);
    const answer = await bare("GET", "/api/accounts", { headers: { Accept: "" } });
    expect(answer.headers["content-type"]).toMatch(/^text\/html/);
    expect(answer.text).toMatch(/<html/i);
    expect(() => JSON.parse(answer.text)).toThrow();
  });

  test("422 names each field with its texts", async () => {
    const answer = await api("POST", "/api/accounts", { body: {} });
    expect(answer.status).toBe(422);
    expect(at(answer, "message")).toMatch(/\w/);
    const errors = Object.entries(at(answer, "errors") ?? {});
    expect(errors.map(([field]) => field)).toContain("account_name");
    for (const [, texts] of errors) expect(texts).toEqual([expect.stringMatching(/\w/)]);
  });

  test("one call answers a validation error as 404, the fields in data", async () => {
    const paths = ["/api/accounts", "/api/carriers", "/api/companies"];
    const answers = await Promise.all(paths.map((path) => api("POST", path, { body: {} })));
    const odd = answers.filter(({ status }) => status === 404);
    expect(odd.length).toBeGreaterThan(0);
    for (const answer of odd) {
      expect(at(answer, "success")).not.toBe(true);
      for (const texts of Object.values(at(answer, "data") ?? {}))
        expect(texts).toEqual([expect.any(String)]);
    }
    const company = answers[2];
    const where = company?.status === 404 ? "data.customer_name" : "errors.customer_name";
    expect(at(company ?? { text: "{}" }, where)).toEqual([expect.any(String)]);
  });

  test("an unknown address is 404 with a message, a wrong method 405", async () => {
    const nowhere = await api("GET", "/api/nowhere");
    expect(nowhere.status).toBe(404);
    expect(at(nowhere, "message")).toMatch(/\w/);
    const wrong = await api("DELETE", "/api/companies-names");
    expect(wrong.status).toBe(405);
    expect(at(wrong, "message")).toMatch(/\w/);
  });

  test.each(["{", "null", "[]", '"x"', ""])("the body %j is refused, not a server error", async (body) => {
    for (const path of ["/api/accounts", "/api/companies", "/api/carrier-rate-deck/process"]) {
      const answer = await api("POST", path, { body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(at(answer, "message")).toMatch(/\w/);
    }
  });

  test("a broken percent escape in a path is refused, not a server error", async () => {
    const answer = await api("GET", "/api/accounts/%E0%A4%A");
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });
});
