import { describe, expect, test } from "vitest";
import { registry } from "../../src/commands/registry.ts";
import { answer, serve } from "../api/server.ts";
import { openSeat } from "../cli/seat.ts";

/** A platform that shows account 7 and restriction 7, and answers every write the same way. */
async function openPlatform(
  written: unknown,
  shown: object = { account_id: 7, restriction_id: "7", note: "old" },
) {
  const platform = await serve((request, response) =>
    answer(response, { success: true, message: "", data: request.method === "GET" ? shown : written }),
  );
  const environment = { SIPNAV_TOKEN: "token", SIPNAV_BASE_URL: platform.url };
  return { ...platform, seat: openSeat(registry, { environment }) };
}

const nothings = [null, [], {}, "Done.", { message: "Done." }];

describe.each(nothings)("a write that is answered with %j", (written) => {
  test("as a creation shows what was sent, and says that no id came", async () => {
    const { seat } = await openPlatform(written);
    const ended = await seat.run(
      "accounts",
      "create",
      "--account-name",
      "New",
      "--customer-id",
      "2001",
      "--json",
    );
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({
      account_id: null,
      account_name: "New",
      customer_id: "2001",
    });
    expect(ended.err).toBe(
      "Created an account; the platform did not say its id. Look for it: sipnav accounts list\n",
    );
  });

  test("as an update or a disabling shows what is known of the object", async () => {
    const { seat } = await openPlatform(written);
    const updated = await seat.run("accounts", "update", "7", "--note", "new", "--json");
    expect(JSON.parse(updated.out)).toMatchObject({ account_id: "7", note: "new" });
    const moved = await seat.run("restrictions", "update", "7", "--note", "new", "--json");
    expect(JSON.parse(moved.out)).toMatchObject({ restriction_id: "7", note: "new" });
    const disabled = await seat.run("restrictions", "disable", "7", "--yes", "--json");
    expect(JSON.parse(disabled.out)).toMatchObject({ restriction_id: "7", enabled: false, note: null });
  });
});

describe("an object that is not the one asked for", () => {
  test.each([{}, { account_name: "Bare" }, { account_id: 8, account_name: "Other" }])(
    "as %j is not taken",
    async (shown) => {
      const { seat, seen } = await openPlatform(null, shown);
      const ends = [
        await seat.run("accounts", "show", "7"),
        await seat.run("accounts", "update", "7", "--note", "new"),
      ];
      for (const { code, out, err } of ends) {
        expect({ code, out }).toEqual({ code: 12, out: "" });
        expect(err).toContain("The platform answered without the account 7.");
      }
      expect(seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
    },
  );

  test("is the same with leading zeros", async () => {
    const { seat } = await openPlatform(null);
    expect(await seat.run("accounts", "show", "007")).toMatchObject({ code: 0 });
  });
});

describe("a lookup", () => {
  test.each([
    [{ lrn: 13105550199 }, "13105550199", true],
    [{ lrn: "2125550100" }, "2125550100", false],
    [{ lrn: "" }, null, null],
    [[], null, null],
    [null, null, null],
  ])("that is answered with %j", async (shown, lrn, ported) => {
    const { seat } = await openPlatform(null, shown as object);
    const { out } = await seat.run("lrn", "lookup", "12125550100", "--json");
    expect(JSON.parse(out)).toMatchObject({ number: "12125550100", lrn, ported });
  });

  test.each(["13105550199", ["13105550199"]])("that is answered with %j says so", async (shown) => {
    const { seat } = await openPlatform(null, shown as unknown as object);
    const { code, err } = await seat.run("lrn", "lookup", "12125550100");
    expect(code).toBe(12);
    expect(err).toContain("sipnav api GET /api/lrnlookup/12125550100");
  });
});
