import { describe, expect, test } from "vitest";
import { at, rows } from "./http.ts";
import { startForFile } from "./platform.ts";

const { api } = await startForFile();

const paginatorKeys = [
  "current_page",
  "data",
  "first_page_url",
  "from",
  "last_page",
  "last_page_url",
  "links",
  "next_page_url",
  "path",
  "per_page",
  "prev_page_url",
  "to",
  "total",
];

interface Kind {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

const accounts: Kind = { path: "accounts", id: "account_id", name: "account_name", count: 60 };
const carriers: Kind = { path: "carriers", id: "carrier_id", name: "carrier_name", count: 30 };
const companies: Kind = { path: "companies", id: "customer_id", name: "customer_name", count: 12 };
const kinds = [accounts, carriers, companies];

const list = (kind: Kind, query: string) => api("GET", `/api/${kind.path}?external=1&${query}`);

/** The fields a create or a full update of this kind needs. */
async function fieldsOf(kind: Kind, name: string): Promise<Record<string, unknown>> {
  if (kind !== accounts) return { [kind.name]: name };
  const first = rows(await list(companies, "per_page=1"))[0];
  return { account_name: name, customer_id: first?.customer_id };
}

async function create(kind: Kind, name: string, more: object = {}): Promise<string> {
  const body = { ...(await fieldsOf(kind, name)), ...more };
  const answer = await api("POST", `/api/${kind.path}`, { body });
  expect(at(answer, "success")).toBe(true);
  return String(at(answer, `data.${kind.id}`));
}

describe("lists", () => {
  test.each(kinds)("$path have all keys of Laravel's paginator", async (kind) => {
    const answer = await list(kind, "per_page=10&page=1");
    const page = at(answer, "data");
    expect(Object.keys(page ?? {}).sort()).toEqual(paginatorKeys);
    expect(at(answer, "data.total")).toBe(kind.count);
    for (const row of rows(answer)) {
      expect(String(row[kind.id])).toMatch(/^\d+$/);
      expect(row[kind.name]).toMatch(/\S/);
    }
  });

  test.each([accounts, companies])("$path come page by page, each row once", async (kind) => {
    const perPage = 5;
    const pages = Math.ceil(kind.count / perPage);
    const ids: string[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const answer = await list(kind, `per_page=${perPage}&page=${page}`);
      expect(at(answer, "data.current_page")).toBe(page);
      expect(at(answer, "data.last_page")).toBe(pages);
      expect(at(answer, "data.from")).toBe((page - 1) * perPage + 1);
      ids.push(...rows(answer).map((row) => String(row[kind.id])));
    }
    expect(new Set(ids).size).toBe(kind.count);
    expect(ids).toHaveLength(kind.count);
  });

  test("the ends of a list have no next and no previous page", async () => {
    const first = await list(accounts, "per_page=50&page=1");
    const last = await list(accounts, "per_page=50&page=2");
    expect([at(first, "data.prev_page_url"), at(last, "data.next_page_url")]).toEqual([null, null]);
    expect(at(first, "data.next_page_url")).toMatch(/page=2/);
    expect(rows(last)).toHaveLength(10);
  });

  test("from and to are null beyond the end", async () => {
    const answer = await list(accounts, "per_page=50&page=9");
    expect(rows(answer)).toEqual([]);
    expect([at(answer, "data.from"), at(answer, "data.to")]).toEqual([null, null]);
    expect(at(answer, "data.total")).toBe(60);
  });

  test("accounts of one company are its own", async () => {
    const all = rows(await list(accounts, "per_page=100"));
    const company = String(all[0]?.customer_id);
    const own = rows(await list(accounts, `per_page=100&company_id=${company}`));
    const wanted = all.filter((row) => String(row.customer_id) === company);
    expect(own.map((row) => row.account_id)).toEqual(wanted.map((row) => row.account_id));
    expect(own.length).toBeLessThan(all.length);
  });

  test("company names pair every id with its name", async () => {
    const names = rows(await api("GET", "/api/companies-names"));
    const all = rows(await list(companies, "per_page=100"));
    const pairs = (found: Record<string, unknown>[]) =>
      found.map((row) => `${row.customer_id} ${row.customer_name}`).sort();
    expect(pairs(names)).toEqual(pairs(all));
  });

  test("an account's carriers are carriers, and a carrier's accounts lead back", async () => {
    const known = new Set(rows(await list(carriers, "")).map((row) => String(row.carrier_id)));
    const account = String(rows(await list(accounts, "per_page=1"))[0]?.account_id);
    const reached = rows(await api("GET", `/api/accountcarriers/${account}`));
    expect(reached.length).toBeGreaterThan(0);
    for (const { carrier_id } of reached) {
      expect(known).toContain(String(carrier_id));
      const back = rows(await api("GET", `/api/carrieraccounts/${carrier_id}`));
      expect(back.map((row) => String(row.account_id))).toContain(account);
    }
  });
});

describe("one object", () => {
  test.each(kinds)("$path: created, read, replaced, listed", async (kind) => {
    const id = await create(kind, "Früh & Spät, Ltd");
    const path = `/api/${kind.path}/${id}`;
    expect(at(await api("GET", path), `data.${kind.name}`)).toBe("Früh & Spät, Ltd");
    const body = { ...(await fieldsOf(kind, "Renamed")), note: "moved" };
    expect(at(await api("PUT", path, { body }), "success")).toBe(true);
    const after = await api("GET", path);
    expect([at(after, `data.${kind.name}`), at(after, "data.note")]).toEqual(["Renamed", "moved"]);
    const listed = rows(await list(kind, "per_page=100")).find((row) => String(row[kind.id]) === id);
    expect(listed?.[kind.name]).toBe("Renamed");
  });

  test.each(kinds)("$path: unknown fields are kept by POST and PUT", async (kind) => {
    const id = await create(kind, "Odd", { x_wire: { deep: ["kept", 0, null] } });
    const path = `/api/${kind.path}/${id}`;
    expect(at(await api("GET", path), "data.x_wire")).toEqual({ deep: ["kept", 0, null] });
    const body = { ...(await fieldsOf(kind, "Odd")), x_wire: "new", x_more: 0 };
    await api("PUT", path, { body });
    const after = await api("GET", path);
    expect([at(after, "data.x_wire"), at(after, "data.x_more")]).toEqual(["new", 0]);
  });

  test.each(kinds)("$path: a PUT of what was read changes nothing but its time", async (kind) => {
    const read = rows(await list(kind, "per_page=100")).at(0);
    const path = `/api/${kind.path}/${read?.[kind.id]}`;
    const answer = await api("PUT", path, { body: read });
    expect(answer.status).toBe(200);
    const { updated_at: _, ...same } = read ?? {};
    expect(at(await api("GET", path), "data")).toMatchObject(same);
  });

  test.each(kinds)("$path: an id nobody has is 404 with a message", async (kind) => {
    for (const method of ["GET", "PUT"]) {
      const body = method === "PUT" ? await fieldsOf(kind, "Nobody") : undefined;
      const answer = await api(method, `/api/${kind.path}/99999999`, { body });
      expect(answer.status).toBe(404);
      expect(at(answer, "message")).toMatch(/\w/);
    }
  });

  test.each([
    ...kinds.map(({ path }) => `/api/${path}`),
    ...kinds.map(({ path }) => `/api/${path}/1`),
    "/api/call-restrictions/num",
    "/api/call-restrictions/num/1",
  ])("DELETE %s does not exist", async (path) => {
    const answer = await api("DELETE", path);
    expect([404, 405]).toContain(answer.status);
    expect(at(answer, "message")).toMatch(/\w/);
  });

  test("balances are text in data.balanceamount", async () => {
    for (const { customer_id } of rows(await list(companies, "per_page=100"))) {
      const answer = await api("GET", `/api/companies/${customer_id}/getBalance`);
      expect(at(answer, "success")).toBe(true);
      expect(String(at(answer, "data.balanceamount"))).toMatch(/^-?\d+(\.\d+)?$/);
    }
    expect((await api("GET", "/api/companies/99999999/getBalance")).status).toBe(404);
  });
});
