import type { Command } from "../../commands/define.ts";
import type { RawValues } from "../../commands/execute.ts";
import { queryOf } from "./homequeries.ts";
import { panelBlocks } from "./panels.ts";
import { type Panel, type SheetScreen, sheetScreen } from "./result.ts";
import type { State } from "./state.ts";
import { commandOf } from "./tree.ts";

const minuteMs = 60_000;
/** A dip may cost money: within a session none is made twice in a day. */
const dayMs = 24 * 3_600_000;

const showWords = "lrn show";

/** The number that a text is, in the spelling that can be dialled; undefined when it is none. */
export function numberIn(registry: readonly Command[], text: string): string | undefined {
  const command = commandOf(registry, showWords);
  const parsed = command?.parameters.number?.kind.parse(text);
  // A few digits are an id rather than a number.
  return parsed && "value" in parsed && /^\+\d{7,}$/.test(String(parsed.value))
    ? String(parsed.value)
    : undefined;
}

/** All that is known of a phone number, each part loaded by itself. */
export function numberScreen(state: State, registry: readonly Command[], number: string): SheetScreen {
  const panels = panelsOf(registry, number);
  return sheetScreen(`number ${number}`, panelBlocks(state, panels), state, { panels });
}

function panelsOf(registry: readonly Command[], number: string): readonly Panel[] {
  const panel = (title: string, words: string, raw: RawValues, freshMs: number): Panel[] => {
    const query = queryOf(registry, words, raw, freshMs);
    return query ? [{ title, query: { ...query, isDear: freshMs === dayMs } }] : [];
  };
  const calls = { from: "7d", limit: "10" };
  return [
    ...panel("Its digits", showWords, { number }, Number.POSITIVE_INFINITY),
    ...panel("LRN dip", "lrn lookup", { number }, dayMs),
    ...panel("Restrictions on calls to it", "restrictions list", hitting("dst_number", number), minuteMs),
    ...panel("Restrictions on calls from it", "restrictions list", hitting("src_number", number), minuteMs),
    ...panel("Last calls to it, 7 days", "cdr search", { ...calls, called: number }, minuteMs),
    ...panel("Last calls from it, 7 days", "cdr search", { ...calls, caller: number }, minuteMs),
  ];
}

/** Restrictions that a number meets: they hold for all that begins as they say, so each beginning of it is asked for. */
function hitting(field: string, number: string): RawValues {
  const digits = number.replace(/\D/g, "");
  const beginnings = Array.from(digits, (_, index) => digits.slice(0, index + 1));
  return { where: `${field} in ${beginnings.join(",")}`, all: true };
}
