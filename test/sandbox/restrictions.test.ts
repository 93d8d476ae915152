import { expect, test } from "vitest";
import { openPlatform } from "./platform.ts";

const path = "/api/call-restrictions/num";

test("a restriction is created from the query string; a body is not looked at", async () => {
  const { ask, sandbox } = await openPlatform();
  const query = new URLSearchParams({
    priority: "5",
    carrier_id: "0",
    account_id: "10001",
    dst_number: "1900",
    src_number: "0012145550100",
    src_match_type: "2",
    restriction_start: "2026-03-01 00:00:00",
    note: "fraud & abuse",
  });
  const created = await ask(`POST ${path}?${query}`, {
    json: { priority: 9, note: "body", dst_number: "1" },
  });
  expect(created.json.data).toMatchObject({
    priority: 5,
    carrier_id: 0,
    account_id: 10001,
    dst_number: "1900",
    src_number: "0012145550100",
    src_match_type: 2,
    restriction_start: "2026-03-01 00:00:00",
    restriction_end: null,
    note: "fraud & abuse",
    enabled: 1,
    platform_id: 1,
    created_at: "2026-03-10 12:00:00",
  });
  const id = created.json.data.restriction_id;
  expect((await ask(`${path}/${id}`)).json.data).toEqual(created.json.data);
  expect((await ask(`POST ${path}`, { json: { priority: 1 } })).json.errors).toEqual({
    priority: ["The priority field is required."],
  });
  const history = (await ask("/api/call-restrictions/history")).json.data;
  expect(history.data[0]).toMatchObject({ action: "created", username: sandbox.username, before: null });
});

test("every rule of a restriction is checked at once", async () => {
  const { ask } = await openPlatform();
  const bad: Record<string, string> = {
    priority: "0",
    carrier_id: "1",
    account_id: "x",
    dst_number: "+1900",
    src_number: "12345678901234567",
    src_match_type: "3",
    restriction_start: "2026-02-31 00:00:00",
    restriction_end: "2026-03-01T00:00:00Z",
    note: "n".repeat(101),
  };
  const refused = await ask(`POST ${path}?${new URLSearchParams(bad)}`);
  expect(refused.status).toBe(422);
  expect(Object.keys(refused.json.errors)).toEqual(Object.keys(bad));
  const dates = "restriction_start=2026-03-02+00:00:00&restriction_end=2026-03-01+00:00:00";
  expect((await ask(`POST ${path}?priority=1&${dates}`)).json.errors).toHaveProperty("restriction_end");
  expect(
    (await ask(`POST ${path}?priority=1&src_number=${"1".repeat(16)}&note=${"n".repeat(100)}`)).status,
  ).toBe(200);
});

test("an update changes what was sent alone, and is kept in the history", async () => {
  const { ask, clock } = await openPlatform();
  const { data: before } = (await ask(`POST ${path}?priority=3&dst_number=1900&note=old`)).json;
  clock.nowMs += 5_000;
  const id = before.restriction_id;
  const updated = await ask(`PATCH ${path}?restriction_id=${id}&priority=4&note=`);
  expect(updated.json.data).toEqual({
    ...before,
    priority: 4,
    note: null,
    updated_at: "2026-03-10 12:00:05",
  });
  expect((await ask(`PATCH ${path}?priority=4`)).json.errors).toHaveProperty("restriction_id");
  expect((await ask(`PATCH ${path}?restriction_id=${id}&priority=0`)).status).toBe(422);
  expect((await ask(`PATCH ${path}?restriction_id=1&priority=1`)).status).toBe(404);

  const history = (await ask(`/api/call-restrictions/history?restriction_id=${id}&per_page=1`)).json.data;
  expect(history).toMatchObject({ total: 2, per_page: 1, last_page: 2 });
  expect(history.data[0]).toMatchObject({
    action: "updated",
    changed_at: "2026-03-10 12:00:05",
    before: { priority: 3, note: "old" },
    after: { priority: 4, note: null },
  });
});

test("disabling is its own call, and doing it again changes nothing", async () => {
  const { ask, clock } = await openPlatform();
  const id = (await ask(`POST ${path}?priority=3`)).json.data.restriction_id;
  const disabled = await ask(`PATCH ${path}/${id}`);
  expect(disabled.json.data.enabled).toBe(0);
  clock.nowMs += 5_000;
  expect((await ask(`PATCH ${path}/${id}`)).json).toEqual(disabled.json);
  const history = (await ask(`/api/call-restrictions/history?restriction_id=${id}`)).json.data;
  expect(history.data.map((change: { action: string }) => change.action)).toEqual(["disabled", "created"]);
});

test("lists go on by an opaque token; rows made meanwhile repeat none", async () => {
  const { ask } = await openPlatform();
  const first = (await ask(`${path}?per_page=50`)).json.data;
  expect(first.per_page).toBe(50);
  await ask(`POST ${path}?priority=1`);
  const seen = first.data;
  for (let token = first.next_page_token; token !== null; ) {
    const page = (await ask(`${path}?per_page=50&page_token=${token}`)).json.data;
    seen.push(...page.data);
    token = page.next_page_token;
  }
  const ids = seen.map((row: { restriction_id: number }) => row.restriction_id);
  expect(ids).toHaveLength(121);
  expect(new Set(ids).size).toBe(121);
  for (const query of ["per_page=20", "per_page=2000", "page_token=5050", "page_token=%00"]) {
    expect((await ask(`${path}?${query}`)).status, query).toBe(422);
  }
});

test("0 is a value of the filters; numbers match from their beginning", async () => {
  const { ask } = await openPlatform();
  await ask(`POST ${path}?priority=1&account_id=10002&dst_number=99912345`);
  const rowsOf = async (query: string) => (await ask(`${path}?per_page=1000&${query}`)).json.data.data;
  const forAll = await rowsOf("account_id=0");
  expect(forAll.length).toBeGreaterThan(0);
  expect(forAll.every((row: { account_id: unknown }) => String(row.account_id) === "0")).toBe(true);
  expect(await rowsOf("dst_number=9991")).toHaveLength(1);
  expect(await rowsOf("dst_number=9991&account_id=0")).toHaveLength(0);
  const elsewhere = await rowsOf("platform_id=2");
  expect(elsewhere.every((row: { platform_id: unknown }) => String(row.platform_id) === "2")).toBe(true);
});
