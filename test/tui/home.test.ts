import { describe, expect, onTestFinished, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { width } from "../../src/core/text.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { putAnswer } from "../../src/tui/model/answers.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { alertsOf, fitSections, homeOf } from "../../src/tui/model/home.ts";
import { homeQueries } from "../../src/tui/model/homequeries.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { currentScreen, type State } from "../../src/tui/model/state.ts";
import { wantsOf } from "../../src/tui/model/wants.ts";
import { steadyNow } from "../clock.ts";
import { openPlatformStage } from "./platform.ts";
import { openStage } from "./stage.ts";
import { hasTmux, openTerminal, patient, whole } from "./tmux.ts";

/** The program as it is built. */
const dist = new URL("../../dist", import.meta.url).pathname;

const size = { columns: 80, rows: 24 };
const nowMs = Date.parse("2026-03-01T12:00:00Z");
const first: State = { ...firstState(registry, bindings, size, nowMs), profile: "lab" };
const wordsOf = (state: State) => wantsOf(state, registry).map(({ command }) => command.path.join(" "));

interface Given {
  readonly by?: string;
  readonly id: string;
  readonly [name: string]: string | number | null | undefined;
}
const stats = (...rows: Given[]) =>
  rows.map((row) => ({
    by: "carrier",
    name: `${row.by ?? "carrier"} ${row.id}`,
    attempts: 100,
    answered: 50,
    asr_pct: 50,
    asr_low_pct: 40,
    asr_high_pct: 60,
    acd_min: 2,
    minutes: 100,
    codes: "200:50 486:30 503:20",
    sampled_pct: 100,
    revenue_per_hour: "0",
    ...row,
  }));

/** The state with rows as the answer to what is wanted first by these words. */
function answered(state: State, words: string, rows: readonly object[], place = 0): State {
  const query = homeQueries(state, registry).filter(({ command }) => command.path.join(" ") === words)[place];
  if (!query) throw new Error(`${words} is not wanted`);
  const block = { kind: "table", fields: [], rows: rows as never, idField: "id" } as const;
  return putAnswer(state, query, { blocks: [block], notices: [] }, nowMs);
}
const textOf = (state: State) => {
  const home = homeOf(state, 58);
  return [home?.status, ...fitSections(home?.sections ?? [], 19)].map((line) => line?.text ?? "").join("\n");
};

describe("what home asks for", () => {
  test("is one search and this computer's jobs, as long as no answer came", () => {
    expect(wordsOf(first)).toEqual(["cdr stats", "jobs list"]);
  });

  test("is then the hour before, and the balances of who spends most", () => {
    const companies = Array.from({ length: 9 }, (_, index) => ({
      by: "company",
      id: String(index),
      revenue_per_hour: String(index),
    }));
    const wants = wantsOf(answered(first, "cdr stats", stats({ id: "1" }, ...companies)), registry);
    const balances = wants.filter(({ command }) => command.path.join(" ") === "companies balance");
    expect(balances.map(({ raw }) => raw.id)).toEqual(["8", "7", "6", "5", "4"]);
    expect(wants).toHaveLength(8);
  });

  test("is nothing before the profile is known, nor behind another screen", () => {
    expect(wordsOf({ ...first, profile: undefined })).toEqual([]);
    const [menu] = first.screens;
    expect(wordsOf({ ...first, screens: [menu, menu] })).toEqual([]);
  });
});

describe("what home says", () => {
  const spending = { by: "company", id: "7", revenue_per_hour: "10.00" };
  const short = answered(answered(first, "cdr stats", stats({ id: "1" }, spending)), "companies balance", [
    { customer_id: "7", balanceamount: "20.00", credit_limit: "36.666667", currency: "USD" },
  ]);

  test("counts the hour, and tells when a balance ends at its pace", () => {
    expect(textOf(short)).toContain("Last hour: 100 calls, ASR 50.0 %, ACD 2.0 min  0s");
    // 56.67 at 10 an hour are 5 h 40 min.
    expect(textOf(short)).toContain("! company 7: empty at 17:40Z");
    expect(textOf(short)).toMatch(/company 7 +20\.00 USD +10\.00 {2}at 17:40Z/);
  });

  test("the first alert is all that a narrow terminal has room for, and how many more there are", () => {
    const alerts = (state: State) => {
      const home = homeOf(state, 60);
      return home && alertsOf(home);
    };
    expect(alerts(first)).toBe("");
    expect(alerts(answered(first, "cdr stats", stats({ id: "1" })))).toBe("");
    expect(alerts(short)).toBe("! company 7: empty at 17:40Z");
    const fallen = { id: "1", asr_pct: 10, asr_low_pct: 6, asr_high_pct: 17 };
    const both = answered(
      answered(short, "cdr stats", stats(fallen, spending)),
      "cdr stats",
      stats({ id: "1" }),
      1,
    );
    expect(alerts(both)).toBe("! company 7: empty at 17:40Z  and 1 more");
  });

  test("a balance that is no number, or not there yet, is shown as it is and ends nowhere", () => {
    const state = answered(first, "cdr stats", stats({ id: "1" }, spending));
    expect(textOf(state)).toMatch(/company 7 +… +10\.00$/m);
    const odd = answered(state, "companies balance", [{ balanceamount: "n/a", currency: "\u001b[2J" }]);
    expect(textOf(odd)).toMatch(/company 7 +n\/a ␛\[2J +10\.00$/m);
    expect(textOf(odd)).not.toContain("!");
  });

  test("a route that nobody answered on has no length of calls", () => {
    const silent = answered(first, "cdr stats", stats({ id: "1", asr_pct: 0, acd_min: null }));
    expect(textOf(silent)).toMatch(/carrier 1 +100 +0 % +n\/a {2}486:30/);
  });

  test("an answer ratio that has surely fallen is an alert, one that may be chance is none", () => {
    const now = { id: "1", asr_pct: 10, asr_low_pct: 6, asr_high_pct: 17 };
    const state = answered(first, "cdr stats", stats(now, { id: "2", asr_pct: 45 }));
    const both = answered(state, "cdr stats", stats({ id: "1" }, { id: "2" }), 1);
    expect(textOf(both)).toContain("! carrier 1: ASR 10 %, 50 % the hour before");
    expect(textOf(both)).not.toContain("! carrier 2");
    expect(textOf(both)).toMatch(/carrier 2 +100 {2}45 % {3}-5 {2}2\.0 {2}486:30/);
    const few = answered(state, "cdr stats", stats({ id: "1", attempts: 19 }), 1);
    expect(textOf(few)).not.toContain("!");
  });

  test("a job of the profile that was not finished is an alert with what mends it", () => {
    const unfinished = { state: "unfinished", kind: "import", noun: "account" };
    const state = answered(short, "jobs list", [
      { ...unfinished, job: "j1", profile: "lab" },
      { ...unfinished, job: "j2", profile: "prod" },
    ]);
    expect(textOf(state)).toContain("! Unfinished: jobs resume j1");
    expect(textOf(state)).not.toContain("j2");
  });

  test("hides names under the mask", () => {
    expect(textOf({ ...short, cells: { mask: true, zone: "profile" } })).toContain("! c*** 7: empty");
  });

  test("says that it is a sample", () => {
    expect(textOf(answered(first, "cdr stats", stats({ id: "1", sampled_pct: 13.2 })))).toContain(
      "Last hour (of 13.2 % of it)",
    );
  });

  test("fits any room, with a beginning of everything", () => {
    const many = stats(...Array.from({ length: 60 }, (_, index) => ({ id: String(index) })), spending);
    const home = homeOf(answered(first, "cdr stats", many), 58);
    for (const rows of [1, 5, 10, 19, 80]) {
      const lines = fitSections(home?.sections ?? [], rows);
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const { text } of lines) expect(width(text)).toBeLessThanOrEqual(58);
    }
  });

  test("an error keeps what there was, with its age", () => {
    const query = homeQueries(short, registry)[0];
    if (!query) throw new Error("home wants nothing");
    const error = new SipnavError("network", "The platform does not answer.");
    const state = { ...putAnswer(short, query, { error }, nowMs + 90_000), nowMs: nowMs + 90_000 };
    expect(textOf(state)).toContain(
      "100 calls, ASR 50.0 %, ACD 2.0 min  1m  could not be refreshed: The platform",
    );
    expect(textOf(state)).toContain("company 7");
    expect(currentScreen(state).kind).toBe("menu");
  });
});

/** The real commands on a real platform, whose last hour has some calls. */
const openHome = (columns = 80, rows = 24) =>
  openPlatformStage({ stage: { columns, rows }, sandbox: { cdrs: 60_000 } });

describe("home on a platform", () => {
  test.each([
    [80, 24],
    [200, 50],
  ])("shows the menu at once, and figures beside it at %i×%i", async (columns, rows) => {
    const stage = await openHome(columns, rows);
    const { sandbox } = stage;
    expect(stage.text()).toContain("> 1  accounts");
    await stage.appears("Last hour:");
    await stage.appears("USD");
    expect(stage.text()).toContain("> 1  accounts");
    expect(stage.text()).toContain("Routes, worst first");
    expect(stage.text()).toContain("R routes   C spenders   J jobs");
    expect(stage.rows()).toHaveLength(rows);
    for (const row of stage.rows()) expect(width(row)).toBeLessThan(columns);
    expect(sandbox.requests().length).toBeLessThanOrEqual(10);
    await stage.press("j");
    if (columns === 80) expect(stage.rows().at(-2)).toContain("list, export");
    stage.send("q");
    await stage.ended;
  });

  test("keys open the routes and what was spent as lists of their own, in their orders, and another screen ends the asking", async () => {
    const stage = await openHome();
    await stage.appears("Last hour:");
    await stage.press("R");
    expect(stage.rows()[0]).toContain("cdr stats");
    await stage.appears("ASR %");
    expect(stage.rows().at(-2)).toMatch(/All \d+ calls from /);
    await stage.press("b", "C");
    await stage.appears("Revenue");
    const spent = stage.rows().flatMap((row) => / (\d+\.\d{4})(?: {2}|$)/.exec(row)?.[1] ?? []);
    expect(spent.length).toBeGreaterThan(2);
    expect(spent).toEqual(spent.toSorted((a, b) => Number(b) - Number(a)));
    stage.send("q");
    await stage.ended;
  });

  test.each([
    ["http500", "could not be refreshed: "],
    ["http429", "could not be refreshed: "],
    ["html", "could not be refreshed: "],
  ] as const)("with %s it says so and keeps its figures, until they come again", async (kind, said) => {
    const stage = await openHome();
    await stage.appears("Last hour:");
    stage.sandbox.failNext({ operation: "searchCdrs", kind, times: 50 });
    await stage.press("r");
    await stage.appears(said);
    expect(stage.text()).toContain("Routes, worst first");
    await stage.press("1");
    expect(stage.text()).toContain("List accounts");
    await stage.press("b");
    stage.sandbox.setFaults("");
    await stage.press("r");
    while (stage.rows()[1]?.includes("could not")) await stage.press("ctrl+l");
    expect(stage.rows()[1]).toContain("Last hour:");
    stage.send("q");
    await stage.ended;
  });

  test("a dead platform leaves the menu whole, and is asked again by itself", async () => {
    const stage = await openHome();
    await stage.sandbox.close();
    const dead = openStage({
      registry,
      time: {
        get nowMs() {
          return steadyNow();
        },
      },
      environment: { SIPNAV_BASE_URL: stage.sandbox.url, SIPNAV_TOKEN: stage.sandbox.token },
    });
    await dead.ready();
    await dead.appears("No figures");
    expect(dead.rows()[1]).toMatch(/No figures, again at \d\d:\d\dZ: Nothing listens at the platform's/);
    expect(dead.text()).toContain("list, export, show, create, update, import");
    for (const one of [stage, dead]) {
      one.send("q");
      await one.ended;
    }
  });

  test("a session that is revoked meanwhile is no figures, and a way in", async () => {
    const stage = await openHome();
    await stage.appears("Last hour:");
    await fetch(`${stage.sandbox.url}/api/logout`, {
      method: "POST",
      headers: { authorization: `Bearer ${stage.sandbox.token}`, accept: "application/json" },
    });
    await stage.press("r");
    await stage.appears("could not be refreshed: ");
    expect(stage.text()).toContain("Routes, worst first");
    stage.send("q");
    await stage.ended;
  });

  test.skipIf(!hasTmux).each([
    [80, 24],
    [200, 50],
  ])(
    "the program itself on a terminal of %i×%i: home, a number's page, and the terminal back",
    patient,
    async (columns, rows) => {
      const sandbox = await startSandbox({
        accounts: 60,
        carriers: 12,
        companies: 8,
        cdrs: 60_000,
        now: steadyNow,
      });
      onTestFinished(() => sandbox.close());
      const terminal = await openTerminal(columns, rows);
      await terminal.start(`SIPNAV_BASE_URL=${sandbox.url} SIPNAV_TOKEN=${sandbox.token}`, dist, steadyNow());
      expect(terminal.screen()).toContain("> 1  accounts");
      await terminal.appears("Last hour: ");
      await terminal.appears(" USD ");
      await terminal.appears("Routes, worst first");
      expect(terminal.screen().split("\n")).toHaveLength(rows);
      await terminal.press(":");
      await terminal.type("2125550100");
      await terminal.press("Enter");
      await terminal.appears("number +12125550100");
      await terminal.appears("Ported");
      await terminal.press("b");
      await terminal.appears("Routes, worst first");
      terminal.send("q");
      expect(await terminal.ended()).toBe(0);
      expect(terminal.restored()).toEqual(whole);
      expect(terminal.errors()).toBe("");
    },
  );

  test("without a session it says so in one line and asks for nothing more", async () => {
    const stage = openStage({ registry });
    await stage.ready();
    await stage.press("esc");
    await stage.appears("You are not logged in");
    expect(stage.text()).toContain("list, export, show, create, update, import");
    stage.send("q");
    await stage.ended;
  });
});
