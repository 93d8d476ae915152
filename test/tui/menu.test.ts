import { describe, expect, test } from "vitest";
import { defineCommand } from "../../src/commands/define.ts";
import { width } from "../../src/core/text.ts";
import { id } from "../../src/domain/kinds.ts";
import { commands } from "./program.ts";
import { openStage } from "./stage.ts";

describe("the menu", () => {
  test("leads from the registry to a list, a record, its actions, and back", async () => {
    const stage = openStage();
    await stage.ready();
    expect(stage.text()).toMatch(/Platform\n> 1 {2}accounts +list, show, disable, update/);
    await stage.press("1");
    expect(stage.text()).toContain("> 1  list     List accounts");
    await stage.press("1");
    expect(stage.text()).toMatch(/limit +number, default 500/);
    await stage.press("enter");
    expect(stage.text()).toContain("1/500");
    expect(stage.text()).toMatch(/^> +1 {2}Account 1 /m);
    await stage.press("j", "down");
    expect(stage.text()).toMatch(/^> +3 {2}Account 3 /m);
    await stage.press("enter");
    expect(stage.text()).toMatch(/^ {2}Account +Account 3$/m);
    expect(stage.rows()[0]).toContain("accounts show 3");
    await stage.press("a");
    expect(stage.text()).toMatch(/accounts disable +Disable an account/);
    await stage.press("b", "b");
    expect(stage.text()).toMatch(/^> +3 {2}Account 3 /m);
    await stage.press("esc", "b", "h");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu +default/);
    await stage.press("esc");
    expect(stage.rows()[0]).toMatch(/sipnav {2}Menu +default/);
    stage.send("q");
    expect(await stage.ended).toBe(0);
  });

  test("goes to the end and the beginning of a list, and by pages", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "enter", "G");
    expect(stage.text()).toMatch(/^> +500 {2}Account 500/m);
    await stage.press("g", "pagedown");
    expect(stage.text()).toContain("19/500");
    expect(stage.text()).toMatch(/^> +19 {2}Account 19/m);
  });

  test("a command added to the registry is there, with nothing else changed", async () => {
    const added = defineCommand({
      path: ["accounts", "ping"],
      summary: "Ping an account",
      group: "platform",
      effect: "read",
      session: false,
      parameters: {
        id: { kind: id, summary: "Which", positional: true, required: true, refersTo: "account" },
      },
      examples: [],
      run: async (_, values) => values.id,
      view: (pinged) => [{ kind: "note", text: `Pinged ${pinged}.` }],
    });
    const stage = openStage({ registry: [...commands, added] });
    await stage.ready();
    await stage.press("1", "1", "enter", "a");
    expect(stage.text()).toContain("accounts ping");
    await stage.press("4");
    expect(stage.text()).toContain("Pinged 1.");
  });

  test("help lists the keys of the screen it was asked on", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("?");
    expect(stage.text()).toMatch(/b, esc +Back/);
    expect(stage.text()).not.toContain("The next choice of a field");
  });
});

describe("a form", () => {
  test("asks one by one, says what is wrong beside the field, and runs", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "2", "-", "1", "enter");
    expect(stage.text()).toMatch(/id\* +-1 +! an id is digits only/);
    await stage.press("enter");
    expect(stage.text()).toMatch(/> id\* +-1_/);
    await stage.press("backspace", "backspace", "1", "2", "enter", "enter");
    expect(stage.text()).toMatch(/^ {2}Account +Account 12$/m);
  });

  test("that is left with something typed says how it is come back to, and has it then", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "2", "4", "esc");
    expect(stage.text()).toContain("1  list");
    expect(stage.rows().at(-2)).toContain("What was typed is kept");
    await stage.press("-");
    expect(stage.text()).toMatch(/> id\* +4_/);
    await stage.press("backspace", "esc");
    expect(stage.rows().at(-2)).not.toContain("kept");
  });

  test("chooses among the words of a choice and switches a switch", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "up", "right", "up", "right");
    expect(stage.text()).toContain("< on >");
    expect(stage.text()).toMatch(/all +yes/);
    await stage.press("right", "right");
    expect(stage.text()).toContain("<  >");
  });

  test("an error of the command is shown with what mends it", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "2", "9", "9", "9", "enter", "enter");
    expect(stage.text()).toContain("There is no account 999.");
    expect(stage.text()).toContain("accounts list");
    expect(stage.rows()[0]).toContain("accounts show 999 failed");
  });

  test("shows a text whole where the row has room for it, in place of its hint", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("2", ..."a user whose name goes on and on and never ends here");
    expect(stage.text()).toMatch(/^> user\S* +a user whose name goes on and on and never ends here_/m);
    await stage.press(..." and is longer than that");
    expect(stage.text()).toMatch(/^> user\S* +….* longer than that_/m);
    expect(stage.rows().every((row) => row.length <= 80)).toBe(true);
  });

  test("what a command says besides its result stands above the footer until the next key", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "up", "up", "up", "5", "down", "down", "down", "enter");
    expect(stage.rows().at(-2)).toContain("Only 5 rows are shown.");
    await stage.press("j");
    expect(stage.rows().at(-2)).not.toContain("Only");
  });
});

