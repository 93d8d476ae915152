import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { account } from "../../src/domain/account.ts";
import { cdr } from "../../src/domain/cdr.ts";
import { text } from "../../src/domain/kinds.ts";
import type { Field } from "../../src/domain/noun.ts";
import { lineOf, shellWord } from "../../src/tui/model/commandline.ts";
import { conditionsOf, parseTerms, printTerm } from "../../src/tui/model/filter.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { plainLook } from "../../src/tui/model/look.ts";
import { relatedTo } from "../../src/tui/model/related.ts";
import { arrange, sheetScreen } from "../../src/tui/model/result.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openStage } from "./stage.ts";

const command = registry.find(({ path }) => path.join(" ") === "accounts list");
const lens = firstState([], [], { columns: 120, rows: 30 }, 0);
const rows = [{ account_id: "7", account_name: "Acme", customer_id: "5", enabled: true }];
const table = { kind: "table", fields: account.fields, rows, idField: "account_id" } as const;

function lineWith(look: Partial<typeof plainLook>, raw = {}, profile = "default") {
  if (!command) throw new Error("no command");
  const screen = sheetScreen("accounts list", [table], lens, { origin: { command, raw, loadedAtMs: 0 } });
  return lineOf(arrange(screen, lens, { look: { ...plainLook, ...look } }), profile);
}

describe("what is shown, as a command line", () => {
  test.each([
    [{}, {}, "sipnav accounts list"],
    [{}, { all: true, company: "5" }, "sipnav accounts list --all --company 5"],
    [{ sort: "account_name:desc" }, {}, "sipnav accounts list --sort account_name:desc"],
    [{ columns: ["account_id", "note"] }, {}, "sipnav accounts list --fields account_id,note"],
    [
      { filter: "company:acme" },
      { where: ["cps_limit gt 1"] },
      "sipnav accounts list --where 'cps_limit gt 1' --where 'customer_name contains acme'",
    ],
    [{ filter: "!enabled:yes" }, {}, "sipnav accounts list --where 'enabled ne yes'"],
    [{ filter: "it's !west" }, {}, "sipnav accounts list | grep -iF -- 'it'\\''s' | grep -viF -- west"],
  ])("%j over %j", (look, raw, line) => expect(lineWith(look, raw)).toBe(line));

  test("names a profile that is not the usual one", () => {
    expect(lineWith({}, {}, "lab")).toBe("sipnav accounts list --profile lab");
  });

  test("a secret is never part of it", () => {
    const login = registry.find(({ path }) => path.join(" ") === "auth reset-password") ?? command;
    if (!login) throw new Error("no command");
    const secret = {
      ...login,
      parameters: { code: { kind: { ...account.fields[0]?.kind, secret: true }, summary: "" } },
    };
    const screen = sheetScreen("x", [table], lens, {
      origin: { command: secret as never, raw: { code: "hunter2" }, loadedAtMs: 0 },
    });
    expect(lineOf(screen, "default")).not.toContain("hunter2");
  });

  test("words are quoted where a shell would read them otherwise", () => {
    expect(["a", "$(id)", "it's", "", "a b"].map(shellWord)).toEqual([
      "a",
      "'$(id)'",
      "'it'\\''s'",
      "''",
      "'a b'",
    ]);
  });
});

describe("a filter as conditions", () => {
  const terms = parseTerms(account.fields, 'acme company:5 !note:x !enabled:no ip:"q');
  test("says of the platform what can be said, and what is left", () => {
    const { where, rest } = conditionsOf(terms, "account_name");
    expect(where).toEqual([
      "account_name contains acme",
      "customer_name contains 5",
      "enabled ne no",
      'ip_address contains """q"',
    ]);
    expect(rest.map(printTerm)).toEqual(["!note:x"]);
  });
});

