import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { width } from "../../src/core/text.ts";
import { putAnswer, staleAnswers } from "../../src/tui/model/answers.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { numberIn, numberScreen } from "../../src/tui/model/number.ts";
import { paletteQueries, placesOf } from "../../src/tui/model/palette.ts";
import type { State } from "../../src/tui/model/state.ts";
import { openPlatformStage } from "./platform.ts";

const first: State = { ...firstState(registry, bindings, { columns: 80, rows: 24 }, 0), profile: "lab" };
const labels = (state: State, text: string) => placesOf(state, text).map(({ label }) => label);

/** The state with these names as the answer to the list of a plural. */
function loaded(state: State, plural: string, field: string, names: readonly string[]): State {
  const query = paletteQueries(state, "ab").find(({ command }) => command.path[0] === plural);
  if (!query) throw new Error(`${plural} are not searched`);
  const id = field.replace("name", "id");
  const rows = names.map((name, index) => ({ [id]: String(index + 1), [field]: name }));
  const block = { kind: "table", fields: [], rows, idField: id } as const;
  return putAnswer(state, query, { blocks: [block], notices: [] }, 0);
}

describe("where a text leads", () => {
  test.each([
    ["stats", "cdr stats"],
    ["acc li", "accounts list"],
    ["restr create", "restrictions create"],
    ["cdrs", "cdr search"],
    ["dip", "lrn show"],
  ])("%s: first of all to %s", (text, label) => expect(labels(first, text)[0]).toBe(label));

  test("without a text to what was pinned and looked at, then to every command", () => {
    const thing = { noun: "account", id: "7", name: "Acme" } as const;
    const state = { ...first, kept: { ...first.kept, recents: [thing] } };
    expect(labels(state, "")[0]).toBe("account 7 Acme");
    expect(labels(state, "")).toContain("accounts list");
    expect(labels(state, "acm")[0]).toBe("account 7 Acme");
  });

  test("digits to the records of that id, whatever is loaded", () => {
    expect(labels(first, "10001")).toEqual(["account 10001", "carrier 10001", "company 10001"]);
  });

  test("a name to the records that have it; the command of that beginning comes before a part of a name", () => {
    const names = ["Statler", "Intrastate West"];
    const state = loaded(first, "carriers", "carrier_name", names);
    expect(labels(state, "intra")).toContain("carrier 2 Intrastate West");
    const found = labels(state, "stat");
    expect(found.indexOf("carrier 1 Statler")).toBe(0);
    expect(found.indexOf("cdr stats")).toBeLessThan(found.indexOf("carrier 2 Intrastate West"));
  });

  test("no name to nothing", () => expect(labels(first, "zzzz qqqq")).toEqual([]));

  test("names are hidden under the mask", () => {
    const state = loaded({ ...first, cells: { mask: true, zone: "profile" } }, "accounts", "account_name", [
      "Acme",
    ]);
    expect(labels(state, "acme")).toEqual([]);
    expect(labels(state, "a***")).toContain("account 1 A***");
  });
});

describe("what is loaded for it", () => {
  test("is nothing for one letter or a phone number, else one list a noun", () => {
    expect(paletteQueries(first, "a")).toEqual([]);
    expect(paletteQueries(first, "12125550100")).toEqual([]);
    expect(paletteQueries(first, "ac").map(({ command }) => command.path[0])).toEqual([
      "accounts",
      "carriers",
      "companies",
    ]);
    expect(paletteQueries(first, "acme")).toEqual(paletteQueries(first, "ac"));
  });

  test("is the platform's search too where a list is longer than what is loaded of it", () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `Account ${index}`);
    const state = loaded(first, "accounts", "account_name", names);
    expect(paletteQueries(state, "acme").map(({ raw }) => raw.where?.toString())).toContain(
      "account_name contains acme",
    );
  });
});

