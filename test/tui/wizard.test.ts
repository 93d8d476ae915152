import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openPlatformStage, type PlatformStage } from "./platform.ts";

const header = "Trunk;Customer number;Max channels;Mood;Remarks";
const rows = Array.from({ length: 30 }, (_, index) => `New ${index};2001;${index + 1};good;row ${index}`);

/** The rows with some of them changed. */
const sheetRows = (changes: Readonly<Record<number, string>> = {}) => [
  header,
  ...rows.map((row, index) => changes[index] ?? row),
];

const twoWrong = sheetRows({ 7: "New 7;x7;1;;", 19: "New 19;2001;many;;" });

/** At the columns of a sheet. */
async function inspect(lines: readonly string[], name = "new.csv") {
  const stage = await openPlatformStage();
  const path = stage.writeSheet(name, lines);
  await stage.choose("accounts", "import");
  await stage.paste(path);
  await stage.press("pagedown", "enter");
  return { ...stage, path };
}

/** From a plan to the report: the count is typed, the canary is answered. */
async function apply(stage: PlatformStage, count: number, canary = "y") {
  await stage.arm();
  stage.send("n");
  await stage.asked(`type ${count} for yes`);
  for (const character of String(count)) stage.send(character);
  stage.send("enter");
  await stage.asked(`Apply the other ${count - 1}?`);
  await stage.press(canary);
}

const made = async (stage: PlatformStage) =>
  (await stage.table("accounts"))
    .map(({ account_name }) => String(account_name))
    .filter((name) => /^New \d/.test(name));

