import { describe, expect, test } from "vitest";
import { openPlatformStage, type PlatformStage } from "./platform.ts";

/** At the list of accounts. */
async function atList(given: Parameters<typeof openPlatformStage>[0] = {}) {
  const stage = await openPlatformStage(given);
  await stage.choose("accounts", "list");
  await stage.press("pagedown", "enter");
  await stage.press("j", "j");
  return stage;
}

const age = (stage: PlatformStage) => stage.rows()[1] ?? "";

describe("a list", () => {
  test.each(["http500", "http429", "reset", "cut"] as const)(
    "comes through one %s by itself",
    async (kind) => {
      const stage = await openPlatformStage();
      stage.sandbox.failNext({ operation: "listAccounts", kind });
      await stage.choose("accounts", "list");
      await stage.press("pagedown", "enter");
      expect(stage.text()).toMatch(/^> +\d+ /m);
    },
  );

  test("keeps its rows with their age while the platform fails, and is right again on r", async () => {
    const stage = await atList();
    const row = /^> +(\d+) .*$/m.exec(stage.text())?.[0] ?? "none";
    stage.pass(3_600_000);
    stage.sandbox.setFaults("http500:1");
    await stage.press("r");
    expect(age(stage)).toMatch(/1h {2}could not be refreshed: /);
    expect(stage.text()).toContain(row);
    stage.sandbox.setFaults("");
    await stage.press("r");
    expect(age(stage)).not.toContain("could not");
    expect(age(stage)).toMatch(/ \d+s/);
    expect(stage.text()).toContain(row);
  });

  test("says that the platform is dead, keeps what it had, and says more on the log", async () => {
    const stage = await atList();
    await stage.sandbox.close();
    await stage.press("r");
    expect(age(stage)).toMatch(/could not be refreshed: \S/);
    expect(stage.text()).toMatch(/^> +\d+ /m);
    await stage.press("!");
    expect(stage.text()).toContain("Nothing listens at the platform's address");
  });

  test("that is slow says so, and Esc leaves it without harm", async () => {
    const stage = await atList();
    stage.sandbox.failNext({ operation: "listAccounts", kind: "slow", delayMs: 60_000 });
    await stage.start("r");
    expect(stage.rows().at(-1)).toContain("Esc stops");
    expect(stage.text()).toMatch(/^> +\d+ /m);
    await stage.press("esc");
    expect(stage.text()).toMatch(/^> +\d+ /m);
    expect(age(stage)).not.toContain("could not");
    expect(stage.text()).toContain("interrupted");
    await stage.press("r");
    expect(age(stage)).not.toContain("could not");
  });
});

describe("a record", () => {
  test("that can't be had says why in whole sentences, and is there when it is asked for again", async () => {
    const stage = await atList();
    stage.sandbox.setFaults("http500:1");
    await stage.press("enter");
    expect(stage.rows()[0]).toContain("failed");
    expect(stage.text()).toContain("Request id: ");
    stage.sandbox.setFaults("");
    await stage.press("esc", "enter");
    expect(stage.rows()[0]).not.toContain("failed");
    expect(stage.text()).toContain("Account");
  });

  test("that is gone says so", async () => {
    const stage = await openPlatformStage();
    await stage.choose("accounts", "show");
    await stage.press(..."999999", "enter", "pagedown", "enter");
    expect(stage.text()).toMatch(/999999/);
    expect(stage.rows()[0]).toContain("failed");
  });
});

describe("a write", () => {
  /** At the form of an account's update, with another note. */
  async function atUpdate() {
    const stage = await atList();
    await stage.arm();
    await stage.press("a");
    await stage.choose("accounts update");
    while (!/^> note/m.test(stage.text())) await stage.press("down");
    await stage.paste("seen");
    await stage.press("pagedown");
    return stage;
  }

  test("that the platform refuses leaves the form as it was filled in", async () => {
    const stage = await atUpdate();
    stage.sandbox.setFaults("http503:1");
    stage.send("enter");
    await stage.appears("failed");
    expect(stage.text()).toContain("503");
    stage.sandbox.setFaults("");
    await stage.press("esc");
    expect(stage.text()).toMatch(/^ {2}note +.*seen/m);
  });

  test("whose answer is lost says that it may have happened", async () => {
    const stage = await openPlatformStage();
    await stage.arm();
    await stage.choose("accounts", "create");
    await stage.paste("Lost one");
    await stage.press("down");
    await stage.paste("2001");
    await stage.press("pagedown");
    stage.sandbox.failNext({ operation: "createAccount", kind: "lost" });
    stage.send("enter");
    await stage.asked("Create an account?");
    await stage.press("y");
    expect(stage.text()).toContain("it may have happened");
  });
});

describe("an import", () => {
  const sheet = ["account_name,customer_id", ...Array.from({ length: 20 }, (_, n) => `New ${n},2001`)];

  /** At the columns of a sheet, with writes on. */
  async function atColumns() {
    const stage = await openPlatformStage();
    await stage.arm();
    await stage.choose("accounts", "import");
    await stage.paste(stage.writeSheet("new.csv", sheet));
    await stage.press("pagedown", "enter");
    return stage;
  }

  async function begin(stage: PlatformStage) {
    stage.send("n");
    await stage.asked("type 20 for yes");
    for (const character of "20") stage.send(character);
    stage.send("enter");
    await stage.asked("Apply the other 19?");
  }

  const made = async (stage: PlatformStage) =>
    (await stage.table("accounts")).filter(({ account_name }) => /^New \d/.test(String(account_name))).length;

  test("looks at its sheet without the platform, and plans when that is back", async () => {
    const stage = await atColumns();
    expect(stage.rows().at(-1)).toContain("n plan");
    stage.sandbox.setFaults("http500:1");
    await stage.press("n");
    expect(stage.rows()[0]).toContain("import failed");
    expect(stage.text()).toContain("500");
    stage.sandbox.setFaults("");
    await stage.press("esc", "n");
    expect(stage.text()).toMatch(/Create +20/);
  });

  test("comes through answers that fail, by itself, with every row made once", {
    timeout: 180_000,
  }, async () => {
    const stage = await atColumns();
    await stage.press("n");
    await begin(stage);
    stage.sandbox.failNext({ operation: "createAccount", kind: "http503" });
    stage.sandbox.failNext({ operation: "createAccount", kind: "lost" });
    await stage.press("y");
    expect(stage.text()).toMatch(/Done +20/);
    expect(await made(stage)).toBe(20);
  });

  test("whose token ends says so, keeps its job, and nothing is sent twice", async () => {
    const stage = await atColumns();
    await stage.press("n");
    await begin(stage);
    await fetch(`${stage.sandbox.url}/api/logout`, {
      method: "POST",
      headers: { authorization: `Bearer ${stage.sandbox.token}` },
    });
    await stage.press("y");
    expect(stage.text()).toContain("Go on with: sipnav jobs resume");
    expect(stage.rows().at(-1)).toContain("n go on");
    expect(await made(stage)).toBe(1);
  });
});
