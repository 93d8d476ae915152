import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Column, fitColumns, gap } from "../../src/view/layout.ts";

const words = (natural: number, rank = 1): Column => ({ natural, flexible: true, rank });
const digits = (natural: number, rank = 1): Column => ({ natural, flexible: false, rank });

describe("columns", () => {
  test.each<[string, Column[], number, readonly number[] | undefined]>([
    ["that fit keep their widths", [digits(4), words(20), words(10, 2)], 38, [4, 20, 10]],
    ["of the highest rank go first, from the right", [digits(4), words(20, 2), words(9, 2)], 26, [4, 20, 0]],
    ["are left out before texts get too narrow", [digits(4), words(30), words(30, 3)], 36, [4, 30, 0]],
    ["share what is left, the widest give most", [words(60), words(20), digits(5)], 60, [31, 20, 5]],
    ["of rank 1 are cut but stay", [digits(5), words(40)], 20, [5, 13]],
    ["with numbers are never cut", [digits(11), digits(11)], 20, undefined],
    ["that need more than there is do not fit", [digits(10), words(40)], 15, undefined],
    ["alone take what there is", [words(40)], 10, [10]],
    ["alone with a number are whole", [digits(40)], 10, [40]],
    ["have a limit of their own", [words(5_000), digits(3)], Number.POSITIVE_INFINITY, [200, 3]],
  ])("%s", (_, columns, columnsMax, widths) => {
    expect(fitColumns(columns, columnsMax)).toEqual(widths);
  });

  test("never take more than there is, and lose no number", () => {
    const column = fc.record({
      natural: fc.integer({ min: 1, max: 300 }),
      flexible: fc.boolean(),
      rank: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(
        fc.array(column, { minLength: 2 }),
        fc.integer({ min: 1, max: 250 }),
        (columns, columnsMax) => {
          const widths = fitColumns(columns, columnsMax);
          const shown = (widths ?? []).filter((width) => width > 0);
          const taken = shown.reduce((sum, width) => sum + width + gap, -gap);
          if (shown.length > 1) expect(taken).toBeLessThanOrEqual(columnsMax);
          for (const [index, width] of (widths ?? []).entries()) {
            const { natural, flexible, rank } = columns[index] ?? digits(0);
            if (width === 0) expect(rank).toBeGreaterThan(1);
            else if (flexible) expect(width).toBeLessThanOrEqual(natural);
            else expect(width).toBe(natural);
          }
        },
      ),
    );
  });
});
