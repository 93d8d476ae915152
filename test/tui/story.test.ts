import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../../src/core/limits.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { hasTmux, openTerminal, whole } from "./tmux.ts";

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
    /** Keeps what is on the screen, and checks that it is whole. */
    frame(what: string) {
      const screen = terminal.screen();
      frames.push(`${what}\n${"=".repeat(columns)}\n${screen}\n${"=".repeat(columns)}\n`);
      const lines = screen.split("\n");
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(lines[0]).toContain("sipnav");
      return screen;
    },
    /** Chooses an entry of a menu by its name. */
    async choose(label: string) {
      const entry = new RegExp(`^[> ] (\\S)  ${label}\\b`, "m").exec(terminal.screen());
      if (!entry?.[1]) throw new Error(`There is no ${label} in:\n${terminal.screen()}`);
      await terminal.press(entry[1]);
    },
    /** Waits for a question and for the time in which it is deaf. */
    async asked(text: string) {
      await terminal.appears(text);
      await sleep(limits.dialogDeafMs + 50);
    },
  };
}

type Story = Awaited<ReturnType<typeof openStory>>;

async function logIn({ launchWhole, appears, send, tmux, until, show, sandbox }: Story) {
  launchWhole(`login --base-url ${sandbox.url} --username ${sandbox.username} --store file`);
  await appears("assword");
  tmux("send-keys", "-l", sandbox.password);
  send("Enter");
  await until("the menu", () => (show("#{pane_title}") === "idle 0" ? true : undefined));
}

/** From the menu to an account that was updated, and back to its list with the row chosen. */
async function changeAccount(story: Story) {
  await story.choose("accounts");
  await story.choose("list");
  story.frame("the form of the list");
  await story.press("NPage", "Enter");
  expect(story.frame("accounts")).toMatch(/^> +\d+ /m);
  await story.press("/");
  await story.type("enabled:yes");
  await story.press("Enter");
  expect(story.frame("filtered")).toContain("/enabled:yes");
  await story.press("s", "j", "Enter");
  expect(story.frame("sorted")).toMatch(/by account_name/);
  await story.press("j", "j", "j");
  const id = /^> +(\d+) /m.exec(story.screen())?.[1] ?? "none";
  await story.press("Enter");
  expect(story.frame("the record")).toContain(id);
  await story.press("a");
  story.frame("what can be done with it");
  await story.choose("accounts update");
  while (!/^> note/m.test(story.screen())) await story.press("Down");
  await story.press("C-u");
  await story.type("seen by the story");
  story.frame("the form of the update");
  await story.press("NPage");
  story.send("Enter");
  await story.asked("are off:");
  story.frame("writes are off");
  story.tmux("send-keys", "-l", "default");
  story.send("Enter");
  await story.asked("Cancel");
  expect(story.frame("before and after")).toContain("seen by the story");
  story.send("y");
  await story.appears("takes it back");
  story.frame("updated");
  return id;
}

describe.skipIf(!hasTmux)("the whole way on a real terminal", () => {
  test.each([
    [80, 24],
    [200, 50],
  ])("at %i×%i", { timeout: 180_000 }, async (columns, rows) => {
    const story = await openStory(columns, rows);
    await logIn(story);
    expect(story.frame("after the login")).toContain("accounts");
    const id = await changeAccount(story);
    while (!story.screen().includes("/enabled:yes")) {
      story.send("b");
      await sleep(300);
    }
    await story.appears(`> `);
    const list = story.frame("the list again");
    expect(list).toMatch(new RegExp(`^> +${id} `, "m"));
    expect(list).toContain("by account_name");
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
  while (!/sipnav {2}Menu {2,}/.test(story.screen())) {
    story.send("Escape");
    await sleep(300);
  }
  story.send("1");
  await story.appears("Menu > accounts");
  const entry = /^[> ] (\S) {2}import\b/m.exec(story.screen())?.[1] ?? "none";
  story.send(entry);
  await story.appears("[ Run ]");
  story.tmux("send-keys", "-l", story.sheet);
  await story.appears("new.csv");
  story.frame("the file of an import");
  story.send("NPage", "Enter");
  await story.appears("> Trunk");
  expect(story.frame("columns")).toMatch(/Mood .*not used/);
  story.send("j", "j", "j", "Enter");
  await story.appears("Field for Mood");
  story.frame("another field for a column");
  story.send("G", "Enter");
  await story.until("a note", () => (/^> Mood +note /m.test(story.screen()) ? true : undefined));
  expect(story.frame("the column is a note")).toContain("n 5 problems");
  story.send("n");
  await story.appears("leave them out");
  expect(story.frame("problems")).toContain("a whole number");
  story.send("n");
  await story.appears("n apply");
  expect(story.frame("the plan")).toMatch(/Create +295/);
  story.send("n");
  await story.asked("type 295 for yes");
  story.frame("the count is typed");
  story.tmux("send-keys", "-l", "295");
  story.send("Enter");
  await story.asked("Apply the other 294?");
  story.frame("the canary");
  story.send("y");
  await story.appears("rows, ");
  story.frame("progress");
  await story.appears("save what was not done");
  const report = story.frame("the report");
  expect(report).toMatch(/Done +295/);
  expect(report).toMatch(/Refused +5/);
  story.send("n");
  await story.appears("[ Run ]");
  story.send("Enter");
  await story.appears("import them again");
  expect(story.frame("rejects")).toMatch(/Rows +5/);
  const rejects = readFileSync(story.sheet.replace(".csv", ".rejects.csv"), "utf8");
  expect(rejects.trim().split("\n")).toHaveLength(6);
}
