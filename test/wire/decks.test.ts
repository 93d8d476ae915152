import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { deckForm } from "./form.ts";
import { type Answer, at, type Outgoing, rows, send } from "./http.ts";
import { startForFile } from "./platform.ts";

const platform = await startForFile();
const { api } = platform;
const carrierId = 301;
const fieldsmap = { prefix: "Prefix", rate: "Rate" };

const upload = (form: Outgoing) => api("POST", "/api/carrier-rate-deck/upload", form);
const status = (filename: string) =>
  api("GET", `/api/carrier-rate-deck/status?filename=${encodeURIComponent(filename)}`);

/** Uploads a deck of the carrier and has it processed; the answer is that of the process call. */
async function begin(text?: string) {
  const uploaded = await upload(
    deckForm("carrier_id", String(carrierId), text === undefined ? {} : { text }),
  );
  const filename = String(at(uploaded, "data.filename"));
  const crd_id = at(uploaded, "data.crd_id");
  const body = { carrier_id: carrierId, crd_id, filename, fieldsmap };
  const processed = await api("POST", "/api/carrier-rate-deck/process", { body });
  expect(at(processed, "success")).toBe(true);
  return { filename, deckId: String(crd_id), processed };
}

async function finish(filename: string): Promise<Answer> {
  for (let triesLeft = 200; triesLeft > 0; triesLeft -= 1) {
    const answer = await status(filename);
    if (/done|complete|finish|success|fail/i.test(String(stateOf(answer)))) return answer;
    await setTimeout(50);
  }
  throw new Error(`${filename} is never done`);
}

const stateOf = (answer: Answer) => at(answer, "data.status");
const linkOf = (answer: Answer) => {
  const link = [at(answer, "data.url"), at(answer, "data.link"), at(answer, "data")].find(
    (value) => typeof value === "string",
  );
  return new URL(String(link));
};

describe("lists of decks", () => {
  test.each(["account", "carrier"])("%s decks are chosen by local, 0 and 1", async (owner) => {
    const path = `/api/${owner}-rate-deck`;
    for (const local of ["0", "1"]) {
      const decks = rows(await api("GET", `${path}?local=${local}`));
      expect(decks.length).toBeGreaterThan(0);
      expect(new Set(decks.map((deck) => String(deck.local)))).toEqual(new Set([local]));
    }
    const decks = rows(await api("GET", path));
    const id = String(decks[0]?.[`${owner}_id`]);
    const own = rows(await api("GET", `${path}?${owner}_id=${id}`));
    expect(new Set(own.map((deck) => String(deck[`${owner}_id`])))).toEqual(new Set([id]));
    expect(own.length).toBeLessThan(decks.length);
  });

  test("account decks are chosen by enabled", async () => {
    const enabled = rows(await api("GET", "/api/account-rate-deck?enabled=1"));
    const disabled = rows(await api("GET", "/api/account-rate-deck?enabled=0"));
    expect(new Set(enabled.map((deck) => String(deck.enabled)))).toEqual(new Set(["1"]));
    expect(new Set(disabled.map((deck) => String(deck.enabled)))).toEqual(new Set(["0"]));
    const all = rows(await api("GET", "/api/account-rate-deck"));
    expect(all).toHaveLength(enabled.length + disabled.length);
  });
});

describe("upload", () => {
  test("answers filename, deck id and the header cells of the file", async () => {
    const answer = await upload(deckForm("carrier_id", String(carrierId)));
    expect(answer.status).toBeLessThan(300);
    expect(at(answer, "data.filename")).toMatch(/\S/);
    expect(String(at(answer, "data.crd_id"))).toMatch(/^\d+$/);
    expect(at(answer, "data.headers")).toEqual(["Prefix", "Rate"]);
  });

  test("reads quoted headers, CRLF and a byte order mark", async () => {
    const text = '\uFEFF"Dial, Code","Price ""USD"""\r\n1212,0.1\r\n';
    const answer = await upload(deckForm("carrier_id", String(carrierId), { text }));
    expect(at(answer, "data.headers")).toEqual(["Dial, Code", 'Price "USD"']);
  });

  test("names every missing part", async () => {
    const answer = await upload({ body: {} });
    expect(answer.status).toBe(422);
    for (const field of ["file", "carrier_id"]) {
      expect(at(answer, `errors.${field}`)).toEqual([expect.any(String)]);
    }
  });

  test.each<[name: string, form: Outgoing, field: string]>([
    ["an unknown carrier", deckForm("carrier_id", "99999999"), "carrier_id"],
    ["a word for a flag", deckForm("carrier_id", String(carrierId), { local: "true" }), "local"],
  ])("refuses %s", async (_, form, field) => {
    const answer = await upload(form);
    expect(answer.status).toBe(422);
    expect(at(answer, "errors") ?? {}).toHaveProperty(field);
  });
});