describe("the import wizard", () => {
  test("goes from the file over columns, problems, plan and canary to the report and its rejects", async () => {
    const stage = await inspect(twoWrong);
    expect(stage.text()).toMatch(/^> Trunk +account_name /m);
    expect(stage.text()).toMatch(/^ {2}Mood +good +not used/m);
    expect(stage.rows().at(-1)).toContain("n 2 problems");
    await stage.press("n");
    expect(stage.text()).toMatch(/^> +9 {2}Customer number {2}x7 +an id is digits only/m);
    expect(stage.text()).toMatch(/^ {4}21 {2}Max channels +many +a whole number/m);
    await stage.press("/", ..."many", "enter");
    expect(stage.text()).not.toContain("x7");
    await stage.press("esc", "n");
    expect(stage.text()).toMatch(/Create +28/);
    expect(stage.text()).toMatch(/Refused +2/);
    expect(stage.sandbox.requests().filter(({ method }) => method === "POST")).toEqual([]);
    await apply(stage, 28);
    expect(stage.rows()[0]).toContain("done in part");
    expect(stage.text()).toMatch(/Done +28/);
    expect(stage.text()).toMatch(/21 {2}New 19, 2001 +refused +refused +validation/);
    expect(await made(stage)).toHaveLength(28);
    await stage.press("n");
    const rejects = stage.path.replace(".csv", ".rejects.csv");
    expect(stage.text()).toContain("[ Run ]");
    await stage.press("enter");
    expect(stage.text()).toMatch(/Rows +2\n/);
    expect(readFileSync(rejects, "utf8").split("\n")).toHaveLength(4);
    await stage.press("n", "pagedown", "enter");
    expect(stage.text()).toMatch(/File +new\.rejects\.csv/);
    expect(stage.text()).toMatch(/error_code +validation +why it was rejected/);
  });

  test("a column is given to another field, and a sheet that lacks one can't be planned", async () => {
    const stage = await inspect(sheetRows());
    expect(stage.rows().at(-1)).toContain("n plan");
    await stage.press("j", "j", "j", "enter");
    expect(stage.rows()[0]).toContain("Field for Mood");
    expect(stage.text()).toMatch(/Account {2}\(account_name, text, required, now Trunk\)/);
    await stage.press("G", "enter");
    expect(stage.rows().at(-1)).toContain("n plan");
    expect(stage.text()).toMatch(/^> Mood +note +Note +good/m);
    expect(stage.text()).toMatch(/^ {2}Remarks +row 0, row 1.* +not used/m);
    await stage.press("k", "k", "k", "enter", "g", "enter");
    expect(stage.text()).toMatch(/^> Trunk +New 0, New 1.* +not used/m);
    expect(stage.text()).toMatch(/account_name +no column/);
    await stage.press("n");
    expect(stage.text()).toContain("The columns must be right first");
    await stage.press("G", "enter");
    expect(stage.rows()[0]).toContain("Column for account_name");
    await stage.press("enter");
    expect(stage.text()).toMatch(/^ {2}Trunk +account_name/m);
    await stage.press("n");
    expect(stage.text()).toMatch(/Create +30/);
  });

  test("a file that is mended is read again, and goes on without its problems", async () => {
    const stage = await inspect(sheetRows({ 7: "New 7;x7;1;;" }));
    expect(stage.rows().at(-1)).toMatch(/n 1 problem {3}/);
    await stage.press("n");
    expect(stage.rows().at(-1)).toContain("leave them out");
    stage.writeSheet("new.csv", sheetRows());
    await stage.press("r");
    expect(stage.text()).toContain("Nothing found.");
    expect(stage.rows().at(-1)).toContain("n plan");
    await stage.press("n");
    expect(stage.text()).toMatch(/Create +30/);
  });

  test("an answer of no after the canary leaves a job, and the screen goes on with it", async () => {
    const stage = await inspect(sheetRows());
    await stage.press("n");
    await apply(stage, 30, "enter");
    expect(stage.rows()[0]).toContain("stopped");
    expect(stage.text()).toContain("29 rows are left. Go on with: sipnav jobs resume");
    expect(await made(stage)).toHaveLength(1);
    expect(stage.rows().at(-1)).toContain("n go on");
    await stage.press("n", "enter");
    expect(stage.text()).toMatch(/Done +30/);
    expect(await made(stage)).toHaveLength(30);
  });

  test("a plan is not applied when the count is not typed, and stays on the screen", async () => {
    const stage = await inspect(sheetRows());
    await stage.press("n");
    await stage.arm();
    stage.send("n");
    await stage.asked("type 30 for yes");
    await stage.press("esc");
    expect(stage.text()).toMatch(/Create +30/);
    expect(await made(stage)).toEqual([]);
    expect(readdirSync(`${stage.home}/state/jobs`)).toEqual([]);
  });

  test("a file that is none is told of at the form", async () => {
    const stage = await openPlatformStage();
    await stage.choose("accounts", "import");
    await stage.press("pagedown", "enter");
    expect(stage.text()).toMatch(/^> file.*! is needed/m);
    await stage.paste("/nowhere/none.csv");
    await stage.press("pagedown", "enter");
    expect(stage.text()).toContain("/nowhere/none.csv");
    await stage.press("esc");
    expect(stage.text()).toContain("/nowhere/none.csv");
  });
});

describe("jobs", () => {
  test("are listed, shown, and taken back from the screen", async () => {
    const stage = await inspect(sheetRows());
    await stage.press("n");
    await apply(stage, 30);
    expect(stage.text()).toMatch(/Done +30/);
    expect(stage.text()).toContain("No row was refused, and none failed.");
    expect(stage.text()).not.toContain("Nothing found.");
    await stage.press("a");
    expect(stage.text()).toContain("jobs undo");
    expect(stage.text()).toContain("jobs rejects");
    await stage.choose("jobs undo");
    stage.send("pagedown");
    stage.send("enter");
    await stage.asked("type 30 for yes");
    for (const character of "30") stage.send(character);
    await stage.press("enter");
    expect(stage.text()).toMatch(/Update +30/);
    expect(stage.text()).toMatch(/Done +30/);
    const enabled = (await stage.table("accounts")).filter(({ account_name }) =>
      /^New \d/.test(String(account_name)),
    );
    expect(enabled.every((account) => account.enabled === 0)).toBe(true);
  });
});
