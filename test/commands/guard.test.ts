import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openWorld } from "../world.ts";

const disable = ["restrictions", "disable"];

/** Makes the profile in use a guarded one. */
async function openGuarded(rail: "readOnly" | "protected", typed: readonly string[] = [], columns?: number) {
  const world = await openWorld({ typed, ...(columns !== undefined && { columns }) });
  expect((await world.run("config", "set", rail, "yes")).code).toBe(0);
  const rows = await world.json<{ restriction_id: string }[]>("restrictions", "list", "--limit", "1");
  const writes = () =>
    world.sandbox.requests().filter(({ method, path }) => method !== "GET" && !/login/.test(path));
  return { ...world, id: rows[0]?.restriction_id ?? "", writes };
}

describe("a read-only profile", () => {
  test("refuses every write before anything is sent, the raw call included, and nothing answers for it", async () => {
    const { run, id, writes } = await openGuarded("readOnly");
    for (const words of [
      [...disable, id, "--yes", "--confirm", "default"],
      ["accounts", "create", "--account-name", "x", "--customer-id", "1"],
      ["api", "POST", "/api/accounts", "--field", "a=1"],
    ]) {
      const { code, err } = await run(...words);
      expect(code).toBe(5);
      expect(err).toContain("read-only: nothing was sent");
    }
    expect(writes()).toEqual([]);
  });

  test("lets reads through, and writes that are only tried out", async () => {
    const { run, json, home, writes } = await openGuarded("readOnly");
    const [first] = await json<{ account_id: string }[]>("accounts", "list", "--limit", "1");
    const sheet = join(home, "a.csv");
    writeFileSync(sheet, "account_name,customer_id\nNew,2001\n");
    for (const words of [
      ["accounts", "update", first?.account_id ?? "", "--set", "note=x", "--dry-run"],
      ["accounts", "create", "--account-name", "x", "--customer-id", "1", "--dry-run"],
      ["accounts", "import", sheet, "--dry-run"],
      ["accounts", "import", sheet, "--plan-out", join(home, "plan.json")],
      ["accounts", "import", "--template", join(home, "template.csv")],
    ]) {
      expect(await run(...words), words.join(" ")).toMatchObject({ code: 0 });
    }
    expect((await run("jobs", "apply", join(home, "plan.json"), "--yes")).code).toBe(5);
    expect(writes()).toEqual([]);
    expect((await run("accounts", "list", "--limit", "1")).code).toBe(0);
    expect((await run("api", "GET", "/api/carriers")).code).toBe(0);
  });
});

describe("a protected profile", () => {
  test("wants its name, and --yes is not it", async () => {
    const { run, id, writes } = await openGuarded("protected");
    for (const words of [["--yes"], ["--confirm", "defualt"], []]) {
      const { code, err } = await run(...disable, id, ...words);
      expect(code).toBe(2);
      expect(err).toContain("--confirm");
    }
    expect(writes()).toEqual([]);
    expect((await run(...disable, id, "--confirm", "default")).code).toBe(0);
    expect(writes()).toHaveLength(1);
  });

  test("takes its name from a person, and no other word", async () => {
    const wrong = await openGuarded("protected", ["prod"], 80);
    const { code, err } = await wrong.run(...disable, wrong.id);
    expect({ code, writes: wrong.writes() }).toEqual({ code: 2, writes: [] });
    expect(err).toContain(
      `(restrictions disable ${wrong.id})? To confirm, type the profile's name, default: `,
    );
    const right = await openGuarded("protected", ["default"], 80);
    expect((await right.run(...disable, right.id)).code).toBe(0);
  });
});

test("a template needs neither a login nor a profile", async () => {
  const world = await openWorld();
  await world.run("logout");
  await world.run("profiles", "remove", "default", "--yes");
  const path = join(world.home, "template.xlsx");
  expect(await world.run("accounts", "import", "--template", path)).toMatchObject({ code: 0 });
  expect(existsSync(path)).toBe(true);
});

describe("what cannot be undone", () => {
  test("is not asked about where there is no such thing", async () => {
    const world = await openWorld({ columns: 80, typed: ["y"] });
    const { code, err } = await world.run(...disable, "999999");
    expect(code).toBe(6);
    expect(err).not.toContain("[y/N]");
  });

  test.each([
    [["n"], 130],
    [[""], 130],
    [[], 130],
    [["yes"], 0],
  ])("is asked about: %j ends with %i", async (typed, expected) => {
    const world = await openWorld({ columns: 80, typed });
    const rows = await world.json<Record<string, string>[]>("restrictions", "list", "--limit", "1");
    const { code, err } = await world.run(...disable, rows[0]?.restriction_id ?? "");
    expect(code).toBe(expected);
    // What goes through again stands above the question.
    expect(err).toContain(`Caller: ${rows[0]?.src_number}\n`);
    expect(err.indexOf("? [y/N]: ")).toBeGreaterThan(err.indexOf("Caller: "));
    expect(world.sandbox.requests().some(({ method }) => method === "PATCH")).toBe(expected === 0);
  });

  test("is not done where nobody can be asked, and --yes answers", async () => {
    const world = await openWorld();
    const rows = await world.json<{ restriction_id: string }[]>("restrictions", "list", "--limit", "1");
    const id = rows[0]?.restriction_id ?? "";
    const before = world.sandbox.requests().length;
    const { code, err } = await world.run(...disable, id);
    expect(code).toBe(2);
    expect(err).toContain("--yes");
    expect(world.sandbox.requests()).toHaveLength(before);
    expect((await world.run(...disable, id, "--yes")).code).toBe(0);
  });
});
