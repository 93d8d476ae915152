import { describe, expect, test } from "vitest";
import { width } from "../../src/core/text.ts";
import { temporaryFolder } from "../host/desk.ts";
import { openStage } from "./stage.ts";

async function atList(columns: number, rows: number, home = temporaryFolder()) {
  const stage = openStage({ columns, rows, home });
  await stage.ready();
  await stage.press("1", "1", "enter");
  return stage;
}

describe("the record beside a list", () => {
  test("stands to the right from 120 columns on, follows the cursor, and asks the platform for nothing", async () => {
    const stage = await atList(120, 24);
    const from = stage.writes.length;
    await stage.press("d", "j");
    expect(stage.rows()[3]).toMatch(/^ {4}1 {2}Account 1 .*\| ID +2$/);
    expect(stage.text()).toMatch(/\| Account +Account 2$/m);
    await stage.press("j");
    expect(stage.text()).toMatch(/\| Account +Account 3$/m);
    for (const row of stage.rows()) expect(width(row)).toBeLessThan(120);
    expect(stage.writes.slice(from).join("")).not.toContain("Working");
    await stage.press("d");
    expect(stage.text()).not.toContain("| Account");
  });

  test("stands below from 30 rows on, and the list scrolls in what is left", async () => {
    const stage = await atList(80, 36);
    await stage.press("d");
    const border = stage.rows().findIndex((row) => /^-{79}$/.test(row));
    expect(stage.rows()[border + 1]).toMatch(/^ {2}ID +1$/);
    await stage.press("pagedown", "pagedown");
    const chosen = stage.rows().findIndex((row) => row.startsWith("> "));
    expect(chosen).toBeGreaterThan(2);
    expect(chosen).toBeLessThan(border);
  });

  test("a short list leaves its rows free above the record", async () => {
    const stage = await atList(80, 36);
    await stage.press("d", "/", ..."unt 499", "enter");
    const border = stage.rows().findIndex((row) => /^-{79}$/.test(row));
    expect(stage.rows()[border + 1]).toMatch(/^ {2}ID +499$/);
    expect(stage.rows()).toHaveLength(36);
  });

  test("where there is no room, d says so, and Enter opens the record as ever", async () => {
    const stage = await atList(80, 24);
    await stage.press("d");
    expect(stage.text()).toContain("from 120 columns or 30 rows on");
    await stage.press("enter");
    expect(stage.rows()[0]).toContain("accounts show");
  });

  test("is remembered, and a resize moves it", async () => {
    const home = temporaryFolder();
    const stage = await atList(120, 30, home);
    await stage.press("d");
    stage.resize(90, 30);
    await stage.press("j");
    expect(stage.text()).toMatch(/^-{89}$/m);
    stage.send("q");
    await stage.ended;
    const again = await atList(120, 30, home);
    expect(again.text()).toMatch(/\| ID +1$/m);
  });
});