describe("a question", () => {
  const asker = defineCommand({
    path: ["ask"],
    summary: "Ask before going on",
    group: "tools",
    effect: "read",
    session: false,
    parameters: {},
    examples: [],
    async run({ face }) {
      await face.ask.confirm("Go on?", "--yes");
      return "It went on.";
    },
    view: (said) => [{ kind: "note", text: said }],
  });

  async function atQuestion() {
    const stage = openStage({ registry: [asker] });
    await stage.ready();
    await stage.start("enter");
    await stage.appears("Go on?");
    return stage;
  }

  test("stands on Cancel", async () => {
    const stage = await atQuestion();
    expect(stage.text()).toMatch(/> \[ Cancel \] +y: yes/);
    stage.time.nowMs += 1000;
    await stage.press("enter");
    expect(stage.text()).not.toContain("It went on.");
    expect(stage.rows().at(-2)).toContain("Nothing was answered");
  });

  test("is deaf for its first moments, and is answered by its own key then", async () => {
    const stage = await atQuestion();
    stage.time.nowMs += 299;
    await stage.start("y");
    expect(stage.text()).toContain("Go on?");
    stage.time.nowMs += 1;
    await stage.press("y");
    expect(stage.text()).toContain("It went on.");
  });

  test("before what cannot be undone wants the id typed", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.arm();
    await stage.press("1", "3", "7", "enter");
    await stage.start("enter");
    await stage.appears("ccounts disable 7");
    expect(stage.text()).toContain("> type 7 for yes: _");
    await stage.start("8");
    await stage.start("enter");
    expect(stage.rows().at(-2)).toContain("That is not 7.");
    await stage.start("backspace");
    await stage.start("7");
    await stage.press("enter");
    expect(stage.text()).toContain("Account 7 is disabled.");
  });

  test("that cannot be undone is left by an empty answer and by Esc", async () => {
    for (const chord of ["enter", "esc"]) {
      const stage = openStage();
      await stage.ready();
      await stage.arm();
      await stage.press("1", "3", "7", "enter");
      await stage.start("enter");
      await stage.appears("ccounts disable 7");
      await stage.press(chord);
      expect(stage.text()).not.toContain("is disabled");
    }
  });

  test("for a secret shows stars", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("2", "a", "d", "a", "enter");
    await stage.start("enter");
    await stage.appears("Password");
    await stage.start("\u001b[200~hush\u001b[201~");
    expect(stage.text()).toContain("> ****_");
    await stage.press("enter");
    expect(stage.text()).toContain("ada has a password of 4 characters.");
    expect(stage.writes.join("")).not.toContain("hush");
  });
});

