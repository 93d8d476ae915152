import { describe, expect, test } from "vitest";
import {
  type Attempt,
  countAttempt,
  emptyTally,
  figuresOf,
  hourly,
  wilsonPct,
} from "../../src/telecom/kpi.ts";

const attempt = (given: Partial<Attempt>): Attempt => ({
  sipCode: 503,
  hasAnswerTime: false,
  durationSec: 0,
  pddMs: undefined,
  revenue: undefined,
  cost: undefined,
  ...given,
});
const answered = (durationSec: number, given: Partial<Attempt> = {}) =>
  attempt({ sipCode: 200, hasAnswerTime: true, durationSec, pddMs: 1_000, ...given });

function tallyOf(...attempts: Attempt[]) {
  const tally = emptyTally();
  for (const one of attempts) countAttempt(tally, one);
  return tally;
}
const many = (count: number, one: Attempt) => Array.from({ length: count }, () => one);

describe("figures of calls", () => {
  test("the published example: 62 of 156 answered, 145 minutes in all", () => {
    const long = Array.from({ length: 62 }, (_, index) => answered(index < 20 ? 141 : 140));
    const figures = figuresOf(tallyOf(...long, ...many(94, attempt({}))));
    expect(figures).toMatchObject({ asrPct: 39.74, acdMin: 2.34, minutes: 145 });
  });

  test("delivered are answers, busy, no answer and refusals; 487 and 408 only after ringing", () => {
    const codes = [200, 486, 600, 480, 603, 404, 503, 500];
    const given = codes.map((sipCode) => attempt({ sipCode }));
    const rung = [487, 408].map((sipCode) => attempt({ sipCode, pddMs: 2_000 }));
    const silent = [487, 408].map((sipCode) => attempt({ sipCode }));
    const tally = tallyOf(...given, ...rung, ...silent);
    expect(tally.delivered).toBe(7);
    expect(figuresOf(tally).nerPct).toBe(58.33);
  });

  test("an answer of no seconds is one, and a short call; one without its code is one by its time", () => {
    const tally = tallyOf(
      answered(0),
      answered(6),
      answered(7),
      attempt({ sipCode: undefined, hasAnswerTime: true }),
    );
    expect(tally).toMatchObject({ attempts: 4, answered: 4, shortCalls: 3 });
    expect(figuresOf(tally).sdcPct).toBe(75);
    expect([...tally.codes]).toEqual([
      [200, 3],
      [0, 1],
    ]);
  });

  test("post-dial delay is that of the calls that rang", () => {
    const tally = tallyOf(answered(10, { pddMs: 900 }), answered(10, { pddMs: 1_200 }), attempt({}));
    expect(figuresOf(tally).pddMs).toBe(1_050);
  });

  test("money is the exact sum of the calls' own amounts", () => {
    const tally = tallyOf(
      ...many(10, answered(60, { revenue: "0.1", cost: "0.07" })),
      attempt({ revenue: "0.0001" }),
    );
    expect(tally).toMatchObject({ revenue: "1.0001", cost: "0.70" });
    expect(figuresOf(tally).marginPct).toBe(30.01);
  });

  test("nothing is divided by nothing", () => {
    expect(figuresOf(emptyTally())).toEqual({
      asrPct: null,
      nerPct: null,
      acdMin: null,
      pddMs: null,
      sdcPct: null,
      minutes: 0,
      marginPct: null,
    });
    expect(wilsonPct(0, 0)).toBeUndefined();
    expect(hourly("5", 0)).toBeUndefined();
  });
});

describe("Wilson's interval", () => {
  // By hand for 62 of 156: middle 0.39990, half 0.07590.
  test.each([
    [62, 156, 32.4, 47.58],
    [0, 1, 0, 79.35],
    [5, 10, 23.66, 76.34],
    [10, 10, 72.25, 100],
  ])("%i of %i lies between %d and %d %%", (hits, attempts, lowPct, highPct) => {
    expect(wilsonPct(hits, attempts)).toEqual({ lowPct, highPct });
  });
});

test("an amount of ten minutes is six times as much an hour", () => {
  expect(hourly("2.5", 600_000)).toBe("15.0000");
});