describe("what belongs to a record", () => {
  const labels = (row: Record<string, string>, fields: readonly Field[] = account.fields) =>
    relatedTo(registry, { isRow: true, fields, row }).map(({ label }) => label);

  test("an account's carriers, restrictions, calls, company and its balance", () => {
    const found = labels({ account_id: "7", customer_id: "5" });
    for (const label of [
      "accounts carriers 7",
      "restrictions list --account 7",
      "cdr search --account 7",
      "companies show 5",
      "companies balance 5",
    ]) {
      expect(found).toContain(label);
    }
    expect(found.filter((label) => /export|import|update|disable/.test(label))).toEqual([]);
  });

  test("0 refers to nothing", () => {
    expect(labels({ account_id: "7", customer_id: "0" }).join()).not.toContain("companies");
  });

  test("a call's account, carrier and company, and what is of them", () => {
    const found = labels({ account_id: "7", carrier_id: "3", customer_id: "5" }, cdr.fields);
    for (const label of [
      "accounts show 7",
      "carriers show 3",
      "cdr stats --carrier 3",
      "companies balance 5",
    ]) {
      expect(found).toContain(label);
    }
  });

  test("the figures of a carrier's calls lead to the carrier, those of a SIP code to nothing", () => {
    const fields = [{ name: "by", label: "By", kind: text }];
    expect(labels({ by: "carrier", id: "3" }, fields)).toEqual(
      expect.arrayContaining(["carriers show 3", "cdr search --carrier 3", "restrictions list --carrier 3"]),
    );
    expect(labels({ by: "code", id: "503" }, fields)).toEqual([]);
  });
});

async function atList() {
  const stage = openStage();
  await stage.ready();
  await stage.press("1", "1", "enter");
  return stage;
}

const copies = (stage: Awaited<ReturnType<typeof atList>>) =>
  stage.writes
    .flatMap((text) => [...text.matchAll(/\u001b\]52;c;(.*?)\u0007/g)])
    .map(([, text = ""]) => Buffer.from(text, "base64").toString());

describe("on the screen", () => {
  test("y copies a value, Y the command line; both are shown", async () => {
    const stage = await atList();
    await stage.press("j", "y");
    expect(stage.text()).toMatch(/^> ID: 2$/m);
    await stage.press("j", "enter");
    expect(copies(stage)).toEqual(["Account 2"]);
    expect(stage.text()).toContain("Copied: Account 2");
    await stage.press("/", ..."company:4", "enter", "Y");
    expect(copies(stage)[1]).toBe("sipnav accounts list | grep -iF -- 4");
    await stage.press("j", "m", "y", "j", "enter");
    expect(stage.text()).toContain("Copied: A***");
    expect(copies(stage)[2]).toMatch(/^Account \d+$/);
  });

  test("e writes the loaded rows where the noun has no export, filtered and in their columns", async () => {
    const stage = await atList();
    const path = join(temporaryFolder(), "rows.json");
    await stage.press("/", ..."account 12", "enter", "e");
    expect(stage.text()).toContain("Write the rows on the screen to a file");
    await stage.press("up", "up");
    stage.send("\u0015");
    await stage.press(...path, "down", "down", "enter");
    expect(stage.text()).toMatch(/Wrote \d+ rows to/);
    const written: unknown[] = JSON.parse(readFileSync(path, "utf8"));
    expect(written.length).toBeGreaterThan(5);
    expect(written[0]).toMatchObject({ account_id: "12", account_name: "Account 12" });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("an export never writes over a file, nor without a form", async () => {
    const stage = await atList();
    const path = join(temporaryFolder(), "rows");
    await stage.press("e", "up", "up");
    stage.send("\u0015");
    await stage.press(...path, "down", "down", "enter");
    expect(stage.text()).toContain("must end in .csv or .json");
    expect(existsSync(path)).toBe(false);
  });

  test("filters are saved, and taken again", async () => {
    const stage = await atList();
    await stage.press("F");
    expect(stage.text()).toContain("No filter is saved");
    await stage.press("/", ..."acc 3", "enter", "F");
    expect(stage.text()).toContain("Saved: acc 3");
    await stage.press("esc", "F", "enter");
    expect(stage.rows()[1]).toMatch(/of 500 loaded {2}\/acc 3 /);
  });
});
