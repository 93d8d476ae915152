import { describe, expect, test } from "vitest";
import { defineCommand } from "../../src/commands/define.ts";
import { dryRun } from "../../src/commands/verbs/write.ts";
import { SipnavError } from "../../src/core/errors.ts";
import { account } from "../../src/domain/account.ts";
import { assignment, id, integer } from "../../src/domain/kinds.ts";
import { restriction } from "../../src/domain/restriction.ts";
import { openStage } from "./stage.ts";

const accountId = {
  kind: id,
  summary: "Its id",
  positional: true,
  required: true,
  refersTo: "account",
} as const;

/** Twenty accounts, some of which cannot be written. */
function platform() {
  const rows = Array.from({ length: 20 }, (_, index) => ({
    account_id: String(index + 1),
    account_name: `Account ${index + 1}`,
    channels_limit: 10,
  }));
  const sent: string[] = [];
  const faults = new Map<string, SipnavError>();
  const base = { group: "platform", session: false, examples: [] } as const;
  const registry = [
    defineCommand({
      ...base,
      path: ["accounts", "list"],
      summary: "List accounts",
      effect: "read",
      parameters: {},
      run: async () => [...rows],
      view: (found) => [{ kind: "table", fields: account.fields, rows: found, idField: "account_id" }],
    }),
    defineCommand({
      ...base,
      path: ["accounts", "update"],
      summary: "Change an account",
      effect: "write",
      parameters: {
        id: accountId,
        channelsLimit: { kind: integer(), summary: "Channels" },
        set: { kind: assignment, repeats: true, summary: "A field by its name" },
        dryRun,
      },
      async run({ face }, values) {
        sent.push(values.id);
        const fault = faults.get(values.id);
        if (fault) throw fault;
        const index = Number(values.id) - 1;
        await face.review?.("Change it?", [
          `Channels: ${rows[index]?.channels_limit} → ${values.channelsLimit}`,
        ]);
        rows[index] = { ...rows[index], channels_limit: values.channelsLimit } as (typeof rows)[number];
      },
      view: () => [],
    }),
    defineCommand({
      ...base,
      path: ["accounts", "disable"],
      summary: "Disable an account",
      effect: "destroy",
      parameters: { id: accountId, dryRun },
      run: async (_, values) => void sent.push(values.id),
      view: () => [],
    }),
  ];
  return { registry, sent, faults };
}

async function atList() {
  const world = platform();
  const stage = openStage({ registry: world.registry });
  await stage.ready();
  await stage.arm();
  await stage.press("1", "1");
  return { ...world, stage };
}

type World = Awaited<ReturnType<typeof atList>>;

/** From the list with marks to the question: channels become 50. */
async function askUpdate({ stage }: World) {
  await stage.press("a", "1", ..."50", "down");
  await stage.start("enter");
  await stage.appears("for yes");
}

/** Types the count, and waits for the end. */
async function prove({ stage }: World, count: string) {
  for (const digit of count) await stage.start(digit);
  await stage.press("enter");
}

const outcomes = ({ stage }: World) =>
  stage
    .rows()
    .map((row) => /^[> ] +(\d+) +Account \d+ +(done|failed|unknown|not sent)/.exec(row))
    .flatMap((match) => (match ? [`${match[1]} ${match[2]}`] : []));

