import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SipnavError } from "../../src/core/errors.ts";
import { openZone } from "../../src/core/time.ts";
import { choice, flag, id, integer, money, phone, text, time } from "../../src/domain/kinds.ts";
import type { Field, Row } from "../../src/domain/noun.ts";
import { operators, parseSort, parseWhere, pickFields } from "../../src/domain/query.ts";
import { computedMs } from "../clock.ts";

const fields: readonly Field[] = [
  { name: "account_id", label: "ID", kind: id },
  { name: "name", label: "Name", kind: text },
  { name: "enabled", label: "Enabled", kind: flag },
  { name: "cps", label: "CPS", kind: integer(1) },
  { name: "rate", label: "Rate", kind: money },
  { name: "number", label: "Number", kind: phone },
  { name: "created_at", label: "Created", kind: time },
  { name: "status", label: "Status", kind: choice("open", "closed") },
];

const row: Row = {
  account_id: "1010",
  name: "Télécom, Sud",
  enabled: true,
  cps: 9,
  rate: "0.10",
  number: "12125550100",
  created_at: "2026-01-31T13:00:00+01:00",
  status: "open",
  empty: null,
};

function failure(run: () => unknown): SipnavError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof SipnavError) return thrown;
  }
  throw new Error("It did not fail.");
}

describe("where", () => {
  test.each([
    "account_id eq 1010",
    "account_id gt 999",
    "account_id lte 1010",
    "account_id starts 10",
    "name eq 'Télécom, Sud'",
    'name eq "Télécom, Sud"',
    "name eq Télécom, Sud",
    "name ne telecom",
    "name contains LÉCOM",
    "name starts tél",
    "name ends SUD",
    "name in a,'Télécom, Sud',b",
    "name ne ''",
    "enabled eq yes",
    "enabled ne no",
    "enabled gt no",
    "cps lt 10",
    "cps gte 9",
    "cps gt -5",
    "cps lt 9.5",
    "rate eq 0.1",
    "rate lt 0.1000001",
    "rate in 0.2, 0.100",
    "number eq +1 (212) 555-0100",
    "number starts +1212",
    "number gt 9999999999",
    "created_at eq 2026-01-31T12:00Z",
    "created_at gt 2026-01-31",
    "created_at starts 2026-01",
    "status eq open",
    "status in closed,open",
    "  name   CONTAINS   sud  ",
  ])("holds: %s", (condition) => {
    expect(parseWhere(fields, condition)(row)).toBe(true);
  });

  test.each([
    "account_id eq 01010",
    "account_id gt 1010",
    "name eq télécom, sud",
    "name eq ''",
    "name in a,b",
    "name contains ' '  x",
    "enabled eq no",
    "cps gt 10",
    "rate gt 0.1",
    "rate ne 0.1",
    "number starts 212",
    "created_at gt 2026-01-31T12:00Z",
    "created_at lt 2026-01-31T12:00Z",
    "status ne open",
  ])("does not hold: %s", (condition) => {
    const holds = () => parseWhere(fields, condition)(row);
    if (condition.includes("' '")) expect(holds).toThrow(SipnavError);
    else expect(holds()).toBe(false);
  });

  test.each([
    ["remark eq x", "There is no field remark.", "Known are account_id, name"],
    ["nmae eq x", "There is no field nmae.", "Did you mean name?"],
    ["name is x", "There is no operator is.", "Did you mean eq?"],
    ["name like x", "There is no operator like.", "Did you mean contains?"],
    ["name <> x", "There is no operator <>.", "Did you mean ne?"],
    ["name within x", "There is no operator within.", "Known are eq, ne"],
    ["name eq", '"name eq" is no condition', "'' stands for none"],
    ["", '"" is no condition', "''"],
    ["enabled eq maybe", '"maybe": yes or no is expected', ""],
    ["rate gt 1,5", '"1,5": a number is expected', ""],
    ["cps eq 1e3", '"1e3": a number is expected', ""],
    ["created_at lt yesterday", '"yesterday": a date', ""],
    ["status eq opne", '"opne": one of open, closed is expected', ""],
    ["account_id in 1,x", '"x": an id is digits only', ""],
    ["name eq 'half", "A quote is not closed in 'half.", ""],
    ["name eq 'a'b'", "A quote is not closed in 'a'b'.", ""],
  ])("refuses %j", (condition, message, hint) => {
    const error = failure(() => parseWhere(fields, condition));
    expect(error.kind).toBe("validation");
    expect(error.message).toContain(message);
    expect(error.facts.hint ?? "").toContain(hint);
  });

  test("a row without a value is equal to none, and neither smaller nor larger than any", () => {
    for (const { name } of fields) {
      const bare = (condition: string) => parseWhere(fields, `${name} ${condition}`)({ [name]: null });
      expect(bare("eq ''")).toBe(true);
      expect(bare("ne ''")).toBe(false);
      expect(parseWhere(fields, `${name} eq ''`)(row)).toBe(false);
    }
    for (const operator of ["lt", "lte", "gt", "gte", "eq"]) {
      expect(parseWhere(fields, `rate ${operator} 0`)({ rate: null })).toBe(false);
      expect(parseWhere(fields, `created_at ${operator} 2026-01-01`)({})).toBe(false);
    }
    expect(parseWhere(fields, "rate ne 0")({ rate: null })).toBe(true);
  });

  test("a time without offset is one of the zone", async () => {
    const zone = await openZone("America/New_York");
    const condition = "created_at eq 2026-01-31 07:00";
    expect(parseWhere(fields, condition, zone)(row)).toBe(true);
    expect(parseWhere(fields, condition)(row)).toBe(false);
  });

  test("amounts are compared exactly where doubles are not", () => {
    const holds = parseWhere(fields, "rate lt 90071992547409.930000001");
    expect(holds({ rate: "90071992547409.93" })).toBe(true);
    expect(parseWhere(fields, "rate eq 0.30000000000000004")({ rate: "0.3" })).toBe(false);
  });

  test("quoting carries any text through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.constantFrom("'", '"'), (value, quote) => {
        const written = quote + value.replaceAll(quote, quote + quote) + quote;
        expect(parseWhere(fields, `name eq ${written}`)({ name: value })).toBe(true);
        expect(parseWhere(fields, `name in a,${written}`)({ name: value })).toBe(true);
      }),
    );
  });

  test("the four orders divide all amounts", () => {
    const amount = fc.integer({ min: -9999, max: 9999 }).map((value) => (value / 100).toFixed(2));
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const holds = (operator: string) => parseWhere(fields, `rate ${operator} ${b}`)({ rate: a });
        expect(holds("lte")).toBe(holds("lt") || holds("eq"));
        expect(holds("gte")).toBe(!holds("lt"));
        expect(holds("gt")).toBe(Number(a) > Number(b));
        expect(holds("ne")).toBe(!holds("eq"));
      }),
    );
    expect(operators).toHaveLength(10);
  });
});

