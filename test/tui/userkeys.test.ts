import { describe, expect, test } from "vitest";
import { actionOf, bindings, helpOf, hintsOf } from "../../src/tui/model/keys.ts";
import { overlayKeys } from "../../src/tui/model/userkeys.ts";
import { openStage } from "./stage.ts";

const read = (keys: object | string) =>
  overlayKeys(bindings, typeof keys === "string" ? keys : JSON.stringify(keys, null, 1), "/k/keys.json");
const problemsOf = (keys: object | string) => {
  const found = read(keys);
  return "problems" in found ? found.problems : [];
};
const bound = (keys: object) => {
  const found = read(keys);
  if ("problems" in found) throw new Error(found.problems.join("\n"));
  return found.bindings;
};
const key = (chord: string) => ({ chord, text: chord.length === 1 ? chord : "" });

describe("a person's own keys", () => {
  test("come before the face's, and help and footer name them", () => {
    const mine = bound({ x: "actions", "ctrl+r": "refresh" });
    expect(actionOf(mine, key("x"), "sheet", false)).toBe("actions");
    expect(actionOf(mine, key("a"), "sheet", false)).toBe("actions");
    expect(actionOf(mine, key("ctrl+r"), "sheet", false)).toBe("refresh");
    expect(hintsOf(mine, "sheet")).toContain("x actions");
    expect(JSON.stringify(helpOf(mine, "sheet"))).toContain('"keys":"x, a"');
    expect(JSON.stringify(helpOf(mine, "sheet"))).not.toContain("ctrl+u");
    expect(JSON.stringify(helpOf(mine, "form"))).toContain('"keys":"ctrl+u"');
  });

  test("are told of in sentences that an 80 columns' screen holds whole", () => {
    for (const { summary } of bindings) expect(summary.length).toBeLessThanOrEqual(52);
  });

  test("take a key from another action that keeps one, or give it up", () => {
    const mine = bound({ b: "refresh" });
    expect(actionOf(mine, key("b"), "sheet", false)).toBe("refresh");
    expect(actionOf(mine, key("esc"), "sheet", false)).toBe("back");
    expect(actionOf(mine, key("b"), "chooser", false)).toBeUndefined();
    expect(actionOf(bound({ q: "none" }), key("q"), "sheet", false)).toBeUndefined();
  });

  test.each([
    [{ x: "refesh" }, "/k/keys.json:2: there is no action refesh; did you mean refresh?"],
    [{ s: "refresh" }, "/k/keys.json:2: this was the only key of sort: give that another one"],
    [{ esc: "refresh" }, "/k/keys.json:2: esc cannot be given away"],
    [{ "cmd+x": "refresh" }, "/k/keys.json:2: cmd+x is no key"],
    ['{\n"x": "refresh",\n\n"x": "sort"\n}', "/k/keys.json:4: x stands in line 2 already"],
    ["{", "/k/keys.json: not JSON"],
    ['["x"]', "/k/keys.json: one object of keys and actions is expected"],
    ['{"x": 1}', "/k/keys.json: one object of keys and actions is expected"],
  ])("%j is wrong: %s", (keys, problem) => expect(problemsOf(keys).join()).toContain(problem));

  test("all that is wrong is said at once", () => {
    expect(problemsOf({ x: "nope", y: "neither" })).toHaveLength(2);
  });

  test("are read at the start; wrong ones are said, and the face's own hold", async () => {
    const stage = openStage({ keys: '{\n  "x": "filtr"\n}' });
    await stage.ready();
    expect(stage.text()).toMatch(/keys\.json:2: there is no action filtr; did you mean filter\?/);
    const own = openStage({ keys: '{"x": "help"}' });
    await own.ready();
    await own.press("x", "G");
    expect(own.text()).toMatch(/x, \?, f1 +These keys/);
  });
});
