import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram, hasTmux, isAlive, openTerminal, patient, removeProgram, whole } from "./tmux.ts";

/** The screen without the age of its rows, which goes on. */
const ageless = (screen: string) => screen.replace(/ +\d+s$/m, "");

describe.skipIf(!hasTmux)("on a real terminal", patient, () => {
  beforeAll(buildProgram, patient.timeout);
  afterAll(removeProgram);

  test.each([
    [80, 24],
    [200, 50],
  ])("the menu at %i×%i: list, record, back, quit", async (columns, rows) => {
    const terminal = await openTerminal(columns, rows);
    await terminal.start();
    expect(terminal.screen()).toContain("> 1  accounts");
    await terminal.press("1", "1", "Enter");
    expect(terminal.screen()).toContain("1/500");
    expect(terminal.screen()).toContain("␛[2J␛[31mred␇");
    expect(terminal.screen().split("\n")).toHaveLength(rows);
    await terminal.press("Down", "j", "Enter");
    expect(terminal.screen()).toMatch(/Account +Account 3$/m);
    await terminal.press("b", "NPage", "G", "g");
    expect(terminal.screen()).toMatch(/^> +1 {2}Account 1 /m);
    terminal.send("q");
    expect(await terminal.ended()).toBe(0);
    expect(terminal.restored()).toEqual(whole);
    expect(terminal.screen()).toContain("start.sh");
    expect(terminal.show("#{history_size}")).toBe("0");
  });

  test("a frame of hostile names is the same after a whole repaint", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "1", "Enter", "j", "j", "j", "j", "j", "j", "j", "k");
    const before = ageless(terminal.screen());
    await terminal.press("C-l");
    expect(ageless(terminal.screen())).toBe(before);
  });

  test("a list is filtered, sorted, updated from, and come back to with its row chosen", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "1", "Enter");
    await terminal.press("/", ..."company:3".split(""), "Enter", "s", "Enter", "s", "Enter");
    expect(terminal.screen()).toContain("of 500 loaded  /company:3  by account_id:desc");
    await terminal.press("w");
    await terminal.appears("type its name");
    await terminal.press(..."default".split(""), "Enter");
    await terminal.press("g", "j", "j", "a", "3", "x", "Down", "Down", "Enter");
    expect(terminal.screen()).toContain("Changed: account_name.");
    await terminal.press("b");
    expect(terminal.screen()).toMatch(/^> +\d+ {2}Account \d+x /m);
    expect(terminal.screen()).toContain("3/71 of 500 loaded  /company:3  by account_id:desc");
  });

  test("keys typed faster than the screen is painted are all there", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "2", ..."12345678901234567", "BSpace", "BSpace", "BSpace");
    expect(terminal.screen()).toContain("12345678901234_");
  });

  test("a storm of resizes ends in a whole frame of the last size", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1", "1", "Enter");
    for (let step = 0; step < 25; step++) {
      terminal.tmux(
        "resize-window",
        "-x",
        String(30 + ((step * 37) % 150)),
        "-y",
        String(6 + ((step * 11) % 45)),
      );
    }
    terminal.tmux("resize-window", "-x", "100", "-y", "30");
    // What is left of an older frame lacks its first row or its last.
    await terminal.until("a frame of the last size", () => {
      const lines = terminal.screen().split("\n");
      const isWhole = lines.length === 30 && lines[0]?.includes("sipnav") && lines[29]?.includes("q quit");
      return isWhole ? true : undefined;
    });
    await terminal.press("j");
    const lines = terminal.screen().split("\n");
    expect(lines).toHaveLength(30);
    expect(lines[0]).toContain("sipnav");
    expect(lines.at(-1)).toContain("q quit");
    expect(lines.slice(3, 28).every((line) => /^[> ] +\d+ /.test(line))).toBe(true);
    await terminal.press("C-l");
    expect(ageless(terminal.screen())).toBe(ageless(lines.join("\n")));
  });

  test("Ctrl-Z gives the terminal to the shell, and fg takes it again", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await terminal.press("1");
    terminal.send("C-z");
    await terminal.until("the shell", () => (terminal.show("#{alternate_on}") === "0" ? true : undefined));
    await terminal.until("the prompt", () => (terminal.screen().includes("Stopped") ? true : undefined));
    expect(terminal.show("#{cursor_flag}")).toBe("1");
    terminal.tmux("send-keys", "fg", "Enter");
    await terminal.until("the menu", () => (terminal.screen().includes("List accounts") ? true : undefined));
    expect(terminal.show("#{alternate_on}")).toBe("1");
    terminal.send("j", "q");
    await terminal.until("the shell", () => (terminal.show("#{alternate_on}") === "0" ? true : undefined));
    expect(terminal.show("#{cursor_flag} #{wrap_flag}")).toBe("1 1");
  });

  test("NO_COLOR leaves no colour on the screen", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start("NO_COLOR=1");
    expect(terminal.tmux("capture-pane", "-p", "-e")).not.toContain("\u001b[");
    expect(terminal.screen()).toContain("> 1  accounts");
  });

  test("colour is there without it, and a user's DEV=true harms nothing", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start("NO_COLOR= DEV=true FORCE_COLOR=1");
    expect(terminal.tmux("capture-pane", "-p", "-e")).toContain("\u001b[");
  });

  const crash = async (terminal: Awaited<ReturnType<typeof openTerminal>>, how: string) => {
    await terminal.press(
      "4",
      ...Array.from({ length: ["throw", "reject", "exit"].indexOf(how) + 1 }, () => "Right"),
    );
    terminal.send("C-s");
  };

  const endings: readonly (readonly [
    string,
    number,
    (terminal: Awaited<ReturnType<typeof openTerminal>>) => unknown,
  ])[] = [
    ["q", 0, (terminal) => terminal.send("q")],
    ["Ctrl-C", 130, (terminal) => terminal.send("C-c")],
    ["an error nobody caught", 1, (terminal) => crash(terminal, "throw")],
    ["a rejection nobody caught", 1, (terminal) => crash(terminal, "reject")],
    ["process.exit", 7, (terminal) => crash(terminal, "exit")],
    ["SIGTERM", 143, (terminal) => process.kill(terminal.pid(), "SIGTERM")],
    ["SIGHUP", 129, (terminal) => process.kill(terminal.pid(), "SIGHUP")],
  ];

  test.each(endings)("after %s the terminal is whole and the code is %i", async (_, code, end) => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    await end(terminal);
    expect(await terminal.ended()).toBe(code);
    expect(terminal.restored()).toEqual(whole);
    expect(terminal.show("#{history_size}")).toBe("0");
    if (code === 1) {
      expect(terminal.errors()).toMatch(/^sipnav: nobody caught this\nWhere it comes from: .*crash\.log$/);
      const log = readFileSync(join(terminal.folder, "state", "crash.log"), "utf8");
      expect(log).toMatch(/Error: nobody caught this\n +at /);
    }
  });

  test("a terminal that vanishes takes the program with it, without an abort", async () => {
    const terminal = await openTerminal(80, 24);
    await terminal.start();
    const pid = terminal.pid();
    expect(pid).toBeGreaterThan(0);
    terminal.tmux("kill-server");
    await terminal.until("the end of the process", () => (isAlive(pid) ? undefined : true));
    expect(terminal.errors()).toBe("");
  });
});
