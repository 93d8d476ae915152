import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWorld } from "../world.ts";

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** A platform that keeps what it is sent, and answers with one object. */
async function openRecorder() {
  const sent: Request[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const query = Object.fromEntries(searchParams);
      sent.push({ method: request.method ?? "", path, query, body: text === "" ? null : JSON.parse(text) });
      const data = {
        account_id: 7,
        account_name: "Old",
        customer_id: 5,
        odd: [1],
        restriction_id: 7,
        priority: 1,
      };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ success: true, message: "", data }));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const world = await openWorld();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await world.run("profiles", "add", "rec", "--base-url", url, "--platform-id", "3");
  world.feed("token\n");
  const login = await world.run("login", "--profile", "rec", "--token-stdin", "--store", "keychain");
  expect(login.code, login.err).toBe(0);
  sent.length = 0;
  return { world, sent };
}

/** The values of a query as they come over the wire. */
const asSent = ({ query, ...rest }: Request): Request => ({
  ...rest,
  query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value ?? "")])),
});

describe("--dry-run", () => {
  test.each([
    "accounts create --account-name Acme --customer-id 0005 --enabled no",
    "accounts update 7 --note moved",
    "carriers create --set carrier_name=a --set note=b",
    "restrictions create --priority 1 --dst-number 1900 --account-id 0",
    "restrictions update 7 --note x",
    "restrictions disable 7 --yes",
    "api POST /api/accounts --field account_name=x",
    "api PATCH /api/call-restrictions/num/7?a=1",
  ])("shows exactly what is sent without it, and sends no write: %s", async (line) => {
    const { world, sent } = await openRecorder();
    const words = line.split(" ");
    const dry = await world.run(...words, "--dry-run", "--json");
    expect(dry.code, dry.err).toBe(0);
    expect(sent.filter(({ method }) => method !== "GET")).toEqual([]);
    sent.length = 0;
    const real = await world.run(...words);
    expect(real.code, real.err).toBe(0);
    const [write] = sent.filter(({ method }) => method !== "GET");
    const { path, query, ...shown } = asSent(JSON.parse(dry.out) as Request);
    const url = new URL(path, "http://localhost");
    expect({
      ...shown,
      path: url.pathname,
      query: { ...Object.fromEntries(url.searchParams), ...query },
    }).toEqual(write);
  });

  test("reads like a request on a terminal, and nothing in it acts there", async () => {
    const world = await openWorld({ columns: 80 });
    const words = [
      "accounts",
      "create",
      "--account-name",
      "A\u001b\u202e",
      "--customer-id",
      "0005",
      "--dry-run",
    ];
    const { code, out } = await world.run(...words);
    expect({ code, lines: out.split("\n") }).toEqual({
      code: 0,
      lines: [
        "POST /api/accounts?external=1",
        "{",
        '  "account_name": "A\\u001b<U+202E>",',
        '  "customer_id": "0005"',
        "}",
        "",
      ],
    });
  });

  test("of what cannot be undone asks nothing", async () => {
    const world = await openWorld();
    const { code, out } = await world.run("restrictions", "disable", "7", "--dry-run");
    expect({ code, path: JSON.parse(out).path }).toEqual({ code: 0, path: "/api/call-restrictions/num/7" });
  });
});

describe("a create", () => {
  test("asks a person for what is required, and says what is sent", async () => {
    const world = await openWorld({ columns: 80, typed: ["Acme", "five", "2001"] });
    const { code, err } = await world.run("accounts", "create", "--note", "x");
    expect(code, err).toBe(0);
    expect(err).toContain("Account (text): ");
    expect(err).toContain("--customer-id: an id is digits only.");
    expect(err).toMatch(/Created account \d+\./);
  });

  test("asks nothing when the fields come otherwise, and names what they lack", async () => {
    const world = await openWorld({ columns: 80, typed: ["never", "asked"] });
    const { code, err } = await world.run("accounts", "create", "--set", "account_name=x");
    expect(code).toBe(2);
    expect(err).toContain("--customer-id is missing");
  });

  test("without anybody to ask names all at once, and sends nothing", async () => {
    const world = await openWorld();
    const before = world.sandbox.requests().length;
    const { code, err } = await world.run("accounts", "create");
    expect({ code, err, sent: world.sandbox.requests().length - before }).toEqual({
      code: 2,
      err: "sipnav: 2 values are missing.\n  --account-name: is required\n  --customer-id: is required\n",
      sent: 0,
    });
  });
});

test("a protected profile without anybody to ask says what to do in plain words", async () => {
  const world = await openWorld();
  await world.run("config", "set", "protected", "yes");
  const { code, err } = await world.run("accounts", "update", "10001", "--note", "x");
  expect({ code, err }).toEqual({
    code: 2,
    err:
      "sipnav: Change fields of an account (accounts update 10001)? To confirm, type the profile's name, default? " +
      "Nobody can be asked here.\nGive it with --confirm default.\n",
  });
});