describe("processing", () => {
  test("happens later, counts the bad rows, and ends", async () => {
    const many = Array.from({ length: 300 }, (_, index) => `1${200 + index},0.01`).join("\n");
    const { filename, processed } = await begin(`Prefix,Rate\n${many}\nbad,0.1\n1999,xx\n`);
    expect(String(stateOf(processed) ?? "queued")).not.toMatch(/done|complete/i);
    expect((await status(filename)).status).toBe(200);
    const done = await finish(filename);
    const counts = at(done, "data") as Record<string, unknown>;
    expect(Object.values(counts).map(String)).toContain("302");
    expect(Object.values(counts).map(String)).toContain("2");
  });

  test("names nested fields with dots", async () => {
    const uploaded = await upload(deckForm("carrier_id", String(carrierId)));
    const body = {
      carrier_id: carrierId,
      crd_id: at(uploaded, "data.crd_id"),
      filename: at(uploaded, "data.filename"),
      fieldsmap: { prefix: "Prefix", rate: "No such column" },
    };
    const answer = await api("POST", "/api/carrier-rate-deck/process", { body });
    expect(answer.status).toBe(422);
    const { errors } = JSON.parse(answer.text) as { errors: object };
    expect(Object.keys(errors)).toEqual(["fieldsmap.rate"]);
  });

  test("of an account's deck works alike", async () => {
    const accountId = rows(await api("GET", "/api/accounts?per_page=1"))[0]?.account_id;
    const form = deckForm("account_id", String(accountId));
    const uploaded = await api("POST", "/api/account-rate-deck/upload", form);
    const filename = String(at(uploaded, "data.filename"));
    const crd_id = at(uploaded, "data.crd_id");
    const body = { account_id: accountId, crd_id, filename, fieldsmap };
    expect(at(await api("POST", "/api/account-rate-deck/process", { body }), "success")).toBe(true);
    await finish(filename);
    const decks = rows(await api("GET", `/api/account-rate-deck?account_id=${accountId}`));
    expect(decks.map((deck) => String(deck.crd_id))).toContain(String(crd_id));
  });

  test("an unknown file and an unknown deck are refused", async () => {
    const answers = [
      await status("nothing.csv"),
      await api("GET", "/api/carrier-rate-deck/failures?crd_id=99999999"),
      await api("POST", "/api/carrier-rate-deck/download/99999999"),
      await api("GET", "/api/carrier-rate-deck/status"),
      await api("GET", "/api/carrier-rate-deck/failures"),
    ];
    for (const answer of answers) {
      expect([404, 422]).toContain(answer.status);
      expect(at(answer, "message")).toMatch(/\w/);
    }
  });
});

describe("links", () => {
  let deckId: string;
  beforeAll(async () => {
    const { filename, deckId: id } = await begin();
    await finish(filename);
    deckId = id;
  });
  const failures = () => api("GET", `/api/carrier-rate-deck/failures?crd_id=${deckId}`);
  const download = () => api("POST", `/api/carrier-rate-deck/download/${deckId}`);

  test("lead to the deck's good rows and to its bad ones, without a token", async () => {
    const deck = await send(linkOf(await download()).href, "GET");
    expect(deck.status).toBe(200);
    expect(deck.text).toMatch(/1212,"?0\.005/);
    expect(deck.text).not.toMatch(/bad|xx/);
    const bad = await send(linkOf(await failures()).href, "GET");
    expect(bad.status).toBe(200);
    expect(bad.text).toMatch(/bad/);
    expect(bad.text).toMatch(/1214/);
    expect(bad.text).not.toMatch(/1212/);
  });

  test("stand on the platform's own address, so that they can be fetched", async () => {
    expect(linkOf(await download()).origin).toBe(platform.ready.url);
  });

  test("that were changed lead nowhere", async () => {
    const link = linkOf(await failures());
    const middle = Math.floor(link.pathname.length / 2);
    const changed = link.pathname[middle] === "A" ? "B" : "A";
    link.pathname = link.pathname.slice(0, middle) + changed + link.pathname.slice(middle + 1);
    const answer = await send(link.href, "GET");
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toMatch(/1214/);
  });
});
