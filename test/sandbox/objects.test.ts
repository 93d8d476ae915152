import { expect, test } from "vitest";
import { openPlatform } from "./platform.ts";

test("a page of accounts has every key of the paginator, with links to another host", async () => {
  const { ask } = await openPlatform();
  const { data } = (await ask("/api/accounts?per_page=10&page=2")).json;
  expect(data).toMatchObject({
    current_page: 2,
    first_page_url: "http://localhost/api/accounts?page=1",
    from: 11,
    last_page: 3,
    last_page_url: "http://localhost/api/accounts?page=3",
    next_page_url: "http://localhost/api/accounts?page=3",
    path: "http://localhost/api/accounts",
    per_page: 10,
    prev_page_url: "http://localhost/api/accounts?page=1",
    to: 20,
    total: 30,
  });
  expect(data.data).toHaveLength(10);
  expect(data.links.at(0)).toEqual({
    url: "http://localhost/api/accounts?page=1",
    label: "&laquo; Previous",
    active: false,
  });
  expect(data.links.find((link: { active: boolean }) => link.active).label).toBe("2");
});

test("pages follow each other without gaps; beyond the last one a page is empty", async () => {
  const { ask } = await openPlatform();
  const ids: number[] = [];
  for (const page of [1, 2, 3]) {
    const { data } = (await ask(`/api/accounts?per_page=10&page=${page}`)).json;
    ids.push(...data.data.map((row: { account_id: number }) => Number(row.account_id)));
  }
  expect(new Set(ids).size).toBe(30);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  const { data } = (await ask("/api/accounts?per_page=10&page=4")).json;
  expect(data).toMatchObject({ data: [], from: null, to: null, next_page_url: null, total: 30 });
});

test("a query is read by PHP's and Laravel's rules", async () => {
  const { ask } = await openPlatform();
  expect((await ask("/api/accounts?per_page=5&per_page=7")).json.data.data).toHaveLength(7);
  for (const query of [
    "per_page=0",
    "per_page=1001",
    "per_page=ten",
    "page=0",
    "external=true",
    "external=false",
  ]) {
    const refused = await ask(`/api/accounts?${query}`);
    expect([refused.status, Object.keys(refused.json.errors)], query).toEqual([422, [query.split("=")[0]]]);
  }
  const refused = await ask("/api/accounts?platform_filter=1");
  expect(refused.json.errors).toEqual({ platform_filter: ["The platform filter field must be an array."] });
  expect((await ask("/api/accounts?external=1&per_page=1000")).json.data.data).toHaveLength(30);
});

test("platforms and companies narrow a list; platform_filter[] goes first", async () => {
  const { ask } = await openPlatform();
  const idsOf = async (query: string, field: string) => {
    const { data } = (await ask(`/api/accounts?per_page=1000&${query}`)).json;
    return new Set(data.data.map((row: Record<string, unknown>) => String(row[field])));
  };
  expect(await idsOf("", "platform_id")).toEqual(new Set(["1", "2"]));
  expect(await idsOf("platform_id=2", "platform_id")).toEqual(new Set(["2"]));
  expect(await idsOf("platform_filter[]=1&platform_filter%5B%5D=2", "platform_id")).toEqual(
    new Set(["1", "2"]),
  );
  expect(await idsOf("platform_id=2&platform_filter[]=1", "platform_id")).toEqual(new Set(["1"]));
  expect(await idsOf("company_id=2001", "customer_id")).toEqual(new Set(["2001"]));
});

test("carriers ignore page and per_page; an empty list of them is a bare one", async () => {
  const { ask } = await openPlatform();
  const pages = await Promise.all([1, 2].map((page) => ask(`/api/carriers?per_page=2&page=${page}`)));
  for (const { json } of pages) expect(json.data).toMatchObject({ current_page: 1, total: 8, last_page: 1 });
  expect(pages[0]?.json.data.data).toHaveLength(8);
  expect(pages[1]?.text).toBe(pages[0]?.text);
  expect((await ask("/api/carriers?company_id=1")).json).toEqual({ success: true, message: "", data: [] });
});

test("an account is created, shown and listed with its company's name", async () => {
  const { ask } = await openPlatform();
  const created = await ask("POST /api/accounts?platform_id=2", {
    json: { account_name: "New One", customer_id: "2002", lrn_dip: "1", colour: "blue", note: "0123" },
  });
  expect(created.status).toBe(200);
  expect(created.json.data).toMatchObject({
    account_name: "New One",
    platform_id: 2,
    enabled: 1,
    lrn_dip: 1,
    currency: "USD",
    tech_prefix: null,
    colour: "blue",
    note: "0123",
    created_at: "2026-03-10 12:00:00",
    updated_at: "2026-03-10 12:00:00",
  });
  const company = (await ask("/api/companies/2002")).json.data;
  expect(created.json.data.customer_name).toBe(company.customer_name);
  const id = created.json.data.account_id;
  expect((await ask(`/api/accounts/${id}`)).json.data).toEqual(created.json.data);
  expect((await ask(`/api/accounts/${id}?platform_id=1`)).status).toBe(404);
  expect((await ask("/api/accounts?per_page=1000")).json.data.total).toBe(31);
});

test("equal names are allowed: a create that is sent twice makes two", async () => {
  const { ask } = await openPlatform();
  const twice = async (path: string, json: object, id: string) => {
    const first = (await ask(`POST ${path}`, { json })).json.data[id];
    const second = (await ask(`POST ${path}`, { json })).json.data[id];
    return Number(second) - Number(first);
  };
  expect(await twice("/api/accounts", { account_name: "Twin", customer_id: 2001 }, "account_id")).toBe(1);
  expect(await twice("/api/carriers", { carrier_name: "Twin" }, "carrier_id")).toBe(1);
  expect(await twice("/api/companies", { customer_name: "Twin" }, "customer_id")).toBe(1);
});

