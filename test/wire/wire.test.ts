import { expect, test } from "vitest";
import { deckForm } from "./form.ts";
import { type Answer, at, type Outgoing, rows, sender } from "./http.ts";
import { startForFile } from "./platform.ts";

const platform = await startForFile();

/** What earlier calls told: values for the placeholders of later ones. */
const known = new Map<string, string>(Object.entries(platform.ready));

/** One call of the wire notes: its template, then the query and body it is made with. */
interface Call {
  readonly call: string;
  readonly query?: string;
  readonly out?: () => Outgoing;
  readonly learn?: (answer: Answer) => void;
}

const json = (body: () => unknown) => () => ({ body: body() });
const value = (name: string) => {
  const found = known.get(name);
  if (found === undefined) throw new Error(`nothing is known of ${name} yet`);
  return found;
};
const learn = (name: string, path: string) => (answer: Answer) => {
  known.set(name, String(at(answer, path)));
};
const learnDeck = (owner: string) => (answer: Answer) => {
  learn(`${owner} filename`, "data.filename")(answer);
  learn(`${owner} crd_id`, "data.crd_id")(answer);
};
const processing = (owner: string) =>
  json(() => ({
    [`${owner}_id`]: Number(value(`${owner}_id`)),
    crd_id: Number(value(`${owner} crd_id`)),
    filename: value(`${owner} filename`),
    fieldsmap: { prefix: "Prefix", rate: "Rate" },
  }));

const external = "external=1&per_page=5&platform_id=1";
const calls: readonly Call[] = [
  { call: "GET /api/accounts", query: external, learn: learn("account_id", "data.data.0.account_id") },
  { call: "GET /api/carriers", query: external, learn: learn("carrier_id", "data.data.0.carrier_id") },
  { call: "GET /api/companies", query: external, learn: learn("customer_id", "data.data.0.customer_id") },
  { call: "GET /api/companies-names" },
  { call: "GET /api/accounts/{account_id}" },
  { call: "GET /api/carriers/{carrier_id}" },
  { call: "GET /api/companies/{customer_id}" },
  { call: "GET /api/companies/{customer_id}/getBalance" },
  { call: "GET /api/accountcarriers/{account_id}" },
  { call: "GET /api/carrieraccounts/{carrier_id}" },
  {
    call: "POST /api/accounts",
    out: json(() => ({ account_name: "Wire", customer_id: Number(value("customer_id")) })),
  },
  { call: "POST /api/carriers", out: json(() => ({ carrier_name: "Wire" })) },
  { call: "POST /api/companies", out: json(() => ({ customer_name: "Wire" })) },
  {
    call: "PUT /api/accounts/{account_id}",
    out: json(() => ({ account_name: "Wired", customer_id: Number(value("customer_id")) })),
  },
  { call: "PUT /api/carriers/{carrier_id}", out: json(() => ({ carrier_name: "Wired" })) },
  { call: "PUT /api/companies/{customer_id}", out: json(() => ({ customer_name: "Wired" })) },
  { call: "GET /api/cdr/search", query: "p_id=1&limit=5" },
  { call: "GET /api/call-restrictions/num", query: "per_page=10&platform_id=1" },
  {
    call: "POST /api/call-restrictions/num",
    query: "priority=1&carrier_id=0&account_id=0&dst_number=1900",
    learn: learn("restriction_id", "data.restriction_id"),
  },
  { call: "GET /api/call-restrictions/num/{restriction_id}" },
  { call: "PATCH /api/call-restrictions/num", query: "restriction_id={restriction_id}&priority=2" },
  { call: "PATCH /api/call-restrictions/num/{restriction_id}" },
  { call: "GET /api/call-restrictions/history" },
  { call: "GET /api/lrnlookup/12125550100" },
  { call: "GET /api/account-rate-deck", query: "local=1&enabled=1" },
  { call: "GET /api/carrier-rate-deck", query: "local=1", learn: learn("crd_id", "data.0.crd_id") },
  {
    call: "POST /api/account-rate-deck/upload",
    out: () => deckForm("account_id", value("account_id")),
    learn: learnDeck("account"),
  },
  { call: "POST /api/account-rate-deck/process", out: processing("account") },
  {
    call: "POST /api/carrier-rate-deck/upload",
    out: () => deckForm("carrier_id", value("carrier_id")),
    learn: learnDeck("carrier"),
  },
  { call: "POST /api/carrier-rate-deck/process", out: processing("carrier") },
  { call: "GET /api/carrier-rate-deck/status", query: "filename={carrier filename}" },
  { call: "POST /api/carrier-rate-deck/download/{crd_id}" },
  { call: "GET /api/carrier-rate-deck/failures", query: "crd_id={carrier crd_id}" },
  {
    call: "POST /api/login",
    out: json(() => ({ username: value("otp_username"), password: value("password") })),
    learn: learn("encrypted_user", "data.encrypted_user"),
  },
  {
    call: "POST /api/verify/{encrypted_user}",
    out: json(() => ({ two_factor_code: value("otp_code") })),
  },
  { call: "GET /api/password/email/{username}" },
  {
    call: "POST /api/password/reset/{mailed_user}",
    out: json(() => ({
      t_password: value("t_password"),
      password: "Sw0rdfish-22",
      c_password: "Sw0rdfish-22",
    })),
  },
  { call: "POST /api/logout" },
];

const fill = (template: string) =>
  template.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(value(name)));

async function readMail() {
  const mails = rows(await platform.api("GET", "/__sandbox/tables/mails"));
  known.set("mailed_user", String(mails.at(-1)?.encrypted_user));
  known.set("t_password", String(mails.at(-1)?.t_password));
}

test.each(calls)("$call answers in the envelope", async ({ call, query, out, learn: keep }) => {
  const [method = "", template = ""] = call.split(" ");
  if (call.includes("mailed_user")) await readMail();
  const path = fill(query === undefined ? template : `${template}?${query}`);
  const answer = await sender(platform.ready.url, platform.ready.token)(method, path, out?.());
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status: expect.toSatisfy(isGood) });
  expect(answer.headers["content-type"]).toMatch(/^application\/json/);
  expect(at(answer, "success")).toBe(true);
  expect(at(answer, "message")).toBeTypeOf("string");
  keep?.(answer);
});

test("all 38 calls were made, by the platform's own log", async () => {
  expect(new Set(calls.map(({ call }) => call)).size).toBe(38);
  const { text } = await platform.api("GET", "/__sandbox/state");
  const log = (JSON.parse(text) as { requests: Logged[] }).requests;
  const made = ({ call }: Call) =>
    log.some(({ method, path, status }) => asPattern(call).test(`${method} ${path}`) && isGood(status));
  expect(calls.filter((call) => !made(call)).map(({ call }) => call)).toEqual([]);
});

interface Logged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A placeholder stands for one segment of a path. */
function asPattern(call: string): RegExp {
  return new RegExp(`^${call.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

function isGood(status: unknown): boolean {
  return status === 200 || status === 201;
}
