import { expect, test } from "vitest";
import { splitCsv } from "../../src/sandbox/deckfile.ts";
import { type asker, openPlatform } from "./platform.ts";

type Ask = ReturnType<typeof asker>;

/** A form as a browser sends one; a value that is undefined is left out. */
function formOf(content: string, fields: Record<string, string>, name = "deck.csv"): { body: FormData } {
  const body = new FormData();
  body.set("file", new Blob([content]), name);
  for (const [field, value] of Object.entries(fields)) body.set(field, value);
  return { body };
}

async function upload(ask: Ask, content: string, carrier = "301") {
  const form = formOf(content, { carrier_id: carrier, local: "1" });
  return (await ask("POST /api/carrier-rate-deck/upload", form)).json.data;
}

const good = '\ufeffCode,"Name, long",Price\r\n1201,"New ""York""",0.0100\r\n1202,Newark,0.02\r\n';
const fieldsmap = { prefix: "Code", rate: "Price" };

async function applied(ask: Ask, content: string) {
  const { filename, crd_id } = await upload(ask, content);
  const json = { carrier_id: "301", crd_id, filename, fieldsmap };
  const started = await ask("POST /api/carrier-rate-deck/process", { json });
  return { filename, crd_id, started };
}

test("decks are listed by owner and kind, as bare arrays", async () => {
  const { ask } = await openPlatform({ accounts: 200, carriers: 40 });
  const accounts = (await ask("/api/account-rate-deck")).json.data;
  const carriers = (await ask("/api/carrier-rate-deck")).json.data;
  expect(accounts.every((deck: object) => "account_id" in deck && !("carrier_id" in deck))).toBe(true);
  const ids = [...accounts, ...carriers].map((deck) => String(deck.crd_id));
  expect(new Set(ids).size).toBe(ids.length);
  const local = (await ask("/api/carrier-rate-deck?local=1")).json.data;
  expect(local.length).toBeGreaterThan(0);
  expect(local.length).toBeLessThan(carriers.length);
  const off = (await ask("/api/account-rate-deck?enabled=0")).json.data;
  expect(off.length).toBeGreaterThan(0);
  expect(off.length).toBeLessThan(accounts.length);
  const owner = accounts[0].account_id;
  expect((await ask(`/api/account-rate-deck?account_id=${owner}`)).json.data).toEqual([accounts[0]]);
  expect((await ask("/api/carrier-rate-deck?local=yes")).status).toBe(422);
});

test("an upload answers the platform's own file name and the headers that were read", async () => {
  const { ask } = await openPlatform();
  const first = await upload(ask, good);
  expect(first.headers).toEqual(["Code", "Name, long", "Price"]);
  expect(first.filename).toMatch(/^c301_.+\.csv$/);
  // The owner keeps its one deck of that kind.
  expect((await upload(ask, `${good}1203,x,1\n`)).crd_id).toBe(first.crd_id);
});

test("what is no CSV, or has no owner, is refused", async () => {
  const { ask } = await openPlatform();
  const path = "POST /api/account-rate-deck/upload";
  const owner = { account_id: "10001", local: "0" };
  const type = { file: ["The file field must be a file of type: csv, txt."] };
  expect((await ask(path, formOf(good, owner, "deck.xlsx"))).json.errors).toEqual(type);
  expect((await ask(path, formOf("PK\u0003\u0004zip", owner))).json.errors).toEqual(type);
  expect((await ask(path, formOf("", owner))).json.errors).toEqual(type);
  const missing = await ask(path, { json: {} });
  expect(Object.keys(missing.json.errors)).toEqual(["file", "account_id", "local"]);
  const stranger = await ask(path, formOf(good, { account_id: "1", local: "2" }));
  expect(Object.keys(stranger.json.errors)).toEqual(["account_id", "local"]);
});

test("processing goes from queued to done by the clock, and the deck then has the new rows", async () => {
  const { ask, clock } = await openPlatform();
  const { filename, crd_id, started } = await applied(ask, good);
  expect(started.json.data).toEqual({
    filename,
    crd_id,
    status: "queued",
    rows_total: 2,
    rows_done: 0,
    rows_failed: 0,
  });
  const status = async () => (await ask(`/api/carrier-rate-deck/status?filename=${filename}`)).json.data;
  const deck = async () =>
    (await ask("/api/carrier-rate-deck?carrier_id=301&local=1")).json.data.find(
      (row: { crd_id: unknown }) => String(row.crd_id) === String(crd_id),
    );
  clock.nowMs += 200;
  expect(await status()).toMatchObject({ status: "processing", rows_done: 0 });
  expect((await deck()).filename).not.toBe(filename);
  clock.nowMs += 50;
  expect(await status()).toMatchObject({ status: "processing", rows_done: 1 });
  clock.nowMs += 500;
  expect(await status()).toMatchObject({ status: "done", rows_done: 2, rows_failed: 0 });
  expect(await deck()).toMatchObject({ filename, rows_count: 2, enabled: 1 });
  expect((await ask("/api/carrier-rate-deck/status?filename=none.csv")).status).toBe(404);

  const link = (await ask(`POST /api/carrier-rate-deck/download/${crd_id}`)).json.data;
  expect(await (await fetch(link.url)).text()).toBe("prefix,rate\n1201,0.0100\n1202,0.02\n");
});

