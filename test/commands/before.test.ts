import { describe, expect, test } from "vitest";
import { openWorld } from "../world.ts";

/** A world and what its platform is asked by a line. */
async function ask(words: readonly string[], options: Parameters<typeof openWorld>[0] = {}) {
  const world = await openWorld(options);
  const before = world.sandbox.requests().length;
  const ended = await world.run(...words);
  const requests = world.sandbox.requests().slice(before);
  return { ...ended, sent: requests.map(({ method, path }) => `${method} ${path}`) };
}

describe("what is wrong with a line is said before anything is sent:", () => {
  test.each([
    ["accounts list --fields bad", "no field bad"],
    ["accounts list --fields account_id,company", "did you mean customer_name?"],
    ["accounts carriers 10001 --fields account_id", "no field account_id"],
    ["accounts export --fields bad", "no field bad"],
    ["restrictions export --fields action", "There is no field action"],
    ["accounts create --account-name x --customer-id 5 --fields bad", "no field bad"],
    ["accounts show 10001 --fields nmae", "--fields: there is no field nmae"],
    ["lrn lookup 12125550100 --fields spid", "no field spid"],
    ["decks list --where deck_nmae,eq,1", "field op value is expected"],
    ["decks list --local --international", "--local: cannot be given together with --international"],
    ["decks list --account 5 --carrier 7", "--account: cannot be given together with --carrier"],
    ["carriers list --sort carier_name", "did you mean carrier_name?"],
    ["carriers list --where=name --sort=:up --limit=0 --output=pdf", "4 values are wrong"],
    ["carriers list --limit 3 --limit 4", "--limit: was given more than once: 3, then 4"],
    ["--profile a carriers list --profile b", "--profile: was given more than once: a, then b"],
    ["cdr search --from 2026-13-45 --to 2026-02-31 --min-duration x", "3 values are wrong"],
    ["cdr search --from 2026-02-02 --to 2026-02-01", "--from is later than --to"],
    ["cdr search --min-duration 10 --max-duration 5", "--min-duration is more than --max-duration"],
    ["companies list --out=", "--out: a file is expected"],
    ["companies list --out /there/is/none/x.csv", "no such file or folder"],
    ["accounts update 10001 --cps-limit x --set foo=1 --set channels_limit=x", "3 values are wrong"],
    ["accounts create --set account_name --set created_at=1", "created_at: the platform sets this field"],
    [
      "accounts update 10001 --set channel_limit=5",
      "--set: channel_limit: no such field; did you mean channels_limit?",
    ],
    ["accounts list -o jsn", "is expected (did you mean json?)"],
    ["help exit", "(did you mean exit-codes?)"],
    ["api GET /api/accounts --fields a", "no fields to choose from"],
  ])("%s", async (line, part) => {
    const { code, err, out, sent } = await ask(line.split(" "));
    expect({ code, out, sent, said: err.includes(part) }, err).toEqual({
      code: 2,
      out: "",
      sent: [],
      said: true,
    });
  });

  test("a wrong condition, in the words that the operator meant", async () => {
    const { code, err, sent } = await ask(["accounts", "list", "--where", "account_name like x"]);
    expect({ code, sent }).toEqual({ code: 2, sent: [] });
    expect(err).toBe("sipnav: --where: there is no operator like; did you mean contains?\n");
  });

  test("nothing is asked of a person either", async () => {
    const words = ["accounts", "create", "--fields", "bad"];
    const { code, err, sent } = await ask(words, { columns: 80, typed: ["Acme", "5"] });
    expect({ code, sent }).toEqual({ code: 2, sent: [] });
    expect(err).toContain("--fields: there is no field bad");
    expect(err).toContain("--account-name: is required");
  });
});

describe("--fields help", () => {
  test.each([
    ["accounts", "list"],
    ["accounts", "create"],
    ["accounts", "import", "missing.csv"],
    ["companies", "balance", "5"],
    ["whoami"],
  ])("is answered without the platform: %s %s", async (...words) => {
    const { code, out, err, sent } = await ask([...words, "--fields", "help", "-o", "ids"]);
    expect({ code, err, sent }).toEqual({ code: 0, err: "", sent: [] });
    expect(out.trim().split("\n").length).toBeGreaterThan(3);
  });
});

test("a field that only the platform knows is picked, ordered by and asked for with a plus sign", async () => {
  const words = ["accounts", "list", "--fields", "account_id,+kept", "--sort", "+kept", "--limit", "2"];
  const { code, out, err } = await ask([...words, "--where", "+kept eq ''"]);
  expect({ code, rows: out.split("\n") }, err).toEqual({ code: 0, rows: ["10001\t", "10002\t", ""] });
});
