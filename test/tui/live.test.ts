import { describe, expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { account } from "../../src/domain/account.ts";
import type { Row } from "../../src/domain/noun.ts";
import { dueAtMs, putAnswer } from "../../src/tui/model/answers.ts";
import { finishRun } from "../../src/tui/model/finish.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { adoptLive } from "../../src/tui/model/live.ts";
import { reduceKey } from "../../src/tui/model/reduce.ts";
import { viewSheet } from "../../src/tui/model/sheet.ts";
import { currentScreen, type State } from "../../src/tui/model/state.ts";
import { statusOf } from "../../src/tui/model/status.ts";
import { wantsOf } from "../../src/tui/model/wants.ts";
import { commands } from "./program.ts";
import { openStage } from "./stage.ts";

const [command] = commands;
const table = (rows: readonly Row[]) =>
  ({ kind: "table", fields: account.fields, rows, idField: account.idField }) as const;
const row = (id: string, channels: number) => ({
  account_id: id,
  account_name: `A${id}`,
  channels_limit: channels,
});
const atMs = 1_000_000;

function press(state: State, chord: string, nowMs = state.nowMs): State {
  const text = chord.length === 1 ? chord : "";
  return reduceKey(state, { chord, text }, commands, nowMs).state;
}

/** What the loader is asked for. */
const wanted = (state: State) => wantsOf(state, commands);

/** A live list of three rows, the cursor on the second. */
function liveList(): State {
  if (!command) throw new Error("no command");
  const first = { ...firstState(commands, bindings, { columns: 120, rows: 20 }, atMs), profile: "lab" };
  const outcome = { blocks: [table([row("1", 10), row("2", 20), row("3", 30)])] };
  const shown = finishRun(first, { command, raw: {}, shown: [], outcome, inverse: undefined, nowMs: atMs });
  return press(press(shown, "j"), "p");
}

function sheetOf(state: State) {
  const screen = currentScreen(state);
  if (screen.kind !== "sheet") throw new Error("no sheet");
  return { screen, ...viewSheet(screen.sheet, screen.window, 10) };
}

describe("a live list", () => {
  const state = liveList();
  const [query] = wanted(state);
  if (!query) throw new Error("nothing is wanted");

  test("takes new rows as they come, with the cursor on its row and arrows at changed numbers", () => {
    const rows = [row("9", 1), row("1", 10), row("2", 21), row("3", 29)];
    const fresh = adoptLive(putAnswer(state, query, { blocks: [table(rows)], notices: [] }, atMs + 10_000));
    const { screen, lines } = sheetOf(fresh);
    expect(screen.window.cursor).toBe(2);
    expect(lines[2]).toMatch(/A2 .*21↑$/);
    expect(lines[3]).toMatch(/29↓$/);
    expect(lines[1]).toMatch(/10$/);
    expect(statusOf(screen, fresh)).toContain("0s  live every 10s");
    expect(adoptLive(fresh)).toBe(fresh);
  });

  test("keeps its rows when it cannot be loaded, says why, and waits as long as the platform asks", () => {
    const error = new SipnavError("rate_limited", "Too many requests.", { retryAfterS: 40 });
    const failed = adoptLive(putAnswer(state, query, { error }, atMs + 10_000));
    const { screen, lines } = sheetOf(failed);
    expect(lines).toHaveLength(3);
    expect(statusOf(screen, failed)).toMatch(/10s .*could not be refreshed: Too many requests\.$/);
    const [answer] = failed.answers.values();
    expect(dueAtMs(query, answer)).toBeGreaterThanOrEqual(atMs + 50_000);
    const mended = putAnswer(failed, query, { blocks: [table([row("1", 1)])], notices: [] }, atMs + 60_000);
    expect(sheetOf(adoptLive(mended)).screen.problem).toBe("");
  });

  test("rests behind a form, a question, and when nobody has been here for five minutes", () => {
    expect(wanted(press(state, "?"))).toEqual([]);
    expect(wanted(press(state, "p"))).toEqual([]);
    const late = { ...state, nowMs: atMs + 300_000 };
    expect(wanted(late)).toEqual([]);
    expect(statusOf(sheetOf(late).screen, late)).toContain("live, paused");
    expect(wanted(press(late, "k", late.nowMs))).toHaveLength(1);
  });

  test("a long one is loaded less often", () => {
    const many = table(Array.from({ length: 5000 }, (_, index) => row(String(index), 1)));
    const grown = adoptLive(putAnswer(state, query, { blocks: [many], notices: [] }, atMs + 10_000));
    expect(wanted(grown)[0]?.freshMs).toBe(50_000);
  });

  test("is turned on by p, and what cannot be loaded again says so", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "enter", "p");
    expect(stage.rows()[1]).toContain("live every 10s");
    await stage.press("!", "p");
    expect(stage.text()).toContain("cannot be loaded again by itself");
  });
});
