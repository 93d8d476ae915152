import fc from "fast-check";
import { expect, test } from "vitest";
import { createKeySet } from "../../../src/services/bulk/keyset.ts";

test("knows of every key where it came first, and of no other", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 400 }), (keys) => {
      const set = createKeySet();
      const first = new Map<string, number>();
      for (const [index, key] of keys.entries()) {
        expect(set.add(key, index + 1)).toBe(first.get(key));
        if (!first.has(key)) first.set(key, index + 1);
      }
    }),
  );
});

test("tells a hundred thousand keys that differ in little apart, and finds each again", () => {
  const set = createKeySet();
  const key = (n: number) => `Account ${n}\0${2001 + (n % 3)}\0`;
  for (let n = 1; n <= 100_000; n++)
    if (set.add(key(n), n) !== undefined) throw new Error(`${n} is taken for another`);
  for (let n = 1; n <= 100_000; n++) if (set.add(key(n), 1) !== n) throw new Error(`${n} is not found`);
});