test("PUT replaces the whole object", async () => {
  const { ask, clock } = await openPlatform();
  const create = { account_name: "Before", customer_id: 2001, channels_limit: 50, note: "old", extra: "x" };
  const { account_id } = (await ask("POST /api/accounts", { json: create })).json.data;
  clock.nowMs += 60_000;
  const json = { account_id: 5, account_name: "After", customer_id: 2001, enabled: 0, platform_id: 2 };
  const replaced = (await ask(`PUT /api/accounts/${account_id}`, { json })).json.data;
  expect(replaced).toMatchObject({
    account_id,
    account_name: "After",
    enabled: 0,
    channels_limit: null,
    note: null,
    platform_id: 1,
    created_at: "2026-03-10 12:00:00",
    updated_at: "2026-03-10 12:01:00",
  });
  expect(replaced).not.toHaveProperty("extra");
  expect((await ask(`/api/accounts/${account_id}`)).json.data).toEqual(replaced);
});

test("accounts and carriers answer 422 with every reason, nested ones with dots", async () => {
  const { ask } = await openPlatform();
  const json = {
    customer_id: 1,
    enabled: "true",
    contacts: [{ email: "a@b.example" }, { email: "no" }, null],
  };
  const refused = await ask("POST /api/accounts", { json });
  expect(refused.status).toBe(422);
  expect(refused.json).toEqual({
    message: "The account name field is required. (and 4 more errors)",
    errors: {
      account_name: ["The account name field is required."],
      customer_id: ["The selected customer id is invalid."],
      enabled: ["The enabled field must be true or false."],
      "contacts.1.email": ["The contacts.1.email field must be a valid email address."],
      "contacts.2.email": ["The contacts.2.email field is required."],
    },
  });
  const carrier = await ask("POST /api/carriers", { json: { carrier_name: " ", port: 70_000, enabled: 3 } });
  expect(Object.keys(carrier.json.errors)).toEqual(["carrier_name", "enabled", "port"]);
  expect((await ask("/api/accounts?per_page=1")).json.data.total).toBe(30);
});

test("a carrier's 2 means yes and is kept", async () => {
  const { ask } = await openPlatform();
  const created = await ask("POST /api/carriers", { json: { carrier_name: "Two", enabled: 2 } });
  expect(created.json.data.enabled).toBe(2);
  const { carrier_id } = created.json.data;
  const shown = await ask(`PUT /api/carriers/${carrier_id}`, {
    json: { carrier_name: "Two", enabled: false },
  });
  expect(shown.json.data.enabled).toBe(0);
  const wire = (await ask("/__sandbox/tables/carriers")).json;
  expect(wire.some((row: { enabled: unknown }) => String(row.enabled) === "2")).toBe(true);
});

test("companies answer a validation error as 404, with the reasons in data", async () => {
  const { ask } = await openPlatform();
  const refused = await ask("POST /api/companies", { json: { email: "x", payment_type: "later" } });
  expect(refused.status).toBe(404);
  expect(refused.json).toEqual({
    success: false,
    message: "Validation Error.",
    data: {
      customer_name: ["The customer name field is required."],
      email: ["The email field must be a valid email address."],
      payment_type: ["The selected payment type is invalid."],
    },
  });
  expect((await ask("PUT /api/companies/2001", { json: {} })).json.data).toHaveProperty("customer_name");
  // A company that is not there looks different: no reasons.
  expect((await ask("PUT /api/companies/1", { json: {} })).json).toEqual({
    message: "No query results for model [App\\Models\\Customer] 1",
  });
});

test("balances are money as it stands in the table; a new company has none", async () => {
  const { ask } = await openPlatform();
  const wire = (await ask("/__sandbox/tables/balances")).json;
  for (const { customer_id, balanceamount } of wire) {
    expect((await ask(`/api/companies/${customer_id}/getBalance`)).json.data.balanceamount).toBe(
      balanceamount,
    );
  }
  const created = await ask("POST /api/companies", {
    json: { customer_name: "New", credit_limit: "250.50" },
  });
  const { data } = (await ask(`/api/companies/${created.json.data.customer_id}/getBalance`)).json;
  expect(data).toEqual({ balanceamount: "0.00", currency: "USD", credit_limit: "250.50" });
});

test("names, an account's carriers and a carrier's accounts are bare arrays that agree", async () => {
  const { ask } = await openPlatform();
  const names = (await ask("/api/companies-names")).json.data;
  expect(names).toHaveLength(6);
  expect(Object.keys(names[0])).toEqual(["customer_id", "customer_name"]);
  const carriers = (await ask("/api/accountcarriers/10001")).json.data;
  expect(carriers.length).toBeGreaterThan(0);
  expect(carriers.length).toBeLessThan(8);
  const accounts = (await ask(`/api/carrieraccounts/${carriers[0].carrier_id}`)).json.data;
  expect(accounts.map((row: { account_id: unknown }) => String(row.account_id))).toContain("10001");
});

test("ids that nobody has, or that are no numbers, are 404", async () => {
  const { ask } = await openPlatform();
  for (const path of [
    "accounts/1",
    "accounts/abc",
    "carriers/9e9",
    "companies/-1",
    "companies/1/getBalance",
  ]) {
    const refused = await ask(`/api/${path}`);
    expect([refused.status, refused.json.message], path).toEqual([
      404,
      expect.stringContaining("No query results"),
    ]);
  }
});