test("rows that cannot be applied are counted and listed with line and reason", async () => {
  const { ask, clock } = await openPlatform();
  const bad = 'Code,Price\n1201,0.01\n12x,0.02\n1203,-1\n1204,"1,5"\n';
  const { filename, crd_id } = await applied(ask, bad);
  clock.nowMs += 5_000;
  const status = await ask(`/api/carrier-rate-deck/status?filename=${filename}`);
  expect(status.json.data).toMatchObject({ status: "done", rows_total: 4, rows_done: 4, rows_failed: 3 });
  const { url } = (await ask(`/api/carrier-rate-deck/failures?crd_id=${crd_id}`)).json.data;
  const text = await (await fetch(url)).text();
  expect(splitCsv(text)).toEqual([
    ["line", "reason", "Code", "Price"],
    ["3", 'prefix "12x" is not a number', "12x", "0.02"],
    ["4", 'rate "-1" is not a rate', "1203", "-1"],
    ["5", 'rate "1,5" is not a rate', "1204", "1,5"],
  ]);
  const hopeless = await applied(ask, "Code,Price\nx,y\n");
  clock.nowMs += 5_000;
  expect((await ask(`/api/carrier-rate-deck/status?filename=${hopeless.filename}`)).json.data.status).toBe(
    "failed",
  );
});

test("a mapping is checked field by field", async () => {
  const { ask } = await openPlatform();
  const { filename, crd_id } = await upload(ask, good);
  const path = "POST /api/carrier-rate-deck/process";
  const process = async (json: object) => (await ask(path, { json })).json.errors;
  const right = { carrier_id: 301, crd_id, filename };
  expect(await process({})).toMatchObject({ filename: [expect.anything()], fieldsmap: [expect.anything()] });
  expect(await process({ ...right, fieldsmap: { name: "Name, long" } })).toEqual({
    "fieldsmap.prefix": ["The fieldsmap.prefix field is required."],
    "fieldsmap.rate": ["The fieldsmap.rate field is required."],
  });
  expect(await process({ ...right, fieldsmap: { prefix: "Code", rate_inter: "Nope" } })).toEqual({
    "fieldsmap.rate_inter": ["The selected fieldsmap.rate_inter is invalid."],
  });
  const mixedUp = { carrier_id: 302, crd_id: 1, filename, fieldsmap };
  expect(Object.keys(await process(mixedUp))).toEqual(["crd_id", "carrier_id"]);
});

test("a link needs no token, lives one hour, and can't be forged", async () => {
  const { ask, sandbox, clock } = await openPlatform();
  const [deck] = (await ask("/api/carrier-rate-deck")).json.data;
  const { url, expires_at } = (await ask(`POST /api/carrier-rate-deck/download/${deck.crd_id}`)).json.data;
  expect(expires_at).toBe("2026-03-10 13:00:00");
  expect(url.startsWith(sandbox.url)).toBe(true);
  const fresh = await fetch(url);
  expect(fresh.headers.get("content-type")).toContain("text/csv");
  const rows = splitCsv(await fresh.text());
  expect(rows).toHaveLength(deck.rows_count + 1);
  expect(rows[0]?.[0]).toBe("prefix");

  const forged = await fetch(url.replace("/__links/e", "/__links/f"));
  expect([forged.status, (await forged.text()).includes("<html")]).toEqual([403, true]);
  // A token is signed with the same secret, and is still no link.
  expect((await fetch(`${sandbox.url}/__links/${sandbox.token}`)).status).toBe(403);
  clock.nowMs += 3_600_000;
  const old = await fetch(url);
  expect([old.status, (await old.text()).includes("<html")]).toEqual([403, true]);

  expect((await ask("POST /api/carrier-rate-deck/download/1")).status).toBe(404);
  expect((await ask(`/api/carrier-rate-deck/failures?crd_id=${deck.crd_id}`)).status).toBe(404);
});