describe("a running command", () => {
  test("says so, and Ctrl-C cancels it and not the menu", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.start("3");
    expect(stage.rows().at(-1)).toContain("Working… Esc stops");
    await stage.start("q");
    await stage.press("ctrl+c");
    expect(stage.rows().at(-2)).toContain("Cancelled.");
    stage.send("ctrl+c");
    expect(await stage.ended).toBe(130);
  });

  test("shows what it has so far, and all of it at its end", async () => {
    const talker = defineCommand({
      path: ["talk"],
      summary: "Talk while working",
      group: "tools",
      effect: "read",
      session: false,
      parameters: {},
      examples: [],
      async run({ host, face }) {
        await face.emit("so far");
        await host.clock.sleep(60_000, host.signal);
        return "the end";
      },
      view: (said) => [{ kind: "note", text: String(said) }],
    });
    const stage = openStage({ registry: [...commands, talker] });
    await stage.ready();
    await stage.start("5");
    await stage.appears("so far");
    await stage.press("ctrl+c");
    expect(stage.text()).toMatch(/so far\n\n {2}the end/);
  });

  test("is given no standard input: the keyboard is the menu's", async () => {
    const reader = defineCommand({
      path: ["read"],
      summary: "Read standard input",
      group: "tools",
      effect: "read",
      session: false,
      parameters: {},
      examples: [],
      run: ({ host }) => host.terminal.input.readAll(),
      view: (text) => [{ kind: "note", text }],
    });
    const stage = openStage({ registry: [reader] });
    await stage.ready();
    await stage.press("1");
    expect(stage.text()).toContain("Standard input is the keyboard here.");
  });
});

describe("the frame", () => {
  test("hostile names are made visible and break no row", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "enter");
    const written = stage.writes.join("");
    expect(stage.text()).toContain("␛[2J␛[31mred␇");
    expect(stage.text()).toContain("<U+202E>");
    expect(stage.text()).toContain("two␊lines␉and␉tabs");
    expect(written).not.toMatch(/\u202e|\u0007red/);
    for (const row of stage.rows()) expect(width(row)).toBeLessThan(80);
    expect(stage.rows()).toHaveLength(24);
  });

  test.each([
    [40, 10],
    [80, 24],
    [120, 40],
    [200, 60],
  ])("fills %i×%i and no more on every screen", async (columns, rows) => {
    const stage = openStage({ columns, rows });
    await stage.ready();
    for (const chord of ["1", "1", "enter", "G", "enter", "a", "?"]) {
      await stage.press(chord);
      expect(stage.rows()).toHaveLength(rows);
      for (const row of stage.rows()) expect(width(row)).toBeLessThan(columns);
      expect(stage.rows()[0]).toContain("sipnav");
      expect(stage.rows().at(-1)).toMatch(/(Enter choose|b back) {3}/);
    }
  });

  test("a key that does not scroll writes little", async () => {
    const stage = openStage({ columns: 120, rows: 45 });
    await stage.ready();
    await stage.press("1", "1", "enter");
    stage.writes.length = 0;
    await stage.press("j");
    expect(Buffer.byteLength(stage.writes.join(""))).toBeLessThanOrEqual(600);
  });

  test("Ctrl-L paints the whole screen again", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("j");
    stage.writes.length = 0;
    await stage.press("ctrl+l");
    expect(stage.writes.join("")).toContain("\u001b[2J");
    expect(stage.text()).toContain("> 2  login");
  });

  test("a small terminal gets a card, where q quits; a larger one the menu again", async () => {
    const stage = openStage({ columns: 39, rows: 24 });
    await stage.ready();
    expect(stage.text()).toContain("needs 40×10 cells");
    await stage.press("1");
    stage.resize(80, 24);
    await stage.press("j");
    expect(stage.text()).toContain("> 2  login");
    stage.resize(40, 9);
    await stage.press("ctrl+l");
    expect(stage.text()).toContain("q quits");
    stage.send("q");
    expect(await stage.ended).toBe(0);
  });

  test("a resize keeps the place in a list and paints the whole screen", async () => {
    const stage = openStage();
    await stage.ready();
    await stage.press("1", "1", "enter", "G");
    stage.writes.length = 0;
    stage.resize(100, 12);
    await stage.press("ctrl+l");
    expect(stage.text()).toMatch(/^> +500 {2}Account 500/m);
    expect(stage.rows()).toHaveLength(12);
    expect(stage.writes.join("")).toContain("\u001b[2J");
  });
});

describe("the terminal", () => {
  test("is given back when the menu is left", async () => {
    const stage = openStage();
    await stage.ready();
    expect(stage.writes[0]).toContain("\u001b[?1049h");
    expect(stage.stdin.raw).toBe(true);
    stage.send("q");
    await stage.ended;
    expect(stage.left()).toContain("\u001b[?1049l");
    expect(stage.stdin.raw).toBe(false);
    for (const emitter of [stage.stdin, stage.stdout, stage.process]) {
      expect(emitter.eventNames().filter((name) => name !== "written")).toEqual([]);
    }
  });
});
