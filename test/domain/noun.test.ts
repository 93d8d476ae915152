import fc from "fast-check";
import { expect, test } from "vitest";
import { openZone, utc } from "../../src/core/time.ts";
import { account } from "../../src/domain/account.ts";
import { carrier } from "../../src/domain/carrier.ts";
import { cdr } from "../../src/domain/cdr.ts";
import { company } from "../../src/domain/company.ts";
import { flag, id, integer, money, phone, text, textOf, time } from "../../src/domain/kinds.ts";
import { readRow } from "../../src/domain/noun.ts";
import { restriction } from "../../src/domain/restriction.ts";

test("a row has the known fields first, then whatever else came, and nothing is lost", () => {
  const wire = JSON.parse(
    '{"zz_new": [1], "account_name": "A", "account_id": 7, "enabled": "1", "__proto__": {"x": 1}}',
  ) as object;
  const row = readRow(account, wire, utc);
  expect(Object.keys(row)).toEqual([...account.fields.map(({ name }) => name), "zz_new", "__proto__"]);
  expect(row).toMatchObject({
    account_id: "7",
    account_name: "A",
    enabled: true,
    currency: null,
    zz_new: [1],
  });
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test.each([account, carrier, company, restriction, cdr])(
  "a shape's names are unique and its id is one of them",
  (shape) => {
    const names = shape.fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(shape.idField);
    expect(shape.fields.some(({ priority }: { priority?: number }) => priority === 1)).toBe(true);
  },
);

test.each([
  [id, 12, "12"],
  [id, "007", "007"],
  [phone, 12125550100, "12125550100"],
  [money, "0.1000", "0.1000"],
  [money, 1e-7, "0.0000001"],
  [money, 1.5, "1.50"],
  [money, -26157.2, "-26157.20"],
  [money, 49_000, "49000.00"],
  [money, 0, "0.00"],
  [money, 0.0125, "0.0125"],
  [money, "1.5", "1.5"],
  [money, null, null],
  [text, undefined, null],
  [integer(), "12", 12],
  [integer(), "12a", "12a"],
  [flag, 2, true],
  [flag, "0", false],
  [flag, 3, 3],
  [time, "2026-01-31 13:00:00", "2026-01-31T13:00:00Z"],
  [time, "soon", "soon"],
])("%o reads %j as %j", (kind, wire, value) => {
  expect(kind.fromWire(wire, utc)).toBe(value);
});

test("what is in our form stays as it is when it is read again", async () => {
  const nouns = [account, carrier, company, restriction, cdr];
  const kinds = new Set(nouns.flatMap(({ fields }) => fields.map(({ kind }) => kind)));
  const zones = [utc, (await openZone("America/New_York")) ?? utc];
  const wire = fc.oneof(
    fc.jsonValue(),
    fc.integer({ min: 0, max: 4e12 }).map(utc.toWire),
    fc.constantFrom("1", "2", 2, "007", "-0", 0, 1.5, 1e21, "2026-07-01T08:00:00-04:00"),
  );
  fc.assert(
    fc.property(wire, fc.constantFrom(...kinds), fc.constantFrom(...zones), (value, kind, zone) => {
      const read = kind.fromWire(value, zone);
      expect(kind.fromWire(read, zone)).toEqual(read);
    }),
  );
});

test("a time without offset is one of the zone, as on the wire", async () => {
  const zone = await openZone("America/New_York");
  const sent = (input: string) => {
    const parsed = time.parse(input);
    return zone && "value" in parsed ? time.toWire(parsed.value, zone) : undefined;
  };
  expect(sent("2026-07-01 08:00")).toBe("2026-07-01 08:00:00");
  expect(sent("2026-07-01")).toBe("2026-07-01 00:00:00");
  expect(sent("2026-07-01T12:00:00Z")).toBe("2026-07-01 08:00:00");
  expect(sent("31.7.2026")).toBeUndefined();
});

test("a wire time gets the zone's offset", async () => {
  const zone = await openZone("America/New_York");
  expect(zone && time.fromWire("2026-07-01 08:00:00", zone)).toBe("2026-07-01T08:00:00-04:00");
});

test.each([
  [null, ""],
  [undefined, ""],
  [true, "yes"],
  [false, "no"],
  [1e21, "1000000000000000000000"],
  ["a\nb", "a\nb"],
  [["a", 1], '["a",1]'],
])("%j is the text %j", (value, shown) => {
  expect(textOf(value)).toBe(shown);
});
