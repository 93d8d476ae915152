import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { RawValues } from "../../src/commands/execute.ts";
import { registry } from "../../src/commands/registry.ts";
import { account } from "../../src/domain/account.ts";
import { arrangeBlocks, finishSteps, sortInSteps } from "../../src/tui/model/arranging.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { flipSort, type Look, plainLook } from "../../src/tui/model/look.ts";
import { ageText, arrange, isArranging, sheetScreen } from "../../src/tui/model/result.ts";
import { statusOf } from "../../src/tui/model/status.ts";
import { commands } from "./program.ts";
import { openStage } from "./stage.ts";

const rows = ["Acme East", "Acme West", "Beta:1"].map((name, index) => ({
  account_id: String(9 + index),
  account_name: name,
  enabled: index > 0,
  note: "hidden",
}));
const table = { kind: "table", fields: account.fields, rows, idField: "account_id" } as const;

function idsOf(look: Partial<Look>): unknown[] {
  const blocks = [table];
  const before = { blocks, look: plainLook, ordered: blocks, shown: blocks };
  const { shown } = finishSteps(arrangeBlocks(blocks, { ...plainLook, ...look }, before));
  return shown.flatMap((block) => (block.kind === "table" ? block.rows.map((row) => row.account_id) : []));
}

describe("the look of a list", () => {
  test.each([
    ["", ["9", "10", "11"]],
    ["acme", ["9", "10"]],
    ["ACME west", ["10"]],
    ["!acme", ["11"]],
    ["acme !east", ["10"]],
    ["enabled:yes", ["10", "11"]],
    ["!enabled:yes", ["9"]],
    ["account_id:1", ["10", "11"]],
    ["beta:1", ["11"]],
    ["hidden", []],
    ["!", ["9", "10", "11"]],
  ])("the filter %j lets through %j", (filter, ids) => {
    expect(idsOf({ filter })).toEqual(ids);
  });

  test("sorts ids as numbers, and again the other way", () => {
    expect(idsOf({ sort: "account_id:desc" })).toEqual(["11", "10", "9"]);
    expect(flipSort("", "a")).toBe("a");
    expect(flipSort("a", "a")).toBe("a:desc");
    expect(flipSort("a:desc", "a")).toBe("a");
  });

  test("sorts in steps as at once: every row, equal ones in the order they had", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 3000, size: "max" }), (numbers) => {
        const items = numbers.map((key, place) => ({ key, place }));
        const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(finishSteps(sortInSteps(items, compare))).toEqual(items.toSorted(compare));
      }),
      { numRuns: 30 },
    );
  });

  test.each<[string, RawValues, string]>([
    ["cdr search", {}, "from 1h  0s"],
    [
      "cdr search",
      { from: "7d", called: "12025550171", answered: true },
      "from 7d  called 12025550171  answered  0s",
    ],
    ["cdr stats", { by: ["carrier"], sort: "cost" }, "from 1h  0s"],
    [
      "accounts list",
      { company: "5", limit: "3", where: ["enabled eq no"] },
      "company 5  where enabled eq no  0s",
    ],
    ["accounts show", { id: "7" }, "0s"],
  ])("of %s with %j says which rows were asked for", (words, raw, status) => {
    const command = registry.find(({ path }) => path.join(" ") === words);
    const lens = firstState([], [], { columns: 80, rows: 24 }, 0);
    const origin = command && { command, raw, loadedAtMs: 0 };
    const screen = sheetScreen("x", [{ ...table, rows: [] }], lens, { origin });
    expect(statusOf(screen, lens)).toBe(status);
    const hidden = { ...lens, cells: { ...lens.cells, mask: true } };
    expect(statusOf(screen, hidden)).not.toContain("12025550171");
  });

  test.each([
    [0, "0s"],
    [59_999, "59s"],
    [60_000, "1m"],
    [7_200_000, "2h"],
  ])("an age of %i ms is %s", (ageMs, text) => expect(ageText(ageMs)).toBe(text));
});

