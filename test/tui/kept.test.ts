import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  emptyKept,
  isPinned,
  keepRecent,
  keepView,
  mergeKept,
  parseKept,
  printKept,
  turnPin,
  viewOf,
} from "../../src/tui/model/kept.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openStage } from "./stage.ts";

const path = ["accounts", "list"];
const acme = { noun: "account", id: "7", name: "Acme" } as const;
const beta = { noun: "company", id: "7", name: "Beta" } as const;

describe("what is remembered of a profile", () => {
  test("survives a file", () => {
    let kept = keepView(emptyKept, path, { columns: ["account_id"], sort: "account_id:desc" });
    kept = turnPin(keepRecent(keepRecent(kept, acme), beta), acme);
    expect(parseKept(printKept(kept))).toEqual(kept);
    expect(viewOf(kept, path).sort).toBe("account_id:desc");
    expect(viewOf(kept, ["carriers", "list"]).sort).toBe("");
  });

  test("the latest record comes first, each once, and not too many", () => {
    let kept = keepRecent(keepRecent(keepRecent(emptyKept, acme), beta), acme);
    expect(kept.recents).toEqual([acme, beta]);
    for (let id = 100; id < 300; id++) kept = keepRecent(kept, { ...acme, id: String(id) });
    expect(kept.recents).toHaveLength(50);
    expect(parseKept(printKept(kept))).toBeDefined();
    expect(isPinned(turnPin(turnPin(kept, acme), acme), acme)).toBe(false);
  });

  test("no phone number reaches the file", () => {
    let kept = keepView(emptyKept, path, { filters: ["called:12125550100", "acme", "+1 (212) 555-0100"] });
    kept = keepRecent(kept, { noun: "restriction", id: "5", name: "12125550100" });
    expect(printKept(kept)).not.toMatch(/2125550100|555-0100/);
    expect(parseKept(printKept(kept))?.lists["accounts list"]?.filters).toEqual(["acme"]);
  });

  test.each([
    "",
    "{",
    "[]",
    '{"version":2}',
    '{"version":1,"lists":{"x":{"columns":"all","sort":"","filters":[]}},"recents":[],"pins":[],"pane":true}',
    '{"version":1,"lists":{},"recents":[{"noun":"planet","id":"1","name":""}],"pins":[],"pane":true}',
  ])("%j is nothing that was remembered", (text) => expect(parseKept(text)).toBeUndefined());

  test("of two menus, each keeps what it changed", () => {
    const ours = turnPin(keepView(emptyKept, path, { sort: "a" }), acme);
    const theirs = keepRecent(keepView(emptyKept, ["carriers", "list"], { sort: "b" }), beta);
    const merged = mergeKept(emptyKept, ours, theirs);
    expect(Object.keys(merged.lists)).toEqual(["carriers list", "accounts list"]);
    expect(merged.pins).toEqual([acme]);
    expect(merged.recents).toEqual([beta]);
  });
});

/** The list of accounts, in a menu whose memory is in a folder. */
async function atList(home: string) {
  const stage = openStage({ home });
  await stage.ready();
  await stage.press("1", "1", "enter");
  return stage;
}

describe("columns", () => {
  const header = (stage: Awaited<ReturnType<typeof atList>>) => stage.rows()[2]?.trim().split(/ {2,}/);

  test("are hidden, moved and sorted by, and the next session has them so", async () => {
    const home = temporaryFolder();
    const stage = await atList(home);
    expect(header(stage)?.slice(0, 3)).toEqual(["ID", "Account", "Company ID"]);
    await stage.press("c");
    expect(stage.text()).toMatch(/^> \[x\] ID/m);
    expect(stage.text()).toMatch(/\[ \] Note/);
    await stage.press("J", "j", " ", "k", "k", "k", "s");
    expect(stage.rows()[1]).toContain("by account_name");
    expect(header(stage)?.slice(0, 3)).toEqual(["Account", "ID", "Company"]);
    stage.send("q");
    await stage.ended;
    const file = join(home, "state", "menu", "default.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, "state", "menu")).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, "utf8")).not.toContain("Company 1");

    const again = await atList(home);
    expect(header(again)?.slice(0, 3)).toEqual(["Account", "ID", "Company"]);
    expect(again.rows()[1]).toContain("by account_name");
    await again.press("c", "d");
    expect(header(again)?.slice(0, 3)).toEqual(["ID", "Account", "Company ID"]);
  });

  test("a record is pinned and no longer", async () => {
    const home = temporaryFolder();
    const stage = await atList(home);
    await stage.press("j", "+");
    expect(stage.text()).toContain("Pinned: account 2.");
    await stage.press("j", "+", "+");
    expect(stage.text()).toContain("No longer pinned: account 3.");
    stage.send("q");
    await stage.ended;
    const file = readFileSync(join(home, "state", "menu", "default.json"), "utf8");
    expect(parseKept(file)?.pins).toEqual([{ noun: "account", id: "2", name: "Account 2" }]);
  });

  test("one stays at least, and Esc leaves them as they were", async () => {
    const stage = await atList(temporaryFolder());
    await stage.press("c", ..." ".repeat(11), "enter");
    expect(stage.text()).toContain("At least one column stays.");
    await stage.press("esc");
    expect(header(stage)?.[0]).toBe("ID");
  });

  test("a memory that is broken is set aside, said, and the menu works", async () => {
    const home = temporaryFolder();
    const folder = join(home, "state", "menu");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "default.json"), '{"version": 1, "lists": 7');
    const stage = await atList(home);
    await stage.press("!");
    expect(stage.text()).toContain("The menu's memory is broken; it was set aside as d");
    const [aside] = readdirSync(folder);
    expect(aside).toMatch(/^default\.json\.broken-/);
    expect(readFileSync(join(folder, aside ?? ""), "utf8")).toBe('{"version": 1, "lists": 7');
  });
});
