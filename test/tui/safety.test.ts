import { describe, expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { limits } from "../../src/core/limits.ts";
import { finishRun } from "../../src/tui/model/finish.ts";
import { firstState } from "../../src/tui/model/first.ts";
import { bindings } from "../../src/tui/model/keys.ts";
import { command } from "../services/platform.ts";
import { openSeat } from "./seat.ts";

/** Somebody about to give the first account a note. */
async function atUpdate() {
  const seat = await openSeat();
  const { stage } = seat;
  await stage.choose("accounts", "list");
  await stage.press("ctrl+s", "a");
  await stage.choose("accounts update");
  while (!/^> note /m.test(stage.text())) await stage.press("down");
  await stage.press("ctrl+u", ..."moved");
  return seat;
}

describe("writes", () => {
  test("are off until the profile's name is typed, and off again ten minutes later", async () => {
    const { stage } = await openSeat();
    expect(stage.rows()[0]).toMatch(/default {2}production {2}writes off$/);
    await stage.press("w");
    await stage.appears("type its name");
    await stage.press(..."wrong", "enter");
    await stage.appears("That is not default: writes stay off");
    expect(stage.rows()[0]).toContain("writes off");
    await stage.arm();
    expect(stage.rows()[0]).toMatch(/default {2}production {2}WRITES ON 10m$/);
    stage.time.nowMs += limits.armedMs - 60_000;
    await stage.appears("WRITES ON 1m");
    stage.time.nowMs += 60_000;
    await stage.appears("writes off");
    await stage.arm();
    await stage.press("w");
    await stage.appears("writes off");
  });

  test("chosen while they are off ask to turn them on, and then go on", async () => {
    const { stage, writes } = await atUpdate();
    await stage.start("ctrl+s");
    await stage.appears("Writes to profile default are off");
    for (const chord of "default") await stage.start(chord);
    await stage.start("enter");
    await stage.appears("Change account");
    expect(writes()).toEqual([]);
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.press("y");
    expect(writes()).toHaveLength(1);
    expect(stage.rows()[0]).toContain("WRITES ON");
  });

  test("are refused below the screen when another name is typed, with the form as it was", async () => {
    const { stage, writes } = await atUpdate();
    await stage.start("ctrl+s");
    await stage.appears("Writes to profile default are off");
    await stage.start("x");
    await stage.press("enter");
    expect(stage.text()).toContain("That is not default: writes stay off, and nothing was sent.");
    await stage.press("esc");
    expect(stage.text()).toMatch(/> note +moved_/);
    expect(writes()).toEqual([]);
  });

  test("are never turned on where the profile is read-only", async () => {
    const { desk, open } = await openSeat();
    await desk.run(command("config set"), { key: "readOnly", value: "yes" });
    const stage = open();
    await stage.ready();
    expect(stage.rows()[0]).toMatch(/default {2}read-only$/);
    await stage.press("w");
    await stage.appears("Profile default is read-only: writes stay off.");
  });

  test("to a protected profile are named in the header, and want its name each time", async () => {
    const { desk, open, writes } = await openSeat();
    await desk.run(command("config set"), { key: "protected", value: "yes" });
    const stage = open();
    await stage.ready();
    expect(stage.rows()[0]).toMatch(/default {2}protected {2}writes off$/);
    await stage.arm();
    await stage.choose("restrictions", "disable");
    await stage.press("1");
    await stage.start("ctrl+s");
    await stage.appears("name, default");
    await stage.press("esc");
    expect(writes()).toEqual([]);
  });
});

describe("an update", () => {
  test("shows before and after, stands on Cancel, and is taken back with u", async () => {
    const { stage, writes, desk } = await atUpdate();
    const noteOf = async () => (await desk.run(command("accounts list"), {}))[0]?.note ?? null;
    const before = await noteOf();
    await stage.press("esc");
    await stage.arm();
    await stage.choose("accounts update");
    while (!/^> note /m.test(stage.text())) await stage.press("down");
    await stage.press("ctrl+u", ..."moved");
    await stage.start("ctrl+s");
    await stage.appears("Change account");
    expect(stage.text()).toContain("→ moved");
    expect(stage.text()).toMatch(/> \[ Cancel \] +y: yes/);
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.press("enter");
    expect(writes()).toEqual([]);
    expect(stage.text()).toMatch(/note +moved/);
    await stage.start("ctrl+s");
    await stage.appears("Change account");
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.press("y");
    expect(stage.said()).toContain("u takes it back");
    expect(await noteOf()).toBe("moved");
    await stage.start("u");
    await stage.appears("moved →");
    stage.time.nowMs += limits.dialogDeafMs;
    await stage.press("y");
    expect(await noteOf()).toBe(before ?? "");
    expect(writes()).toHaveLength(2);
  });

  test("that did not happen leaves nothing to take back", async () => {
    const { stage } = await openSeat();
    await stage.press("u");
    expect(stage.said()).toContain("There is no write to take back.");
  });

  test("that may have happened leaves nothing to take back either, one that was refused leaves the one before", () => {
    const before = { path: ["accounts", "update"], raw: { id: "7", note: "old" } };
    const state = { ...firstState([], bindings, { columns: 80, rows: 24 }, 0), inverse: before };
    const inverseAfter = (outcomeUnknown: boolean) => {
      const error = new SipnavError("network", "The connection broke.", { outcomeUnknown });
      const done = { command: command("accounts update"), raw: {}, shown: [], inverse: undefined, nowMs: 1 };
      return finishRun(state, { ...done, outcome: { error } }).inverse;
    };
    expect(inverseAfter(true)).toBeUndefined();
    expect(inverseAfter(false)).toBe(before);
  });
});

describe("what cannot be undone", () => {
  test("wants its id typed, and anything else sends nothing", async () => {
    const { stage, platform, writes } = await openSeat();
    await stage.arm();
    await stage.choose("restrictions", "disable");
    await stage.press(..."5001");
    await stage.start("ctrl+s");
    await stage.appears("> type 5001 for yes: _");
    const table = await fetch(`${platform.url}/__sandbox/tables/restrictions`);
    const [first] = (await table.json()) as { src_number: string }[];
    expect(stage.text()).toContain(`Caller: ${first?.src_number}`);
    await stage.start("y");
    await stage.start("enter");
    expect(stage.said()).toContain("That is not 5001.");
    expect(writes()).toEqual([]);
    await stage.start("backspace");
    for (const digit of "5001") await stage.start(digit);
    await stage.press("enter");
    expect(writes()).toHaveLength(1);
  });

  test("is asked about in whole words on the smallest screen, with no row squeezed", async () => {
    const { stage, writes } = await openSeat({ columns: 40, rows: 10 });
    expect(stage.rows()[0]).toMatch(/default {2}production$/);
    await stage.press("4", "G");
    while (!/^> . {2}disable/m.test(stage.text())) await stage.press("up");
    await stage.press("enter", "1");
    await stage.start("ctrl+s");
    const asked = "Writes to profile default are off: type its name to turn them on for 10 minutes";
    await stage.until(() => stage.text().replace(/\s+/g, " ").includes(asked));
    expect(stage.text()).toMatch(/^> _$/m);
    expect(stage.rows()).toHaveLength(10);
    expect(stage.rows()[1]).toContain("The restriction's id");
    await stage.press("esc");
    expect(writes()).toEqual([]);
  });
});
