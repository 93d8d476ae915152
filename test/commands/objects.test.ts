import { describe, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";

type Row = Record<string, unknown>;

const lastWrite = ({ sandbox }: World, method: string) =>
  sandbox.requests().filter((request) => request.method === method);

describe.each([
  ["accounts", "account_id", "account_name", ["--account-name", "Nightjar", "--customer-id", "2001"]],
  ["carriers", "carrier_id", "carrier_name", ["--carrier-name", "Nightjar", "--host", "192.0.2.9"]],
  ["companies", "customer_id", "customer_name", ["--customer-name", "Nightjar"]],
])("%s", (plural, idField, nameField, fields) => {
  test("are created, shown, changed and listed", async () => {
    const world = await openWorld();
    const created = await world.json<Row>(plural, "create", ...fields);
    const id = String(created[idField]);
    expect(created[nameField]).toBe("Nightjar");
    expect(await world.json(plural, "show", id)).toEqual(created);

    const updated = await world.run(
      plural,
      "update",
      id,
      "--set",
      `${nameField}=Nightingale`,
      "--note",
      "renamed",
    );
    expect(updated).toMatchObject({ code: 0 });
    expect(updated.err).toContain("Nightjar → Nightingale");
    expect(await world.json(plural, "show", id)).toMatchObject({
      [nameField]: "Nightingale",
      note: "renamed",
    });

    const found = await world.json<Row[]>(plural, "list", "--all", "--where", `${nameField} eq Nightingale`);
    expect(found.map((row) => row[idField])).toEqual([id]);
  });

  test("are all listed, once each, and a cut is told", async () => {
    const world = await openWorld({ sandbox: { accounts: 130, carriers: 130, companies: 130 } });
    const all = await world.json<Row[]>(plural, "list", "--all");
    expect(all).toHaveLength(130);
    expect(new Set(all.map((row) => row[idField])).size).toBe(130);
    const some = await world.run(plural, "list", "--limit", "3", "-o", "ids");
    expect(some.out.trim().split("\n")).toEqual(all.slice(0, 3).map((row) => row[idField]));
    expect(some.err).toContain("--all");
    const whole = await world.run(plural, "list", "--all", "-o", "ids");
    expect(whole.err).toBe("");
  });

  test("are sorted and picked by any field", async () => {
    const world = await openWorld();
    const sorted = await world.json<Row[]>(
      plural,
      "list",
      "--all",
      "--sort",
      `${idField}:desc`,
      "--fields",
      idField,
    );
    const ids = sorted.map((row) => Number(row[idField]));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(Object.keys(sorted[0] ?? {})).toEqual([idField]);
  });

  test("are not found when they are not there", async () => {
    const world = await openWorld();
    expect(await world.run(plural, "show", "99999999")).toMatchObject({ code: 6, out: "" });
    expect(await world.run(plural, "update", "99999999", "--note", "x")).toMatchObject({ code: 6, out: "" });
  });

  test("are only drafted with --dry-run", async () => {
    const world = await openWorld();
    const draft = JSON.parse((await world.run(plural, "create", ...fields, "--dry-run")).out);
    expect(draft).toMatchObject({
      method: "POST",
      path: `/api/${plural}`,
      body: { [nameField]: "Nightjar" },
    });
    expect(lastWrite(world, "POST").filter(({ path }) => path.endsWith(plural))).toEqual([]);
  });
});

describe("an update", () => {
  test("sends the whole object, fields this program does not know included", async () => {
    const world = await openWorld();
    world.feed(
      JSON.stringify({ account_name: "Odd", customer_id: "2001", x_carrier_hint: { a: 1 }, note: "kept" }),
    );
    const { account_id } = await world.json<Row>("accounts", "create", "--json-file", "-");
    await world.run("accounts", "update", String(account_id), "--channels-limit", "77");
    expect(await world.json("accounts", "show", String(account_id))).toMatchObject({
      account_name: "Odd",
      note: "kept",
      channels_limit: 77,
      x_carrier_hint: { a: 1 },
    });
  });

  test("that changes nothing sends nothing", async () => {
    const world = await openWorld();
    const [row] = await world.json<Row[]>("accounts", "list", "--limit", "1");
    const same = await world.run(
      "accounts",
      "update",
      String(row?.account_id),
      "--set",
      `note=${row?.note ?? ""}`,
    );
    const again = await world.run(
      "accounts",
      "update",
      String(row?.account_id),
      "--account-name",
      String(row?.account_name),
    );
    expect(same.code).toBe(0);
    expect(again.err).toContain("nothing was sent");
    expect(lastWrite(world, "PUT").length).toBeLessThanOrEqual(1);
  });

  test("tells its changes in the words of every other place", async () => {
    const world = await openWorld();
    const created = await world.json<Row>(
      "accounts",
      "create",
      "--account-name",
      "A",
      "--customer-id",
      "2001",
    );
    const change = (...words: string[]) =>
      world.run("accounts", "update", String(created.account_id), ...words);
    expect((await change("--enabled", "no", "--note", "x")).err).toBe(
      "Enabled: yes → no\nNote: (none) → x\n",
    );
    expect((await change("--note", "")).err).toBe("Note: x → (none)\n");
    expect((await change("--note", "")).err).toBe("Nothing to change: nothing was sent.\n");
  });

  test("empties a field of any kind, in a body as in a query", async () => {
    const world = await openWorld();
    const account = ["--account-name", "A", "--customer-id", "2001", "--channels-limit", "7"];
    const { account_id } = await world.json<Row>("accounts", "create", ...account);
    const emptied = await world.run("accounts", "update", String(account_id), "--set", "channels_limit=");
    expect(emptied).toMatchObject({ code: 0, err: "Channels: 7 → (none)\n" });
    const restriction = ["--priority", "1", "--src-number", "1900", "--restriction-end", "2030-01-01"];
    const { restriction_id } = await world.json<Row>("restrictions", "create", ...restriction);
    const words = ["--set", "restriction_end=", "--set", "src_number="];
    const row = await world.json("restrictions", "update", String(restriction_id), ...words);
    expect(row).toMatchObject({ restriction_end: null, src_number: null });
    expect(await world.run("accounts", "update", String(account_id), "--set", "enabled=")).toMatchObject({
      code: 2,
    });
    expect(
      await world.run("restrictions", "update", String(restriction_id), "--set", "priority="),
    ).toMatchObject({ code: 2 });
  });

  test("refuses a restriction of all calls, unless it is said that all are meant", async () => {
    const world = await openWorld();
    const create = (...words: string[]) => world.run("restrictions", "create", "--priority", "1", ...words);
    const refused = await create("--note", "fraud");
    expect(refused).toMatchObject({ code: 2, out: "" });
    expect(refused.err).toContain("Nothing says what the restriction is for: it would hold for all calls.");
    expect(refused.err).toContain("--dst-number or --src-number or --account-id or --carrier-id");
    expect(world.sandbox.requests().filter(({ operation }) => operation === "createRestriction")).toEqual([]);
    expect(await create("--account-id", "0")).toMatchObject({ code: 0 });
    expect(await create("--src-number", "1900")).toMatchObject({ code: 0 });
  });

  test("refuses two values for one field, and takes a document as what others go before", async () => {
    const world = await openWorld();
    const change = (...words: string[]) => world.run("accounts", "update", "10001", "--dry-run", ...words);
    const twice = await change(
      "--set",
      "note=a",
      "--set",
      "note=b",
      "--enabled",
      "no",
      "--set",
      "enabled=yes",
    );
    expect(twice).toMatchObject({ code: 2, out: "" });
    expect(twice.err).toContain("note: was given more than once: a, then b");
    expect(twice.err).toContain("enabled: was given more than once: yes, then no");
    expect(await change("--note", "same", "--set", "note=same")).toMatchObject({ code: 0 });
    world.feed('{"note": "from the document"}');
    expect((await change("--json-file", "-", "--note", "flag")).err).toContain("→ flag");
  });

  test("without a field is a mistake", async () => {
    const world = await openWorld();
    expect(await world.run("accounts", "update", "10001")).toMatchObject({ code: 2 });
    expect(lastWrite(world, "PUT")).toEqual([]);
  });

  test("takes what show printed", async () => {
    const world = await openWorld();
    const [row] = await world.json<Row[]>("accounts", "list", "--limit", "1");
    world.feed(JSON.stringify({ ...row, note: "edited" }));
    const { code, err } = await world.run("accounts", "update", String(row?.account_id), "--json-file", "-");
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(await world.json("accounts", "show", String(row?.account_id))).toMatchObject({ note: "edited" });
  });

  test("takes no other object's document", async () => {
    const world = await openWorld();
    const [row, other] = await world.json<Row[]>("accounts", "list", "--limit", "2");
    world.feed(JSON.stringify({ ...row, note: "edited" }));
    const ended = await world.run("accounts", "update", String(other?.account_id), "--json-file", "-");
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain(`the document is of ${row?.account_id}, and not of ${other?.account_id}`);
    expect(lastWrite(world, "PUT")).toEqual([]);
  });
});

describe("bad fields", () => {
  test("are all told at once, with the nearest name, and nothing is sent", async () => {
    const world = await openWorld();
    const words = [
      "--set",
      "acount_name=x",
      "--set",
      "enabled=perhaps",
      "--set",
      "account_id=7",
      "--set",
      "noequals",
    ];
    const { code, err } = await world.run("accounts", "create", ...words);
    expect(code).toBe(2);
    for (const part of ["did you mean account_name", "yes or no", "the platform sets this", "field=value"]) {
      expect(err).toContain(part);
    }
    expect(lastWrite(world, "POST").filter(({ path }) => path === "/api/accounts")).toEqual([]);
  });

  test("of a document are told", async () => {
    const world = await openWorld();
    for (const [text, part] of [
      ["{", "sipnav: Standard input is not JSON"],
      ["[1]", "JSON object"],
      ['{"account_nam": "x"}', "did you mean account_name"],
      ['{"account_name": {"a": 1}}', "not expected"],
    ] as const) {
      world.feed(text);
      const { code, err } = await world.run("accounts", "create", "--json-file", "-");
      expect({ code, hit: err.includes(part) }, err).toEqual({ code: 2, hit: true });
    }
    expect((await world.run("accounts", "create", "--json-file", "/no/such/file")).code).toBe(2);
  });

  test("that are missing are named by their flags", async () => {
    const world = await openWorld();
    const { code, err } = await world.run("accounts", "create", "--note", "x");
    expect(code).toBe(2);
    expect(err).toContain("--account-name");
    expect(err).toContain("--customer-id");
  });
});

describe("a create whose answer is lost", () => {
  test("is sent once and says where to look", async () => {
    const world = await openWorld();
    world.sandbox.failNext({ operation: "createAccount", kind: "lost", times: 5 });
    const { code, err } = await world.run(
      "accounts",
      "create",
      "--account-name",
      "Once",
      "--customer-id",
      "2001",
    );
    expect(code).toBe(11);
    expect(err).toContain("sipnav accounts list");
    expect(lastWrite(world, "POST").filter(({ path }) => path === "/api/accounts")).toHaveLength(1);
    const rows = await world.json<Row[]>("accounts", "list", "--all", "--where", "account_name eq Once");
    expect(rows).toHaveLength(1);
  });
});
