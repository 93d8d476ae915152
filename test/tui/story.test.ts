import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../../src/core/limits.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { hasTmux, openTerminal, patient, whole } from "./tmux.ts";

/** A folder to keep every frame of the story in, as text. */
const frameFolder = process.env.SIPNAV_STORY;

/** 300 new accounts, five of which can't be. */
function sheetRows(): string[] {
  const wrong: Readonly<Record<number, string>> = {
    17: "Story 17;x17;4;",
    80: "Story 80;2001;many;",
    150: ";2001;4;",
    222: "Story 222;4.47E+11;4;",
    299: "Story 1;2001;4;",
  };
  const rows = Array.from(
    { length: 300 },
    (_, n) => wrong[n + 1] ?? `Story ${n + 1};2001;${(n % 50) + 1};good`,
  );
  return ["Trunk;Customer number;Max channels;Mood", ...rows];
}

async function openStory(columns: number, rows: number) {
  const sandbox = await startSandbox({ accounts: 120, carriers: 20, companies: 10, cdrs: 5_000 });
  onTestFinished(() => sandbox.close());
  const terminal = await openTerminal(columns, rows);
  const frames: string[] = [];
  onTestFinished(() => {
    if (!frameFolder) return;
    mkdirSync(frameFolder, { recursive: true });
    writeFileSync(join(frameFolder, `${columns}x${rows}.txt`), frames.join("\n"));
  });
  const sheet = join(terminal.folder, "new.csv");
  writeFileSync(sheet, `${sheetRows().join("\n")}\n`);
  return {
    ...terminal,
    sandbox,
    sheet,
    /** Waits until the screen is whole and shows all of this, and keeps it. */
    async frame(what: string, ...expected: RegExp[]) {
      const screen = await terminal.until(`${what}: ${expected.join(" ")}`, () => {
        const shown = terminal.screen();
        return /^ sipnav /.test(shown) && expected.every((text) => text.test(shown)) ? shown : undefined;
      });
      frames.push(`${what}\n${"=".repeat(columns)}\n${screen}\n${"=".repeat(columns)}\n`);
      expect(screen.split("\n").length).toBeLessThanOrEqual(rows);
      return screen;
    },
    /** Waits for a question and for the time in which it is deaf. */
    async asked(text: string) {
      await terminal.appears(text);
      await sleep(limits.dialogDeafMs + 50);
    },
  };
}

type Story = Awaited<ReturnType<typeof openStory>>;

async function logIn({ launchWhole, appears, tmux, until, show, sandbox }: Story) {
  launchWhole(`login --base-url ${sandbox.url} --username ${sandbox.username} --store file`);
  await appears("assword");
  tmux("send-keys", "-l", sandbox.password);
  tmux("send-keys", "Enter");
  await until("the menu", () => (show("#{pane_title}") === "idle 0" ? true : undefined));
}

/** From the menu to an account that was updated. */
async function changeAccount(story: Story) {
  await story.choose("accounts");
  await story.choose("list");
  await story.frame("the form of the list", /\[ Run \]/);
  await story.press("NPage", "Enter");
  await story.frame("accounts", /^> +\d+ /m);
  await story.press("/");
  await story.type("enabled:yes");
  await story.press("Enter");
  await story.frame("filtered", /\/enabled:yes/);
  await story.press("s", "j", "Enter");
  await story.frame("sorted", /by account_name/);
  await story.press("j", "j", "j");
  const id = /^> +(\d+) /m.exec(story.screen())?.[1] ?? "none";
  await story.press("Enter");
  await story.frame("the record", new RegExp(`ID +${id}`));
  await story.press("a");
  await story.frame("what can be done with it", /accounts update/);
  await story.choose("accounts update");
  while (!/^> note/m.test(story.screen())) await story.press("Down");
  await story.press("C-u");
  await story.type("seen by the story");
  await story.frame("the form of the update", /seen by the story/);
  await story.press("NPage");
  story.send("Enter");
  await story.frame("writes are off", /are off:/, /Enter answer/);
  story.write("default");
  story.send("Enter");
  await story.asked("Cancel ]");
  await story.frame("before and after", /→ seen by the story/);
  await story.press("y");
  await story.frame("updated", /u takes it back/);
  return id;
}

describe.skipIf(!hasTmux)("the whole way on a real terminal", patient, () => {
  test.each([
    [80, 24],
    [200, 50],
  ])("at %i×%i", async (columns, rows) => {
    const story = await openStory(columns, rows);
    await logIn(story);
    await story.frame("after the login", /accounts/);
    const id = await changeAccount(story);
    while (!story.screen().includes("/enabled:yes")) await story.press("b");
    await story.frame("the list again", new RegExp(`^> +${id} `, "m"), /by account_name/);
    const table = await fetch(`${story.sandbox.url}/__sandbox/tables/accounts`);
    const changed = ((await table.json()) as Record<string, unknown>[]).filter(
      ({ note }) => note === "seen by the story",
    );
    expect(changed.map(({ account_id }) => String(account_id))).toEqual([id]);
    await importSheet(story);
    story.send("q");
    expect(await story.ended()).toBe(0);
    expect(story.restored()).toEqual(whole);
  });
});

/** From wherever it is to the rejects of an import. */
async function importSheet(story: Story) {
  while (!/sipnav {2}Menu {2,}/.test(story.screen())) await story.press("Escape");
  await story.choose("accounts");
  await story.choose("import");
  await story.type(story.sheet);
  await story.frame("the file of an import", /new\.csv/);
  await story.press("NPage", "Enter");
  await story.frame("columns", /^> Trunk/m, /Mood .*not used/);
  await story.press("j", "j", "j", "Enter");
  await story.frame("another field for a column", /Field for Mood/);
  await story.press("G", "Enter");
  await story.frame("the column is a note", /^> Mood +note /m, /n 5 problems/);
  await story.press("n");
  await story.frame("problems", /a whole number/, /n leave them out/);
  await story.press("n");
  await story.frame("the plan", /Create +295/, /n apply/);
  story.send("n");
  await story.frame("the count is typed", /type 295 for yes/);
  story.write("295");
  story.send("Enter");
  await story.asked("Apply the other 294?");
  await story.frame("the canary", /Apply the other 294\?/);
  story.send("y");
  await story.frame("progress", /of 295 rows, /);
  await story.frame("the report", /Done +295/, /Refused +5/, /n save what was not done/);
  await story.press("n");
  await story.press("Enter");
  await story.frame("rejects", /Rows +5/, /n import them again/);
  const rejects = readFileSync(story.sheet.replace(".csv", ".rejects.csv"), "utf8");
  expect(rejects.trim().split("\n")).toHaveLength(6);
}