async function atList() {
  const stage = openStage();
  await stage.ready();
  await stage.press("1", "1", "enter");
  return stage;
}

describe("a long list", () => {
  const many = Array.from({ length: 30_000 }, (_, index) => ({
    account_id: String(30_000 - index),
    account_name: `Account ${(index * 7919) % 30_000}`,
  }));
  const longRegistry = commands.map((command) =>
    command.path.join(" ") === "accounts list"
      ? {
          ...command,
          parameters: {},
          run: async () => many,
          view: () => [{ kind: "table", fields: account.fields, rows: many, idField: "account_id" } as const],
        }
      : command,
  );

  test("says at once what it is about, and shows the rows it had until then", () => {
    const lens = firstState([], [], { columns: 80, rows: 24 }, 0);
    const long = sheetScreen("x", [{ ...table, rows: many }], lens);
    const sorted = arrange(long, lens, { look: { ...plainLook, sort: "account_name" } });
    expect(isArranging(sorted)).toBe(true);
    expect(sorted.arranged).toBe(long.arranged);
    expect(statusOf(sorted, lens)).toContain("arranging…  by account_name");
    const brief = sheetScreen("x", [table], lens);
    expect(isArranging(arrange(brief, lens, { look: { ...plainLook, filter: "a" } }))).toBe(false);
  });

  test("is seen from its beginning in a new order unless a row was chosen, and once the filter has taken that away", async () => {
    const stage = openStage({ registry: longRegistry });
    await stage.ready();
    await stage.press("1", "1", "s", "j", "enter");
    expect(stage.rows()[1]).toMatch(/ 1\/30000 {2}by account_name/);
    await stage.press("b", "1");
    expect(stage.rows()[1]).toMatch(/ 1\/30000 {2}by account_name/);
    await stage.press("j", "s", "enter");
    expect(stage.rows()[1]).not.toMatch(/ [12]\/30000/);
    await stage.press("G", "/", ..."unt 2999", "enter", "m");
    expect(stage.rows()[1]).toMatch(/ 1\/26 of 30000 loaded/);
  });

  test("is sorted and filtered between the keys", async () => {
    const stage = openStage({ registry: longRegistry });
    await stage.ready();
    await stage.press("1", "1", "s", "j", "enter");
    expect(stage.rows()[1]).toMatch(/1\/30000 {2}by account_name/);
    await stage.press("g");
    expect(stage.rows()[3]).toMatch(/^> 30000 {2}Account 0$/);
    for (const letter of "/unt 2999") stage.send(letter);
    await stage.press("9");
    expect(stage.rows()[1]).toMatch(/1\/2 of 30000 loaded {2}\/unt 29999_/);
    await stage.press("backspace", "enter", "m");
    expect(stage.rows()[1]).toMatch(/\/26 of 30000 loaded/);
  });
});

