import { pad, truncate, width } from "../../core/text.ts";
import { time } from "../../domain/kinds.ts";
import { type Cells, cellOf } from "./cells.ts";

/** `17:40Z`, or with the offset of the zone that times are shown in. */
export function clockText(epochMs: number, cells: Cells): string {
  const iso = cellOf({ name: "at", kind: time }, new Date(epochMs).toISOString(), cells);
  return `${iso.slice(11, 16)}${iso.replace(/^.*?:\d\d(\.\d+)?(?=Z|[+-]\d\d:\d\d$)/, "")}`;
}

/** A share as a bar; its number stands beside it. */
export const bar = (share: number, columns: number): string => "█".repeat(Math.round(share * columns));

const codesOf = (codes: string): { code: string; count: number }[] =>
  codes.split(" ").map((part) => ({ code: part.split(":")[0] ?? "", count: Number(part.split(":")[1]) }));

/** The commonest codes, each with a bar of its share and its count: `503 ███ 212  486 █ 66`. */
export function codeBars(codes: string, countMax: number): string {
  const all = codesOf(codes);
  const total = all.reduce((sum, { count }) => sum + count, 0);
  return all
    .slice(0, countMax)
    .map(({ code, count }) => [code, bar(count / total, 8), count].filter((part) => part !== "").join(" "))
    .join("  ");
}

/** The commonest codes of calls that failed. */
export const failuresOf = (codes: string, countMax: number): string =>
  codesOf(codes)
    .filter(({ code }) => code !== "200")
    .slice(0, countMax)
    .map(({ code, count }) => `${code}:${count}`)
    .join(" ");

/** A name with figures. */
export interface Line {
  readonly name: string;
  readonly cells: readonly string[];
}

const nameColumnsMax = 34;
const gap = "  ";

/**
 * Lines with a name and cells below each other; the name gets what is left.
 * @param rightMax cells that are numbers, on the right of their column; the others are texts
 */
export function align(lines: readonly Line[], columns: number, rightMax = 2): string[] {
  const count = Math.max(0, ...lines.map(({ cells }) => cells.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...lines.map(({ cells }) => width(cells[at] ?? ""))),
  );
  const isLast = (at: number) => at === count - 1;
  const taken = widths.reduce((sum, one, at) => (isLast(at) ? sum : sum + one + gap.length), gap.length);
  const last = Math.min(widths.at(-1) ?? 0, Math.max(0, columns - taken - 20));
  const names = Math.max(...lines.map(({ name }) => width(name)));
  const room = Math.max(12, Math.min(names, nameColumnsMax, columns - taken - last));
  return lines.map(({ name, cells }) => {
    const texts = cells.map((cell, at) =>
      pad(cell, isLast(at) ? 0 : (widths[at] ?? 0), at < rightMax ? "right" : "left"),
    );
    return truncate([pad(truncate(name, room), room), ...texts].join(gap).trimEnd(), columns);
  });
}