describe("marks", () => {
  test("one, a range, all that pass the filter; they outlive filter, order and refresh; Esc takes them away", async () => {
    const { stage } = await atList();
    await stage.press(" ");
    expect(stage.text()).toMatch(/^ \* +1 +Account 1 /m);
    expect(stage.text()).toMatch(/^> +2 +Account 2 /m);
    await stage.press("j", "j", "V");
    expect(stage.rows()[1]).toContain("4 marked");
    await stage.press("s", "enter", "s", "enter", "r");
    expect(stage.rows()[1]).toContain("4 marked");
    await stage.press("/", ..."20", "enter", "*");
    expect(stage.rows()[1]).toContain("5 marked");
    await stage.press("*");
    expect(stage.rows()[1]).toContain("4 marked");
    await stage.press("esc", "esc");
    expect(stage.rows()[1]).not.toContain("marked");
  });

  test("a change of all of them is shown before, and wants its count typed", async () => {
    const world = await atList();
    const { stage, sent } = world;
    await stage.press(" ", " ");
    await askUpdate(world);
    expect(stage.text()).toContain("1 Account 1: Channels 10 → 50");
    expect(stage.text()).toContain("type 2 for yes");
    await stage.press("enter");
    expect(sent).toEqual([]);
    await stage.start("enter");
    await stage.appears("for yes");
    await prove(world, "2");
    expect(outcomes(world)).toEqual(["1 done", "2 done"]);
    expect(stage.text()).toContain("2 done.");
    expect(stage.text()).toContain("Channels: 10 → 50");
    await stage.press("b");
    expect(stage.text()).toMatch(/^[> ]\* +2 +Account 2 .*50/m);
    expect(stage.rows()[1]).toContain("2 marked");
  });

  test("what can't be done to one is told beside it, and the others go on", async () => {
    const world = await atList();
    world.faults.set("2", new SipnavError("rejected", "The platform refused it."));
    world.faults.set("3", new SipnavError("server", "No answer.", { outcomeUnknown: true }));
    await world.stage.press(" ", " ", " ", " ");
    await askUpdate(world);
    await prove(world, "4");
    expect(outcomes(world)).toEqual(["1 done", "2 failed", "3 unknown", "4 done"]);
    expect(world.stage.text()).toContain("The platform refused it.");
  });

  test("when the first fails, or all would, nothing more is sent", async () => {
    const first = await atList();
    first.faults.set("1", new SipnavError("rejected", "No."));
    await first.stage.press("*");
    await askUpdate(first);
    await prove(first, "20");
    expect(first.sent).toEqual(["1"]);
    expect(first.stage.text()).toContain("1 failed, 19 not sent.");
    const later = await atList();
    later.faults.set("2", new SipnavError("unauthenticated", "The session ended."));
    await later.stage.press("*");
    await askUpdate(later);
    await prove(later, "20");
    expect(later.sent).toEqual(["1", "2"]);
    expect(later.stage.text()).toContain("1 done, 1 failed, 18 not sent.");
  });

  test("only what can be shown before is asked for", async () => {
    const { stage } = await atList();
    await stage.press(" ", " ", "a", "1");
    expect(stage.text()).toContain("channels-limit");
    expect(stage.text()).not.toMatch(/^[> ] (id|set|dry-run) /m);
    await stage.press("ctrl+s");
    expect(stage.text()).toContain("Nothing is to be changed yet");
  });

  test("what can't be undone is asked about once", async () => {
    const world = await atList();
    const { stage, sent } = world;
    await stage.press(" ", " ", "a");
    await stage.start("2");
    await stage.appears("for yes");
    expect(stage.text()).toContain("Disable an account: 2 marked?");
    expect(stage.text()).toContain("2 Account 2");
    await prove(world, "2");
    expect(sent).toEqual(["1", "2"]);
  });

  test("a restriction without a called number is known by its caller", async () => {
    const base = { group: "platform", session: false, examples: [] } as const;
    const rows = [
      { restriction_id: "1", dst_number: "12125550100", src_number: "" },
      { restriction_id: "2", dst_number: "", src_number: "13055550119" },
    ];
    const list = defineCommand({
      ...base,
      path: ["restrictions", "list"],
      summary: "List restrictions",
      effect: "read",
      parameters: {},
      run: async () => rows,
      view: (found) => [
        { kind: "table", fields: restriction.fields, rows: found, idField: "restriction_id" },
      ],
    });
    const disable = defineCommand({
      ...base,
      path: ["restrictions", "disable"],
      summary: "Disable a restriction",
      effect: "destroy",
      parameters: { id: { ...accountId, refersTo: "restriction" } },
      run: async () => undefined,
      view: () => [],
    });
    const stage = openStage({ registry: [list, disable] });
    await stage.ready();
    await stage.arm();
    await stage.press("1", "1", "*", "a");
    await stage.start("1");
    await stage.appears("for yes");
    expect(stage.text()).toMatch(/^ +1 12125550100$/m);
    expect(stage.text()).toMatch(/^ +2 Caller 13055550119$/m);
  });
});
