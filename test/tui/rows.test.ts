import { describe, expect, test } from "vitest";
import { cdr } from "../../src/domain/cdr.ts";
import { commands } from "./program.ts";
import { openStage } from "./stage.ts";

const calls = [{ cdr_id: "1", call_id: "a1@example", src_number: "12025550171", account_id: "7" }];
const callsInstead = commands.map((command) =>
  command.path.join(" ") === "accounts list"
    ? {
        ...command,
        parameters: {},
        run: async () => calls,
        view: () => [{ kind: "table", ...cdr, rows: calls } as const],
      }
    : command,
);

describe("a row that no command shows", () => {
  test("is shown whole as far as it is known, and leads to what it refers to", async () => {
    const stage = openStage({ registry: callsInstead });
    await stage.ready();
    await stage.press("1", "1");
    expect(stage.rows().at(-1)).toContain("o related");
    expect(stage.rows().at(-1)).not.toContain("actions");
    await stage.press("enter");
    expect(stage.rows()[0]).toContain("> record");
    expect(stage.text()).toMatch(/^ {2}Call-ID +a1@example$/m);
    await stage.press("o");
    expect(stage.text()).toMatch(/accounts show 7 /);
    await stage.press("b", "b");
    expect(stage.rows()[0]).toContain("> accounts list");
  });

  test("of the log is read to its end", async () => {
    const stage = openStage({ columns: 60 });
    await stage.ready();
    await stage.press("1", "1", "up", "up", "up", "1", "ctrl+s", "!", "enter");
    expect(stage.rows()[0]).toContain("Log > record");
  });
});

describe("help", () => {
  test("does on Enter what the key at the cursor does, on the screen that it is about", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "enter", "?", "/", ..."copy what");
    await stage.press("enter", "enter");
    expect(stage.rows()[0]).toMatch(/> accounts list /);
    expect(stage.said()).toContain("Copied: sipnav accounts list");
    await stage.press(
      "?",
      "/",
      ..."what this leads",
      "enter",
      "enter",
      "?",
      "/",
      ..."order",
      "enter",
      "enter",
    );
    expect(stage.rows()[0]).toContain("Columns");
    await stage.press("b", "b", "?", "G", "enter");
    expect(stage.text()).toContain("[ Run ]");
  });
});

describe("the footer of a result", () => {
  test("promises nothing that does nothing there, and the keys say so", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "enter");
    for (const hint of ["Enter choose", "a actions", "/ filter", "s sort"]) {
      expect(stage.rows().at(-1)).toContain(hint);
    }
    await stage.press("enter");
    expect(stage.rows()[0]).toContain("accounts show");
    expect(stage.rows().at(-1)).toContain("a actions");
    expect(stage.rows().at(-1)).not.toMatch(/filter|sort|choose/);
    await stage.press("/");
    expect(stage.said()).toContain("There are no rows here.");
    await stage.press("?");
    expect(stage.rows().at(-1)).not.toMatch(/actions|related/);
    await stage.press("a");
    expect(stage.said()).toContain("Nothing can be done with this.");
  });
});