describe("sort", () => {
  const sorted = (order: string, name: string, values: Row[string][]) =>
    values
      .map((value): Row => ({ [name]: value }))
      .toSorted(parseSort(fields, order))
      .map((one) => one[name]);

  test.each([
    ["account_id", ["10", "9", null, "100"], ["9", "10", "100", null]],
    ["account_id:desc", ["10", null, "9", "100"], ["100", "10", "9", null]],
    ["rate", ["1.10", "1.9", "-3", "Blocked", "0.00001"], ["-3", "0.00001", "1.10", "1.9", "Blocked"]],
    [
      "name",
      ["route 10", "Route 9", "", "émile", "zoe", "eve"],
      ["émile", "eve", "Route 9", "route 10", "zoe", ""],
    ],
    ["enabled", [true, null, false], [false, true, null]],
    ["cps:desc", [2, 10, null, 1], [10, 2, 1, null]],
    [
      "number",
      ["12125550100", "442071234567", "anonymous", "911"],
      ["911", "12125550100", "442071234567", "anonymous"],
    ],
    [
      "created_at",
      ["2026-01-31T13:00:00+02:00", "2026-01-31T12:00:00Z", null, "2026-01-31T11:30:00Z"],
      ["2026-01-31T13:00:00+02:00", "2026-01-31T11:30:00Z", "2026-01-31T12:00:00Z", null],
    ],
  ] as [string, Row[string][], Row[string][]][])("%s", (order, given, expected) => {
    expect(sorted(order, order.split(":")[0] ?? "", given)).toEqual(expected);
  });

  test("later fields decide between equal ones, and equal rows keep their order", () => {
    const rows: Row[] = [
      { name: "b", rate: "1.0", mark: 1 },
      { name: "a", rate: "2", mark: 2 },
      { name: "b", rate: "1", mark: 3 },
      { name: "a", rate: "10", mark: 4 },
    ];
    const marks = (order: string) => rows.toSorted(parseSort(fields, order)).map(({ mark }) => mark);
    expect(marks("name,rate:desc")).toEqual([4, 2, 1, 3]);
    expect(marks("rate, name")).toEqual([1, 3, 2, 4]);
  });

  test.each([
    ["nmae", "There is no field nmae.", "Did you mean name?"],
    ["name:down", "There is no direction down.", "asc and desc"],
    ["name,", "There is no field without a name.", ""],
  ])("refuses %j", (order, message, hint) => {
    const error = failure(() => parseSort(fields, order));
    expect([error.kind, error.message]).toEqual(["validation", message]);
    expect(error.facts.hint).toContain(hint);
  });

  test("sorts 20,000 rows by amount and name without recomputing their keys", () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, index): Row => ({
        rate: ((index * 7919) % 10_007).toString(),
        name: `n${index}`,
      }),
    );
    let result: readonly Row[] = [];
    const tookMs = computedMs(() => {
      result = rows.toSorted(parseSort(fields, "rate,name"));
    });
    expect(tookMs).toBeLessThan(5_000);
    expect(result[0]?.rate).toBe("0");
    expect(result.at(-1)?.rate).toBe("10006");
  });
});

describe("fields", () => {
  test("are picked in the order given, once each", () => {
    expect(pickFields(fields, "rate, account_id,rate").map(({ name }) => name)).toEqual([
      "rate",
      "account_id",
    ]);
  });

  test("unknown ones are refused with the nearest", () => {
    const error = failure(() => pickFields(fields, "account_id,ratee"));
    expect(error.message).toBe("There is no field ratee.");
    expect(error.facts.hint).toBe("Did you mean rate?");
  });
});
