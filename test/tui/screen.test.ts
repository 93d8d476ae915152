import { describe, expect, test } from "vitest";
import { diffRows } from "../../src/tui/terminal/differ.ts";
import { createPace } from "../../src/tui/terminal/pace.ts";
import { createScreen } from "../../src/tui/terminal/screen.ts";
import { movingClock } from "./moving.ts";

describe("the line differ", () => {
  test("writes changed rows only, by absolute moves", () => {
    const changes = diffRows(["a", "b", "c"], ["a", "B", "c"], 3);
    expect(changes).toBe("\u001b[2;1HB\u001b[0m\u001b[K");
  });

  test("erases rows that are gone and writes nothing when nothing changed", () => {
    expect(diffRows(["a", "b"], ["a"], 3)).toBe("\u001b[2;1H\u001b[0m\u001b[K");
    expect(diffRows(["a", "b"], ["a", "b"], 3)).toBe("");
  });

  test("clears the whole screen when what is on it is unknown, and never the scrollback", () => {
    const changes = diffRows(undefined, ["a", "", "c"], 3);
    expect(changes).toBe(
      "\u001b[0m\u001b[H\u001b[2J\u001b[1;1Ha\u001b[0m\u001b[K\u001b[3;1Hc\u001b[0m\u001b[K",
    );
    expect(changes).not.toContain("3J");
  });

  test("leaves out rows below the screen", () => {
    expect(diffRows([], ["a", "b", "c"], 2)).not.toContain("c");
  });
});

describe("the screen", () => {
  function open() {
    const written: string[] = [];
    const now: string[] = [];
    const output = { columns: 20, rows: 3, write: (text: string) => written.push(text) };
    const screen = createScreen(output, (text) => now.push(text));
    return { screen, written, now, output };
  }

  test("paints synchronized, and after the first frame only what changed", () => {
    const { screen, written } = open();
    screen.enter();
    screen.paint("one\ntwo");
    written.length = 0;
    screen.paint("one\nTWO");
    expect(written).toEqual(["\u001b[?2026h\u001b[2;1HTWO\u001b[0m\u001b[K\u001b[?2026l"]);
    screen.paint("one\nTWO");
    expect(written).toHaveLength(1);
  });

  test("a forgotten frame is painted whole", () => {
    const { screen, written } = open();
    screen.enter();
    screen.paint("one");
    screen.forget();
    screen.paint("one");
    expect(written.at(-1)).toContain("\u001b[2J");
  });

  test("gives the terminal back once, by writes that are done at once", () => {
    const { screen, written, now } = open();
    screen.leave();
    expect(now).toEqual([]);
    screen.enter();
    screen.leave();
    screen.leave();
    expect(now).toHaveLength(1);
    for (const code of ["\u001b[?1049l", "\u001b[?25h", "\u001b[?7h", "\u001b[?2004l"]) {
      expect(now[0]).toContain(code);
    }
    written.length = 0;
    screen.paint("late");
    screen.title("late");
    expect(written).toEqual([]);
  });

  test("an output that knows no size counts as 80 by 24", () => {
    const { screen, output } = open();
    Object.assign(output, { columns: undefined, rows: 0 });
    expect(screen.size).toEqual({ columns: 80, rows: 24 });
  });
});

describe("the pace", () => {
  test("paints at once, then once an interval, however many requests there are", async () => {
    const clock = movingClock();
    let paints = 0;
    const pace = createPace(clock, () => {
      paints += 1;
    });
    pace.request();
    expect(paints).toBe(1);
    for (let request = 0; request < 50; request++) pace.request();
    expect(paints).toBe(1);
    await clock.advance(32);
    expect(paints).toBe(1);
    await clock.advance(1);
    expect(paints).toBe(2);
    await clock.advance(33);
    expect(paints).toBe(2);
    pace.request();
    expect(paints).toBe(3);
  });

  test("a key does not wait behind what goes on by itself, keys do behind keys", async () => {
    const clock = movingClock();
    let paints = 0;
    const pace = createPace(clock, () => {
      paints += 1;
    });
    pace.request();
    pace.hurry();
    expect(paints).toBe(1);
    await clock.advance(5);
    pace.request();
    pace.hurry();
    expect(paints).toBe(2);
    pace.request();
    pace.hurry();
    expect(paints).toBe(2);
    await clock.advance(28);
    expect(paints).toBe(3);
  });

  test("paints no more when stopped", async () => {
    const clock = movingClock();
    let paints = 0;
    const pace = createPace(clock, () => {
      paints += 1;
    });
    pace.request();
    pace.request();
    pace.stop();
    await clock.advance(100);
    pace.request();
    expect(paints).toBe(1);
  });
});