describe("a list", () => {
  afterEach(() => {
    delete process.env.SIPNAV_TEST_DOWN;
  });

  test("is filtered as one types; Esc shows all before it goes back", async () => {
    const stage = await atList();
    await stage.press("/", ..."unt 12");
    expect(stage.text()).toContain("of 500 loaded  /unt 12_");
    await stage.press("enter", "j");
    expect(stage.text()).toMatch(/2\/\d+ of 500 loaded {2}\/unt 12 /);
    await stage.press("/", ..."zzz");
    expect(stage.text()).toContain("0 of 500 loaded");
    expect(stage.text()).toContain("Nothing found.");
    await stage.press("esc");
    expect(stage.text()).toContain("/500");
    await stage.press("esc");
    expect(stage.text()).toContain("[ Run ]");
  });

  test("is sorted by a chosen column with its row kept, and again the other way", async () => {
    const stage = await atList();
    await stage.press("j", "s", "enter");
    expect(stage.text()).toMatch(/2\/500 {2}by account_id /);
    await stage.press("s", "enter");
    expect(stage.text()).toMatch(/499\/500 {2}by account_id:desc/);
    expect(stage.text()).toMatch(/^> +2 {2}Account 2 /m);
  });

  test("leaves a gap behind a title that is cut", async () => {
    const stage = openStage({ columns: 60 });
    await stage.ready();
    await stage.press("1", "1", "enter", "t", "t", "m", "j", "enter");
    expect(stage.rows()[0]).toMatch(/^ sipnav {2}… > \S+ ?\S*… times local {2}masked {2}default {2}/);
  });

  test("keeps the column that it is sorted by, however narrow the terminal", async () => {
    const stage = await atList();
    expect(stage.rows()[2]).not.toContain("CPS");
    await stage.press("s", "end", "up", "enter");
    expect(stage.rows()[2]).toContain("CPS");
  });

  test("shows its age, is loaded again, and keeps its rows when that fails", async () => {
    const stage = await atList();
    await stage.press("/", ..."company:4", "enter", "j");
    stage.time.nowMs += 12_000;
    await stage.press("ctrl+l");
    expect(stage.rows()[1]).toMatch(/ 12s$/);
    process.env.SIPNAV_TEST_DOWN = "1";
    await stage.press("r");
    expect(stage.rows()[1]).toMatch(/^ {2}2\/\d+ .*12s {2}could not be refreshed: The platform/);
    delete process.env.SIPNAV_TEST_DOWN;
    await stage.press("r");
    expect(stage.rows()[1]).toMatch(/^ {2}2\/\d+ of 500 loaded {2}\/company:4 {2}0s$/);
    await stage.press("!");
    expect(stage.text()).toContain("The platform is down.");
    await stage.press("-");
    expect(stage.rows()[0]).toMatch(/accounts list +default/);
    await stage.press("-");
    expect(stage.rows()[0]).toContain("Log");
  });

  test("that could not be loaded is tried again by r, and takes the place of the error", async () => {
    process.env.SIPNAV_TEST_DOWN = "1";
    const stage = await atList();
    expect(stage.rows()[0]).toContain("accounts list failed");
    expect(stage.rows().at(-1)).toContain("r try again");
    await stage.press("r");
    expect(stage.rows()[0]).toContain("accounts list failed");
    delete process.env.SIPNAV_TEST_DOWN;
    await stage.press("r");
    expect(stage.rows()[0]).not.toContain("failed");
    expect(stage.rows()[3]).toMatch(/^> +1 /);
    expect(stage.rows().at(-1)).not.toContain("try again");
    await stage.press("b");
    expect(stage.text()).toContain("[ Run ]");
  });

  test("an error stays above the footer until it is seen, or mended", async () => {
    const stage = await atList();
    process.env.SIPNAV_TEST_DOWN = "1";
    await stage.press("r", "j", "j");
    expect(stage.said()).toBe("! The platform is down.  (Esc: seen)");
    await stage.press("esc");
    expect(stage.said()).not.toContain("down");
    expect(stage.rows()[0]).toContain("accounts list");
    await stage.press("r", "!", "b");
    expect(stage.said()).not.toContain("down");
    await stage.press("r", "k");
    expect(stage.said()).toContain("! The platform is down.");
    delete process.env.SIPNAV_TEST_DOWN;
    await stage.press("r");
    expect(stage.said()).not.toContain("down");
  });

  test("an update begins with the shown fields, sends only changed ones, and shows errors beside them", async () => {
    const stage = await atList();
    await stage.arm();
    await stage.press("j", "a", "3");
    expect(stage.text()).toMatch(/> account-name +Account 2_/);
    expect(stage.text()).toMatch(/enabled +yes/);
    stage.send("\u0015");
    await stage.press(..."taken", "down", "down", "enter");
    expect(stage.text()).toMatch(/> account-name +taken_ +! is taken/);
    stage.send("\u0015");
    await stage.press(..."New name", "down", "down", "enter");
    expect(stage.text()).toContain("Changed: account_name.");
    await stage.press("b");
    expect(stage.text()).toMatch(/^> +2 {2}New name /m);
  });
});