describe("a phone number", () => {
  test.each([
    ["2125550100", "+12125550100"],
    ["+1 (212) 555-0100", "+12125550100"],
    ["sip:12125550100@203.0.113.7", "+12125550100"],
    ["+44 20 7946 0958", "+442079460958"],
    ["911", undefined],
    ["10001", undefined],
    ["12349115678", undefined],
    ["accounts", undefined],
  ])("in %s is %s", (text, number) => expect(numberIn(registry, text)).toBe(number));

  test("is asked about part by part, and dipped once whatever is written meanwhile", () => {
    const { panels } = numberScreen(first, registry, "+12125550100");
    expect(panels.map(({ query }) => query.command.path.join(" "))).toEqual([
      "lrn show",
      "lrn lookup",
      "restrictions list",
      "restrictions list",
      "cdr search",
      "cdr search",
    ]);
    const known = panels.reduce(
      (state, { query }) => putAnswer(state, query, { blocks: [], notices: [] }, 0),
      first,
    );
    const stale = [...staleAnswers(known).answers].filter(([, { isStale }]) => !isStale);
    expect(stale.map(([key]) => key)).toEqual([expect.stringContaining("lookup")]);
  });
});

const openPlatform = (columns: number, rows: number) => openPlatformStage({ stage: { columns, rows } });

describe("the omnibox", () => {
  test("finds an account by a part of its name and shows it; back leads to where one was", async () => {
    const stage = await openPlatform(80, 24);
    await stage.press(":");
    expect(stage.rows()[1]).toContain(": _");
    expect(stage.rows().at(-1)).toContain("Esc back");
    const asked = () =>
      stage.sandbox.requests().filter(({ operation }) => operation === "listAccounts").length;
    expect(asked()).toBe(0);
    await stage.press(..."orived");
    await stage.appears("account 10001 Oriveda");
    expect(asked()).toBe(1);
    await stage.press("enter");
    await stage.appears("accounts show 10001");
    await stage.press("b");
    expect(stage.rows()[0]).toMatch(/Menu +default/);
    stage.send("q");
    await stage.ended;
  });

  test("shows of a number the restrictions that stand for its beginning", async () => {
    const stage = await openPlatform(100, 50);
    const { url, token } = stage.sandbox;
    const query = "priority=1&carrier_id=0&account_id=0&dst_number=4420794&note=seen";
    const created = await fetch(`${url}/api/call-restrictions/num?${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    expect(created.status).toBeLessThan(300);
    await stage.press(":", ..."+442079460958", "enter");
    await stage.appears("Restrictions on calls to it");
    await stage.until(() => /^.*\b4420794\b/m.test(stage.text()));
    stage.send("q");
    await stage.ended;
  });

  test("opens a command's form, and is left by Esc", async () => {
    const stage = await openPlatform(80, 24);
    await stage.press("\u0010", ..."cdr search", "enter");
    expect(stage.text()).toContain("[ Run ]");
    await stage.press(":", "x", "esc");
    expect(stage.text()).toContain("[ Run ]");
    stage.send("\u0003");
    expect(await stage.ended).toBe(130);
  });

  test.each([
    [80, 24],
    [200, 50],
  ])("a pasted number opens its page at %i×%i, and each part fails by itself", async (columns, rows) => {
    const stage = await openPlatform(columns, rows);
    await stage.press("j", ":");
    stage.sandbox.failNext({ operation: "lookupLrn", kind: "http500", times: 9 });
    await stage.press("\u001b[200~+1 (212) 555-0100\u001b[201~");
    expect(stage.text()).toContain("> +12125550100");
    await stage.press("enter");
    expect(stage.rows()[0]).toContain("number +12125550100");
    await stage.appears("New York");
    expect(stage.text()).toMatch(/National +\(212\) 555-0100/);
    await stage.appears("LRN dip: ");
    expect(stage.rows()).toHaveLength(rows);
    for (const row of stage.rows()) expect(width(row)).toBeLessThan(columns);
    stage.sandbox.setFaults("");
    await stage.press("r");
    await stage.appears("Ported");
    while (!/Last calls from it, 7 days {2}\d+s/.test(stage.text())) await stage.press("G");
    stage.send("q");
    await stage.ended;
  });
});
